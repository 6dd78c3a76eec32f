import assert from "node:assert/strict";
import { test } from "node:test";
import { blocksOf, gridOf } from "../../ui/web/components/viewer/layout.js";
import { around, asTable, inert, rowsOf, separated, wordsIn } from "../../ui/web/components/viewer/tablegrid.js";

const points = (text) => Array.from(text);

test("a table is copied as tab-separated lines and as a table, its cells with their spans", () => {
  const cells = [[1, 1, 0, 1, 1, 2], [2, 1, 2, 3, 1, 1], [2, 2, 4, 7, 1, 1]];
  const rows = rowsOf(gridOf({ number: 1, cells }), points("가\n나\t<b>"));
  assert.equal(separated(rows), "가\t\n나\t<b>");
  assert.equal(asTable(rows), '<table border="1"><tbody><tr><td colspan="2">가</td></tr><tr><td>나</td><td>&lt;b&gt;</td></tr></tbody></table>');
});

test("rows and columns that no cell begins in are left out, places without a cell are empty", () => {
  const rows = rowsOf(gridOf({ number: 1, cells: [[1, 1, 0, 1, 1, 1], [9, 5, 2, 3, 1, 1]] }), points("가\n나"));
  assert.equal(separated(rows), "가\t\n\t나");
});

test("what a spreadsheet would run gets an apostrophe, a cell is one line", () => {
  assert.deepEqual(["=1+1", " -3", "@a", "+1", "'x", "＝1", "가=1", "1-2"].map(inert), ["'=1+1", "' -3", "'@a", "'+1", "''x", "'＝1", "가=1", "1-2"]);
  const cell = gridOf({ number: 1, cells: [[1, 1, 0, 4, 1, 1, [6, 9]]] }).cells[0];
  assert.equal(wordsIn(cell, points("a\nb\t나 c\nd")), "a b c d");
  assert.equal(wordsIn({ inside: [{ start: 0, end: 4 }] }, points("re\uFFFE\nad")), "re-");
});

test("a table in pieces is a grid of its own and leaves the text as it is", () => {
  const table = { number: 1, running: false, cells: [[1, 1, 0, 1, 1, 1, [4, 5]], [1, 2, 2, 3, 1, 1]] };
  assert.deepEqual(blocksOf({ kind: "page", tables: [table], furniture: [] }, points("가 나 다")).map(({ kind }) => kind), ["run"]);
  assert.deepEqual(gridOf(table).cells[0].inside.map(({ start, end }) => [start, end]), [[0, 1], [4, 5]]);
});

test("the box around boxes", () => {
  assert.deepEqual(around([{ x: 1, y: 2, width: 3, height: 4 }, { x: 0, y: 5, width: 2, height: 9 }]), { x: 0, y: 2, width: 4, height: 12 });
  assert.equal(around([]), null);
});
