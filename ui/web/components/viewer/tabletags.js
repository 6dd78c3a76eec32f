// The buttons beside the tables on the paper, as large as they are at any zoom.
import { el, fill } from "../shared/dom.js";
import { placeOfTable } from "./frames.js";
import { shownAt } from "./rectangles.js";

/** What a press on a table's button sends up the page; its detail is the table's number. */
export const ASKED = "gm-table";
const ROOM = 64; // pixels, for the button

/** Make the buttons of a page's tables: [{node, place}], the places in PDF points. */
export function tableTags(page, lines, texts) {
  return page.tables.flatMap((table) => {
    const place = placeOfTable(table, lines);
    if (!place) return [];
    const name = fill(texts.table_n, { n: table.number });
    const title = `${name}${table.caption ? ` · ${table.caption}` : ""}: ${texts.table_open}`;
    const node = el("button", { type: "button", class: "gm-viewer-tabletag", title, "aria-label": title, "data-table": table.number }, name);
    node.addEventListener("click", () => node.dispatchEvent(new CustomEvent(ASKED, { bubbles: true, detail: table.number })));
    return [{ node, place }];
  });
}

/** Put the buttons left of their tables, in a page shown as `turned` says; where there is no room, into the corner. */
export function placeTags(tags, { matrix }) {
  for (const { node, place } of tags) {
    const { x, y } = shownAt(place, matrix);
    node.style.transform = x > ROOM ? `translate(${(x - 4).toFixed(1)}px, ${y.toFixed(1)}px) translateX(-100%)` : `translate(2px, ${y.toFixed(1)}px)`;
  }
}
