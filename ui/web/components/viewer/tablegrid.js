// A table's cells as rows of words, and how they are copied. Pure arithmetic.
import { covers } from "./layout.js";

const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\n']/u;
const HYPHEN = /\uFFFE\s*/gu;

/** A cell's words in one line, as they are copied; `points` are the page's code points. */
export function wordsIn(cell, points) {
  const pieces = cell.inside.map(({ start, end }) => points.slice(start, end).join(""));
  return pieces.join(" ").replaceAll(HYPHEN, "-").replaceAll(/\s+/gu, " ").trim();
}

/** What a spreadsheet would run as a formula gets an apostrophe before it, as corpus/annotation_forms.py does. */
export const inert = (text) => (FORMULA.test(text) ? `'${text}` : text);

/** A table as rows: [[{text, down, across} | null for a place that another cell covers]], empty places with no text. */
export function rowsOf(block, points) {
  const { rows, columns, cells } = block;
  const [rowAt, columnAt] = [new Map(rows.map((row, at) => [row, at])), new Map(columns.map((column, at) => [column, at]))];
  const made = rows.map(() => columns.map(() => ({ text: "", down: 1, across: 1 })));
  for (const cell of cells) {
    const [row, column] = [rowAt.get(cell.row), columnAt.get(cell.column)];
    const [down, across] = [covers(rows, cell.row, cell.down), covers(columns, cell.column, cell.across)];
    for (let y = row; y < row + down; y += 1) for (let x = column; x < column + across; x += 1) made[y][x] = null;
    made[row][column] = { text: inert(wordsIn(cell, points)), down, across };
  }
  return made;
}

/** Rows as tab-separated lines; what a cell covers besides its own place is empty. */
export const separated = (rows) => rows.map((row) => row.map((place) => place?.text ?? "").join("\t")).join("\n");

/** Rows as an HTML table of text and nothing else. */
export function asTable(rows) {
  const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  const spans = ({ down, across }) => (down > 1 ? ` rowspan="${down}"` : "") + (across > 1 ? ` colspan="${across}"` : "");
  const lines = rows.map((row) => `<tr>${row.map((place) => (place ? `<td${spans(place)}>${escaped(place.text)}</td>` : "")).join("")}</tr>`);
  return `<table border="1"><tbody>${lines.join("")}</tbody></table>`;
}

/** The box around boxes {x, y, width, height}; null around none. */
export function around(boxes) {
  if (!boxes.length) return null;
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  const [right, bottom] = [Math.max(...boxes.map((box) => box.x + box.width)), Math.max(...boxes.map((box) => box.y + box.height))];
  return { x, y, width: right - x, height: bottom - y };
}
