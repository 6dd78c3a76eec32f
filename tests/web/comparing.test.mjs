import assert from "node:assert/strict";
import { test } from "node:test";
import { cut, fromEmpty, shares, stepped } from "../../ui/web/components/comparing/cutting.js";

const mark = (n, start, end, look = "changed") => ({ n, look, start, end });
const short = (pieces) => pieces.map(({ start, end, of }) => [start, end, of.map(({ n }) => n)]);

test("a text is cut where marks begin and end", () => {
  assert.deepEqual(short(cut(0, 10, [])), [[0, 10, []]]);
  assert.deepEqual(short(cut(0, 10, [mark(1, 2, 4), mark(2, 4, 6)])), [[0, 2, []], [2, 4, [1]], [4, 6, [2]], [6, 10, []]]);
  assert.deepEqual(short(cut(0, 10, [mark(1, 0, 10), mark(2, 3, 5)])), [[0, 3, [1]], [3, 5, [1, 2]], [5, 10, [1]]]);
  assert.deepEqual(short(cut(4, 8, [mark(1, 0, 5), mark(2, 8, 9)])), [[4, 5, [1]], [5, 8, []]]);
});

test("the pieces of a text are all of it, in order", () => {
  const marks = [mark(1, 3, 9), mark(2, 5, 5, "gap"), mark(3, 9, 9, "gap"), mark(4, 0, 2), mark(5, null, null)];
  const pieces = cut(0, 12, marks);
  assert.equal(pieces[0].start, 0);
  assert.equal(pieces.at(-1).end, 12);
  for (let at = 1; at < pieces.length; at += 1) assert.equal(pieces[at].start, pieces[at - 1].end);
});

test("where words are missing there is one piece without length, at the end of a stretch too", () => {
  const gap = mark(1, 5, 5, "gap");
  assert.deepEqual(short(cut(0, 8, [gap])), [[0, 5, []], [5, 5, [1]], [5, 8, []]]);
  const drawn = new Set();
  assert.deepEqual(short(cut(0, 5, [gap], drawn)), [[0, 5, []], [5, 5, [1]]]);
  assert.deepEqual(short(cut(5, 8, [gap], drawn)), [[5, 8, []]]);
  assert.deepEqual(short(cut(0, 0, [mark(2, 0, 0, "gap")])), [[0, 0, [2]]]);
});

test("stepping goes through all differences and ends at both ends", () => {
  assert.equal(stepped(null, [4, 5], 1, 9), 4);
  assert.equal(stepped(null, [4, 5], -1, 9), 3);
  assert.equal(stepped(null, [1, 2], -1, 9), null);
  assert.equal(stepped(5, [4, 5], 1, 9), 6);
  assert.equal(stepped(9, [9], 1, 9), null);
  assert.equal(stepped(1, [1], -1, 9), null);
  assert.equal(stepped(null, [], 1, 0), null);
});

test("from a pair without differences the next is that of the pairs after it", () => {
  const counts = [2, 0, 3, 0];
  assert.deepEqual([fromEmpty(counts, 1, 1), fromEmpty(counts, 1, -1)], [3, 2]);
  assert.deepEqual([fromEmpty(counts, 3, 1), fromEmpty(counts, 3, -1)], [null, 5]);
  assert.deepEqual([fromEmpty([0], 0, 1), fromEmpty([0], 0, -1)], [null, null]);
});

test("a box is said in shares of the page, of one without a size as nothing", () => {
  assert.deepEqual(shares({ x: 50, y: 20, width: 100, height: 10 }, { width: 200, height: 100 }), { left: 25, top: 20, width: 50, height: 10 });
  assert.deepEqual(shares({ x: 1, y: 1, width: 1, height: 1 }, { width: 0, height: 0 }), { left: 0, top: 0, width: 0, height: 0 });
});
