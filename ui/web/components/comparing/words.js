// A page as text, with what is gone in <del> and what came in <ins>.
import { el, fill } from "../shared/dom.js";
import { blocksOf, columnLetters, covers } from "../viewer/layout.js";
import { cut } from "./cutting.js";

const FIGURE = /^[\s\d.,%()+\-–−△▲₩$€:/]*\d[\s\d.,%()+\-–−△▲₩$€:/]*$/u;
const LINE_END_HYPHEN = "\uFFFE";

/** Make the text of a sheet; `side` is "one" or "other". */
export function textOf(sheet, side, texts) {
  const points = Array.from(sheet.text);
  const around = { sheet, points, texts, tag: side === "one" ? "del" : "ins", drawn: new Set() };
  const boxes = sheet.marks.filter(({ start }) => start === null);
  const told = boxes.map(({ n, look }) =>
    el("p", { class: `gm-comparing-note gm-comparing-${look}`, "data-n": n }, el("span", { class: "gm-comparing-box" }, texts.box_alone), ` ${texts[`look_${look}`]}`),
  );
  const blocks = blocksOf(sheet, points);
  const empty = sheet.text.trim() ? null : el("p", { class: "gm-quiet" }, texts.empty_page);
  return el("div", { class: `gm-comparing-text${sheet.kind === "sheet" ? " gm-comparing-wide" : ""}` }, told, empty, blocks.map((block) => drawn(block, around)));
}

function drawn(block, around) {
  const { texts } = around;
  if (block.kind === "grid") return grid(block, around);
  if (block.kind === "apart") {
    const label = texts[block.label];
    return el("div", { class: "gm-comparing-apart", role: "note", "aria-label": label, "data-label": label }, block.inside.map((each) => drawn(each, around)));
  }
  return el("div", { class: block.kind === "letter" ? "gm-comparing-letter" : "gm-comparing-run" }, words(block, around));
}

function grid(block, around) {
  const { rows, columns, cells } = block;
  const { sheet, texts } = around;
  const named = sheet.kind === "sheet";
  const head = named && el("thead", {}, el("tr", {}, el("td", {}), columns.map((column) => el("th", { scope: "col" }, columnLetters(column)))));
  const taken = new Set();
  const body = rows.map((row) => {
    const here = new Map(cells.filter((cell) => cell.row === row).map((cell) => [cell.column, cell]));
    return el("tr", {}, named && el("th", { scope: "row" }, String(row)), columns.map((column) => place(here.get(column), row, column, block, taken, around)));
  });
  return el("div", { class: "gm-comparing-gridplace" }, el("table", { class: named ? "gm-comparing-grid gm-comparing-sheetgrid" : "gm-comparing-grid", "aria-label": fill(texts.table_n, { n: block.number }) }, head, el("tbody", {}, body)));
}

// A cell, or an empty one where none of this row or of one above it stands.
function place(cell, row, column, { rows, columns }, taken, around) {
  if (!cell) return taken.has(`${row} ${column}`) ? null : el("td", {});
  for (const down of rows.filter((each) => each >= row && each < row + cell.down))
    for (const across of columns.filter((each) => each >= column && each < column + cell.across)) taken.add(`${down} ${across}`);
  const [rowspan, colspan] = [covers(rows, row, cell.down), covers(columns, column, cell.across)];
  const whole = around.points.slice(cell.start, cell.end).join("");
  const simple = cell.inside.every(({ kind }) => kind === "run");
  return el(
    "td",
    { rowspan: rowspan > 1 ? rowspan : null, colspan: colspan > 1 ? colspan : null, class: FIGURE.test(whole) ? "gm-comparing-number" : null },
    simple ? words(cell, around) : cell.inside.map((each) => drawn(each, around)),
  );
}

function words({ start, end }, { sheet, points, texts, tag, drawn: done }) {
  return cut(start, end, sheet.marks, done).map((piece) => {
    if (piece.start === piece.end) {
      return el("span", { class: "gm-comparing-gap", "data-n": piece.of[0].n, title: texts.look_gap }, el("span", { class: "gm-hidden" }, `(${texts.look_gap})`));
    }
    const text = points.slice(piece.start, piece.end).map((point) => (point === LINE_END_HYPHEN ? "-" : point)).join("");
    const mark = piece.of.find(({ look }) => look !== "spacing") ?? piece.of[0];
    if (!mark) return text;
    const name = texts[`look_${mark.look}`];
    return el(mark.look === "spacing" ? "span" : tag, { class: `gm-comparing-mark gm-comparing-${mark.look}`, "data-n": mark.n, title: name }, el("span", { class: "gm-hidden" }, `${name}: `), text);
  });
}
