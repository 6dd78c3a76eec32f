// What can be done with a table: on the bar above it in the text, and on its panel.
import { el, fill } from "../shared/dom.js";

/** What a press on "Copy" sends up the page; its detail is the table's number. */
export const COPY = "gm-table-copy";

/** A table's name: its number on the page, and the words that name it there. */
export const nameOf = ({ number, caption }, texts) => [fill(texts.table_n, { n: number }), caption].filter(Boolean).join(" · ");

/** The address of a table as a file. */
export const fileOf = (page, number) => page.table_file.replace("{table}", number);

/** The name of a table in the text, with what can be done with it. */
export function tableBar(table, texts, page) {
  return el("div", { class: "gm-viewer-tablebar" }, el("span", { class: "gm-quiet" }, nameOf(table, texts)), acts(table, texts, page));
}

/** The buttons that copy a table and download it. */
export function acts({ number }, texts, page) {
  const named = (what) => `${what}: ${fill(texts.table_n, { n: number })}`;
  const asked = ({ currentTarget }) => currentTarget.dispatchEvent(new CustomEvent(COPY, { bubbles: true, detail: number }));
  return [
    el("button", { type: "button", "aria-label": named(texts.copy), onclick: asked }, texts.copy),
    el("a", { class: "gm-button gm-viewer-tablefile", href: fileOf(page, number), download: true, "data-table": number, "aria-label": named(texts.table_csv) }, "CSV"),
  ];
}
