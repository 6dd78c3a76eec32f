// The panel that sends papers: choosing, the files on their way, the form of the release.
import { el } from "../shared/dom.js";
import { say } from "../shared/saying.js";
import { percent, sendingSoFar, size } from "./arithmetic.js";
import { fromDrop, fromInput } from "./dropped.js";
import { add, cancel, cancelAll, queue, retry, sending, startWith } from "./queue.js";
import { fill } from "./wording.js";

const SHOWN = 100;
const FIRST = ["name", "agency", "received"];
const MORE = ["requester", "request_number", "requested", "due", "legal_basis", "password"];
const HINTS = { name: "name_hint", received: "date_hint", requested: "date_hint", due: "date_hint", password: "password_hint" };

/** Draw the panel once; it lives as long as the page. `started` is called when an ingest has begun. */
export function uploadPanel(data, started) {
  const { texts } = data;
  const list = el("div", { class: "gm-releases-queue" });
  const form = makeForm(data);
  const panel = el("div", {}, dropZone(data), list, form);
  let due = false;
  queue.limit = data.limit_mb * 2 ** 20;
  queue.onChange = () => {
    if (due) return;
    due = true;
    setTimeout(() => {
      due = false;
      drawQueue(list, form, data);
    }, 80);
  };
  queue.onStart = (refusal) => {
    if (refusal) say(fill(texts[`why_${refusal.why}`] ?? refusal.said, { limit: "" }), { wrong: true });
    else form.reset();
    started();
  };
  drawQueue(list, form, data);
  return panel;
}

function dropZone(data) {
  const { texts, language } = data;
  const input = (folder) => {
    const made = el("input", { type: "file", multiple: true, webkitdirectory: folder, class: "gm-hidden", tabindex: -1, "aria-hidden": "true", "data-upload": folder ? "folder" : "files" });
    made.addEventListener("change", () => {
      add(fromInput(made.files));
      made.value = "";
    });
    return made;
  };
  const [some, folder] = [input(false), input(true)];
  const zone = el(
    "div",
    { class: "gm-releases-drop" },
    el("p", {}, el("strong", {}, texts.drop), el("br"), el("span", { class: "gm-quiet" }, fill(texts.drop_hint, { limit: size(data.limit_mb * 2 ** 20, language) }))),
    el("p", {}, el("button", { type: "button", onclick: () => some.click() }, texts.choose_files), " ", el("button", { type: "button", onclick: () => folder.click() }, texts.choose_folder)),
    some,
    folder,
  );
  const over = (on) => (event) => {
    event.preventDefault();
    zone.classList.toggle("gm-over", on);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    fromDrop(event.dataTransfer).then(add, () => say(texts.why_broken_off, { wrong: true }));
  });
  return zone;
}

function makeForm(data) {
  const { texts } = data;
  const field = (name) => {
    const hint = HINTS[name] && el("span", { class: "gm-quiet", id: `gm-hint-${name}` }, texts[HINTS[name]]);
    const attributes = { name, maxlength: 500, autocomplete: name === "password" ? "new-password" : "off", type: name === "password" ? "password" : "text" };
    const input = el("input", { ...attributes, required: name === "name", list: name === "name" ? "gm-release-names" : null, "aria-describedby": hint ? `gm-hint-${name}` : null });
    return el("div", { class: "gm-releases-field" }, el("label", {}, texts[name], input), hint);
  };
  const names = el("datalist", { id: "gm-release-names" }, data.releases.map((release) => el("option", { value: release.name })));
  const submit = (event) => {
    event.preventDefault();
    startWith(Object.fromEntries(new FormData(form)));
  };
  const form = el(
    "form",
    { class: "gm-releases-form", hidden: true, onsubmit: submit },
    el("h3", {}, texts.form),
    names,
    el("div", { class: "gm-releases-fields" }, FIRST.map(field)),
    el("details", {}, el("summary", {}, texts.more_fields), el("div", { class: "gm-releases-fields" }, MORE.map(field))),
    el("p", { class: "gm-releases-line" }, el("button", { type: "submit", class: "gm-releases-main" }, texts.start), el("span", { role: "status", class: "gm-quiet" })),
  );
  return form;
}

function drawQueue(list, form, data) {
  const { texts, language } = data;
  const items = queue.items.filter((item) => item.state !== "cancelled");
  form.hidden = items.length === 0 && queue.job === null;
  form.querySelector("[role=status]").textContent = queue.wanted && sending() ? texts.start_after : "";
  if (items.length === 0) {
    list.replaceChildren();
    return;
  }
  const far = sendingSoFar(items);
  const said = sending()
    ? fill(texts.sending, { done: far.sent, all: far.files, share: far.share })
    : fill(texts.sent_all, { n: far.sent, size: size(far.all, language) });
  const rank = { sending: 0, failed: 1, queued: 2, sent: 3 };
  const shown = items.toSorted((one, other) => rank[one.state] - rank[other.state] || one.number - other.number).slice(0, SHOWN);
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.of : null;
  list.replaceChildren(
    el(
      "p",
      { class: "gm-releases-line" },
      el("progress", { max: 100, value: far.share, "aria-label": said }),
      el("span", {}, said),
      far.failed > 0 && el("button", { type: "button", "data-of": "retry", onclick: () => items.filter((item) => item.state === "failed").forEach(retry) }, texts.retry_all),
      el("button", { type: "button", "data-of": "cancel", onclick: cancelAll }, texts.cancel_all),
    ),
    el("ul", {}, shown.map((item) => one(item, data))),
    items.length > SHOWN ? el("p", { class: "gm-quiet" }, fill(texts.and_more, { n: items.length - SHOWN })) : "",
  );
  if (focused) list.querySelector(`[data-of="${focused}"]`)?.focus();
}

function one(item, { texts, language, limit_mb: limit }) {
  const why = item.why && fill(texts[`why_${item.why}`] ?? texts.why_broken_off, { limit: size(limit * 2 ** 20, language) });
  const said = { queued: texts.queued, sending: fill(texts.sending_one, { share: percent(item.done, item.size) }), sent: texts.sent_one, failed: texts.failed_one }[item.state];
  return el(
    "li",
    { class: item.state === "failed" ? "gm-releases-failed" : null },
    el("span", { class: "gm-releases-path" }, item.path),
    el("span", { class: "gm-quiet" }, size(item.size, language)),
    el("span", { class: "gm-releases-how" }, said, why && `: ${why}`),
    item.state === "failed" && item.why !== "too_large" && el("button", { type: "button", "data-of": `r${item.number}`, onclick: () => retry(item) }, texts.retry),
    el("button", { type: "button", "data-of": `c${item.number}`, "aria-label": `${texts.remove}: ${item.path}`, onclick: () => cancel(item) }, item.state === "sent" ? texts.remove : texts.cancel),
  );
}
