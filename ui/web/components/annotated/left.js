// Annotations whose paper is in the trash or purged: what people wrote, and what became of the paper.
import { el, fill } from "../shared/dom.js";

/** Draw the section; null where there is none, or something else is asked for. */
export function left({ left: { rows, total }, asked, texts, language }, narrowed) {
  if (total === 0 || asked.deleted || narrowed) return null;
  const number = new Intl.NumberFormat(language);
  return el(
    "section",
    { class: "gm-annotated-left" },
    el("h2", {}, fill(texts.left_n, { n: number.format(total) })),
    el("p", { class: "gm-quiet" }, texts.left_hint),
    el("ul", {}, rows.map((row) => el("li", {}, said(row, texts)))),
  );
}

function said(row, texts) {
  const became = fill(row.purged ? texts.left_purged : texts.left_trash, { name: row.name, page: row.page });
  const facts = [row.author, row.modified, ...row.tags.map((tag) => `#${tag}`)].join(" · ");
  return [el("div", {}, el("strong", {}, became)), row.note && el("p", { class: "gm-annotated-left-note" }, row.note), el("div", { class: "gm-quiet" }, facts)];
}
