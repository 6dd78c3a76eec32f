// Annotations out to files and in again.
import { el, fill } from "../shared/dom.js";
import { say } from "../shared/saying.js";
import { reader } from "./entry.js";

async function send(file, data) {
  const { texts } = data;
  if (file.size > data.most_bytes) return { error: texts.too_large };
  try {
    const answer = await fetch(`${data.files.import}&who=${encodeURIComponent(reader())}`, { method: "POST", body: file });
    return await answer.json();
  } catch (error) {
    return { error: String(error.message ?? error) };
  }
}

const sentences = (title, listed) => (listed.length ? [el("h3", {}, title), el("ul", {}, listed.map((text) => el("li", {}, text)))] : []);

function reported(report, { texts }) {
  if (report.error) return [el("p", { class: "gm-annotated-told" }, fill(texts.import_failed, { why: report.error }))];
  const counts = fill(texts.imported, { ...report, refused: report.refused_count });
  return [el("p", {}, counts), ...sentences(texts.refused, report.refused), ...sentences(texts.remarks, report.remarks)];
}

/** Make the part of the page for files; `done` is called when annotations have come in. */
export function carrying(done) {
  const out = el("div", { class: "gm-annotated-out" });
  const result = el("div", { role: "status", class: "gm-annotated-result" });
  const accept = ".json,.jsonld,.csv,application/json,application/ld+json,text/csv";
  const input = el("input", { type: "file", class: "gm-hidden", id: "annotated-file", accept });
  const [label, lead] = [el("label", { for: "annotated-file", class: "gm-button" }), el("p", { class: "gm-quiet" })];
  const [outTitle, inTitle] = [el("h2", {}), el("h2", {})];
  let data = null;
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    input.disabled = true;
    result.replaceChildren(el("p", {}, data.texts.importing));
    const report = await send(file, data);
    result.replaceChildren(...reported(report, data));
    input.disabled = false;
    input.value = "";
    if (report.error) say(fill(data.texts.import_failed, { why: report.error }), { wrong: true });
    else done();
  });
  const inside = el("section", {}, inTitle, lead, el("p", { class: "gm-annotated-file" }, input, label), result);
  const show = (now) => {
    data = now;
    const { texts, files } = data;
    const link = (form) => el("a", { class: "gm-button", href: files[form], download: "" }, texts[`export_${form}`]);
    outTitle.textContent = texts.export;
    inTitle.textContent = texts.import;
    label.textContent = texts.import_file;
    lead.textContent = texts.import_lead;
    out.hidden = data.all === 0;
    out.replaceChildren(outTitle, el("p", { class: "gm-quiet" }, texts.export_lead), el("p", { class: "gm-annotated-forms" }, ["jsonld", "csv", "md"].map(link)));
  };
  return { place: el("div", { class: "gm-annotated-carrying" }, out, inside), show };
}
