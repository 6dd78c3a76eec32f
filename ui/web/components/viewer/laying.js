// The page as text, laid out as elements: each stretch of it in a span that says where it stands.
import { el, fill } from "../shared/dom.js";
import { blocksOf, columnLetters, covers, gridOf, letterNames } from "./layout.js";
import { pieces } from "./pieces.js";
import { tableBar } from "./tablebar.js";

const FIGURE = /^[\s\d.,%()+\-–−△▲₩$€:/]*\d[\s\d.,%()+\-–−△▲₩$€:/]*$/u;
const SHORT = 24; // letters that stay in one line

/** Lay a page out, `marks` ({span, kind, id}) in it; only the words of the paper have data-s and data-e. */
export function laidOut({ page, points }, marks, texts) {
  const blocks = blocksOf(page, points);
  if (blocks.every(({ kind }) => kind === "run")) return words({ start: 0, end: points.length }, points, marks);
  const draw = (block) => drawn(block, { page, points, marks, texts, draw });
  return blocks.flatMap(draw);
}

function drawn(block, around) {
  const { page, points, marks, texts, draw } = around;
  if (block.kind === "grid") return [tableBar(page.tables.find(({ number }) => number === block.number), texts, page), grid(block, around)];
  if (block.kind === "apart") {
    const label = texts[block.label];
    return el("div", { class: "gm-viewer-apart", role: "note", "aria-label": label, "data-label": label }, block.inside.map(draw));
  }
  if (block.kind === "letter") {
    const names = letterNames(points, block).map((span) => ({ span, kind: "gm-letter-name" }));
    return el("div", { class: "gm-viewer-letter" }, words(block, points, [...names, ...marks]));
  }
  return el("div", { class: "gm-viewer-run" }, words(block, points, marks));
}

/** One table of a page as a grid alone, without marks; null where it has too many cells. */
export function tableAlone(table, page, points, texts) {
  const block = gridOf(table);
  return block && grid(block, { page, points, marks: [], texts, draw: (run) => el("div", {}, words(run, points, [])) });
}

function grid(block, around) {
  const { page, texts } = around;
  const { rows, columns, cells } = block;
  const sheet = page.kind === "sheet";
  const byRow = Map.groupBy ? Map.groupBy(cells, ({ row }) => row) : grouped(cells);
  const head =
    sheet &&
    el("thead", {}, el("tr", {}, el("td", {}), columns.map((column) => el("th", { scope: "col" }, columnLetters(column)))));
  const body = rows.map((row) =>
    el("tr", {}, sheet && el("th", { scope: "row" }, String(row)), places(byRow.get(row), block, row, around)),
  );
  return el(
    "div",
    { class: "gm-viewer-gridplace" },
    el("table", { class: sheet ? "gm-viewer-grid gm-viewer-sheetgrid" : "gm-viewer-grid", "aria-label": fill(texts.table_n, { n: block.number }) }, head, el("tbody", {}, body)),
  );
}

function grouped(cells) {
  const found = new Map();
  for (const cell of cells) found.set(cell.row, [...(found.get(cell.row) ?? []), cell]);
  return found;
}

// The cells of a row, and empty ones where no cell of this row or of one above it stands.
function places(cells, block, row, { points, marks, draw }) {
  const { columns } = block;
  block.taken ??= new Set();
  const { taken } = block;
  const made = [];
  const byColumn = new Map(cells.map((cell) => [cell.column, cell]));
  columns.forEach((column) => {
    const cell = byColumn.get(column);
    if (!cell) {
      if (!taken.has(`${row} ${column}`)) made.push(el("td", {}));
      return;
    }
    for (const down of block.rows.filter((each) => each >= row && each < row + cell.down))
      for (const across of columns.filter((each) => each >= column && each < column + cell.across))
        taken.add(`${down} ${across}`);
    const whole = points.slice(cell.start, cell.end).join("");
    const [rowspan, colspan] = [covers(block.rows, row, cell.down), covers(columns, column, cell.across)];
    const simple = cell.inside.length < 2 && cell.inside.every(({ kind }) => kind === "run");
    made.push(
      el(
        "td",
        {
          rowspan: rowspan > 1 ? rowspan : null,
          colspan: colspan > 1 ? colspan : null,
          class: `gm-viewer-${FIGURE.test(whole) ? "figure" : whole.length > SHORT || whole.includes("\n") ? "long" : "short"}`,
        },
        simple ? words(cell, points, marks) : cell.inside.map(draw),
      ),
    );
  });
  return made;
}

// One stretch of text, cut where marks begin and end.
function words({ start, end }, points, marks) {
  if (start >= end) return [];
  const here = marks.filter(({ span: [from, to] }) => from < end && start < to);
  const spans = here.map(({ span: [from, to] }) => [Math.max(from, start) - start, Math.min(to, end) - start]);
  return pieces(end - start, spans).map(({ start: from, end: to, of }) => {
    const kinds = of.map((number) => here[number].kind);
    const text = points
      .slice(start + from, start + to)
      .map((point) => (point === "\uFFFE" ? "-" : point))
      .join("");
    const tag = kinds.some((kind) => kind !== "gm-letter-name") ? "mark" : "span";
    const id = of.map((number) => here[number].id).findLast(Boolean);
    const title = of.map((number) => here[number].title).findLast(Boolean);
    return el(tag, { class: kinds.join(" ") || null, "data-s": start + from, "data-e": start + to, "data-annotation": id, title }, text);
  });
}
