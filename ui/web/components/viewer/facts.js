// What is known of the document: where it was met, how it was read, what its file says of itself.
import { el, fill } from "../shared/dom.js";
import { copy } from "../shared/copying.js";
import { say } from "../shared/saying.js";
import { heldList, readerOf } from "./held.js";
import { icon } from "./icons.js";
import { bytes } from "./moments.js";
import { otherVersions } from "./versions.js";

/** Make the drawer: {node, update(), focus()}. */
export function makeFacts(view) {
  const close = el(
    "button",
    {
      type: "button",
      class: "gm-viewer-tool",
      "aria-label": view.texts.close,
      title: view.texts.close,
      onclick: view.acts.facts,
    },
    icon("close"),
  );
  const body = el("div", { class: "gm-viewer-factbody" });
  const node = el(
    "aside",
    { class: "gm-viewer-facts", "aria-label": view.texts.facts, hidden: true },
    el("header", {}, el("h2", {}, view.texts.facts), close),
    body,
  );
  const drawer = { node, key: "" };
  drawer.update = () => {
    node.hidden = !view.open.facts;
    const key = JSON.stringify([
      view.data.document,
      view.data.page.number,
      view.data.page.fingerprint,
      view.data.page.basis,
      view.data.page.state,
      view.data.versions?.length,
    ]);
    if (node.hidden || key === drawer.key) return;
    drawer.key = key;
    body.replaceChildren(...sections(view));
  };
  drawer.focus = () => close.focus();
  return drawer;
}

function sections(view) {
  const { texts, data } = view;
  const { document, page } = data;
  const row = (name, ...value) =>
    value.flat().some((each) => each !== null && each !== undefined && each !== "")
      ? [el("dt", {}, name), el("dd", {}, value)]
      : [];
  const lines = (values) => (values ?? []).map((value) => el("div", {}, value));
  const source = document.date_source ? ` (${texts[`date_${document.date_source}`] ?? document.date_source})` : "";
  const known = [
    row(texts.fact_title, document.title),
    row(texts.fact_agency, lines(document.agencies)),
    row(texts.fact_release, lines(document.releases)),
    row(texts.fact_date, document.date ? `${document.date}${source}` : null),
    row(texts.fact_notice, lines(document.notices)),
  ];
  const file = [
    row(texts.fact_files, lines(document.files)),
    row(texts.fact_kind, document.media_type),
    row(texts.fact_size, `${bytes(document.size)} (${document.size.toLocaleString(view.language)} B)`),
    row(texts.fact_sha, sha(view, document.id)),
  ];
  const reading = [
    row(texts.fact_state, view.stateOf(document)),
    row(texts.fact_detail, document.detail),
    row(texts.fact_tool, document.tool),
    row(texts.fact_page_state, view.stateOf(page)),
    row(texts.fact_basis, `${texts[`basis_${words(page.basis)}`] ?? page.basis}${view.confidenceOf(page, " · ")}`),
    row(texts.fact_fingerprint, el("code", {}, page.fingerprint ?? document.fingerprint ?? "")),
    row(texts.fact_places, page.exact ? texts.places_exact : texts.places_guessed),
  ];
  const claims = Object.entries(document.facts ?? {}).map(([name, value]) => row(name, String(value)));
  return [
    part(null, known),
    part(texts.fact_part_file, file),
    met(texts, document.occurrences ?? []),
    heldList(view, document.held),
    boxed(view, document.boxed ?? []),
    otherVersions(texts, data.versions ?? []),
    part(texts.fact_part_reading, reading),
    claims.length ? part(texts.fact_part_claims, claims, texts.fact_claims_warning) : null,
    page.plain ? el("p", {}, el("a", { href: page.plain, target: "_blank", rel: "noopener" }, texts.plain)) : null,
  ].filter(Boolean);
}

function boxed(view, pages) {
  if (!pages.length) return null;
  const link = ([number, label, n]) =>
    el("li", {}, el("a", { href: view.address({ page: number }), "data-go": true }, view.pageWords({ number, label })), el("span", { class: "gm-quiet" }, ` ${fill(view.texts.boxes_n, { n })}`));
  const title = fill(view.texts.fact_part_boxes, { n: pages.length });
  return el("section", {}, el("h3", {}, title), el("ul", { class: "gm-viewer-inline" }, pages.map(link)));
}

const words = (text) =>
  String(text ?? "")
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, "_");

const part = (title, rows, note = null) =>
  el("section", {}, title && el("h3", {}, title), note && el("p", { class: "gm-quiet" }, note), el("dl", {}, rows));

function met(texts, occurrences) {
  const items = occurrences.map(({ release, received, path, parent }) =>
    el(
      "li",
      {},
      el("div", {}, path),
      parent && el("div", {}, `${texts.came_in}: `, el("a", { href: readerOf(parent.document), "data-go": true }, parent.name)),
      el(
        "div",
        { class: "gm-quiet" },
        [release, received && fill(texts.received, { date: received })].filter(Boolean).join(" · "),
      ),
    ),
  );
  return items.length
    ? el("section", {}, el("h3", {}, fill(texts.fact_part_met, { n: items.length })), el("ul", {}, items))
    : null;
}

function sha(view, id) {
  const act = async () => say((await copy(id)) ? view.texts.copied_sha : view.texts.copy_failed);
  return [el("code", {}, id), el("button", { type: "button", class: "gm-viewer-bare", onclick: act }, view.texts.copy)];
}
