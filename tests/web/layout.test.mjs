import assert from "node:assert/strict";
import { test } from "node:test";
import { blocksOf, columnLetters, covers, letterNames } from "../../ui/web/components/viewer/layout.js";

const kinds = (blocks) => blocks.map(({ kind, start, end }) => [kind, start, end]);
const points = (text) => Array.from(text);
const running = (...tables) => tables.map((cells, at) => ({ number: at + 1, running: true, cells }));

test("columns are lettered as a spreadsheet does", () => {
  assert.deepEqual([1, 26, 27, 52, 703].map(columnLetters), ["A", "Z", "AA", "AZ", "AAA"]);
});

test("a table between two paragraphs is a grid, its line ends the edges", () => {
  const text = points("앞\n가\t나\n다\t라\n뒤");
  const tables = running([[1, 1, 2, 3, 1, 1], [1, 2, 4, 5, 1, 1], [2, 1, 6, 7, 1, 1], [2, 2, 8, 9, 1, 1]]);
  const blocks = blocksOf({ kind: "section", tables, furniture: [] }, text);
  assert.deepEqual(kinds(blocks), [["run", 0, 1], ["grid", 2, 9], ["run", 10, 11]]);
  assert.deepEqual([blocks[1].rows, blocks[1].columns], [[1, 2], [1, 2]]);
  assert.deepEqual(blocks[1].cells.map(({ inside }) => kinds(inside)), [[["run", 2, 3]], [["run", 4, 5]], [["run", 6, 7]], [["run", 8, 9]]]);
});

test("a cell far from all others makes no grid of a million places", () => {
  const tables = running([[1, 1, 0, 1, 1, 1], [1_000_000, 16_000, 2, 3, 1, 1]]);
  const [grid] = blocksOf({ kind: "sheet", tables, furniture: [] }, points("가\n나"));
  assert.deepEqual([grid.rows, grid.columns], [[1, 1_000_000], [1, 16_000]]);
});

test("a table in a table's cell is laid out in it; one that cuts into another is left as text", () => {
  const outer = [[1, 1, 0, 5, 1, 1], [1, 2, 6, 7, 1, 1]];
  const inner = [[1, 1, 0, 1, 1, 1], [1, 2, 2, 5, 1, 1]];
  const [grid] = blocksOf({ kind: "section", tables: running(outer, inner), furniture: [] }, points("가\t나나나\t다"));
  assert.deepEqual(kinds(grid.cells[0].inside), [["grid", 0, 5]]);
  const cutting = [[1, 1, 4, 5, 1, 1], [1, 2, 6, 9, 1, 1]];
  const blocks = blocksOf({ kind: "section", tables: running(outer, cutting), furniture: [] }, points("가\t나나나\t다\n라"));
  assert.deepEqual(kinds(blocks), [["grid", 0, 7], ["run", 8, 9]]);
});

test("notes and comments stand apart, running heads in the text", () => {
  const furniture = [["running head", 0, 2], ["note", 5, 7], ["comment", 8, 10]];
  const blocks = blocksOf({ kind: "section", furniture }, points("머리\n글\n각주\n의견"));
  assert.deepEqual(kinds(blocks), [["run", 0, 4], ["apart", 5, 7], ["apart", 8, 10]]);
  assert.deepEqual(blocks.slice(1).map(({ label }) => label), ["note_frame", "comment_frame"]);
});

test("a mail's head is set apart from what it says", () => {
  const text = points("From: a@b.kr\nSubject: 회신: 자료\n\n안녕: 본문");
  const blocks = blocksOf({ kind: "message" }, text);
  assert.deepEqual(kinds(blocks).map(([kind]) => kind), ["letter", "run"]);
  assert.equal(text.slice(blocks[1].start, blocks[1].end).join(""), "안녕: 본문");
  assert.deepEqual(letterNames(text, blocks[0]).map(([start, end]) => text.slice(start, end).join("")), ["From:", "Subject:"]);
});

test("a merged cell covers the rows and columns that are shown, one at the least", () => {
  assert.equal(covers([1, 2, 9], 1, 16_000), 3);
  assert.equal(covers([1, 9], 1, 3), 1);
  assert.equal(covers([1, 9], 4, 2), 1);
});
