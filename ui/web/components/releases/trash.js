// The trash: what was put there last, and the way back for each paper.
import { el } from "../shared/dom.js";
import { fill } from "./wording.js";

/** Draw the section; `back(document)` brings a paper back. */
export function trash({ trash: { rows, total }, texts }, number, back) {
  if (total === 0) return [];
  const items = rows.map((row) => el("tr", {}, el("td", {}, said(row, texts)), el("td", {}, row.releases), el("td", {}, by(row)), el("td", {}, button(row, texts, back))));
  const heads = [texts.file, texts.release, texts.trashed_by].map((head) => el("th", { scope: "col" }, head));
  const hidden = el("th", { scope: "col" }, el("span", { class: "gm-hidden" }, texts.put_back));
  return [
    el("h2", { tabindex: "-1" }, fill(texts.trash_n, { n: number(total) })),
    el("p", { class: "gm-quiet" }, texts.trash_hint),
    el("table", { class: "gm-releases-trash" }, el("thead", {}, el("tr", {}, heads, hidden)), el("tbody", {}, items)),
    total > rows.length && el("p", {}, fill(texts.trash_more, { n: number(total - rows.length) })),
  ].filter(Boolean);
}

function said(row, texts) {
  const paths = row.paths.filter((path) => path !== row.name).map((path) => el("div", { class: "gm-quiet" }, path));
  return [row.name, paths, row.elsewhere && el("div", { class: "gm-quiet" }, texts.trash_elsewhere)];
}

const by = (row) => [row.at, row.who].filter(Boolean).join(" · ");

function button(row, texts, back) {
  return el("button", { type: "button", "aria-label": `${texts.put_back}: ${row.name}`, onclick: () => back(row.document) }, texts.put_back);
}
