import assert from "node:assert/strict";
import { test } from "node:test";
import { cutOf, doubtsIn, mayCorrect } from "../../ui/web/components/viewer/cutting.js";

const PAGE = { basis: "ocr", withheld: [], furniture: [], width: 600, height: 800, rotation: 0 };
const span = (start, end) => ({ start, end });

test("recognised text may be corrected, the file's own may not", () => {
  for (const basis of ["ocr", "corrected", "checked by a person"]) assert.ok(mayCorrect({ ...PAGE, basis }, span(0, 3)));
  assert.ok(!mayCorrect({ ...PAGE, basis: "text layer" }, span(0, 3)));
});

test("beside its pictures a page has the file's own text", () => {
  const furniture = [["text in a picture", 10, 20], ["page number", 0, 5]];
  for (const basis of ["text layer", "checked by a person"]) {
    const page = { ...PAGE, basis, furniture };
    assert.ok(mayCorrect(page, span(10, 20)));
    assert.ok(!mayCorrect(page, span(9, 12)));
    assert.ok(!mayCorrect(page, span(18, 21)));
    assert.ok(!mayCorrect(page, span(0, 3)));
  }
});

test("what is withheld may not be corrected, what stands beside it may", () => {
  const page = { ...PAGE, withheld: [[5, 8, [0, 0, 1, 1]]] };
  assert.ok(!mayCorrect(page, span(7, 9)));
  assert.ok(!mayCorrect(page, span(0, 6)));
  assert.ok(mayCorrect(page, span(0, 5)));
  assert.ok(mayCorrect(page, span(8, 9)));
});

test("doubtful words are those that a stretch touches", () => {
  const uncertain = [[0, 3, 52], [4, 6, 69], [9, 12, 10]];
  assert.deepEqual(doubtsIn(uncertain, span(2, 5)), [[0, 3, 52], [4, 6, 69]]);
  assert.deepEqual(doubtsIn(uncertain, span(3, 4)), []);
});

const within = (cut) =>
  cut.frames.every(({ x, y, width, height }) => x >= 0 && y >= 0 && x + width <= cut.width + 1e-9 && y + height <= cut.height + 1e-9);

test("a word is cut out with what stands beside it, as large as the room allows", () => {
  const cut = cutOf([{ x: 100, y: 200, width: 52, height: 14 }], PAGE, 200);
  assert.deepEqual([cut.width, cut.height, cut.whole], [200, 48, 1200]); // 24 + 52 + 24 points at 2 pixels each
  assert.deepEqual([cut.left, cut.top], [-152, -390]);
  assert.deepEqual(cut.frames, [{ x: 48, y: 10, width: 104, height: 28 }]);
});

test("a short word is not blown up, a long line is scrolled", () => {
  assert.equal(cutOf([{ x: 100, y: 200, width: 5, height: 14 }], PAGE, 1000).whole, 1800);
  const line = cutOf([{ x: 50, y: 200, width: 500, height: 14 }], PAGE, 240);
  assert.deepEqual([line.whole, line.width], [900, 822]);
});

test("at the paper's edge nothing beyond it is shown", () => {
  const cut = cutOf([{ x: 2, y: 1, width: 596, height: 14 }], PAGE, 240);
  assert.deepEqual([cut.left + 0, cut.top + 0, cut.width], [0, 0, 900]);
  assert.ok(within(cut));
});

test("on a page that was scanned on its side the word is found in the picture as it is seen", () => {
  // down the left edge of the page, so along the top of what is seen
  const box = { x: 20, y: 300, width: 14, height: 52 };
  for (const rotation of [90, 180, 270]) {
    const cut = cutOf([box], { ...PAGE, rotation }, 200);
    const sideways = rotation !== 180;
    assert.ok(within(cut), rotation);
    const [frame] = cut.frames;
    assert.equal(frame.width > frame.height, sideways, rotation);
    const scale = cut.whole / (sideways ? 800 : 600);
    const seen = { x: (frame.x - cut.left) / scale, y: (frame.y - cut.top) / scale };
    const wanted = { 90: { x: 448, y: 20 }, 180: { x: 566, y: 448 }, 270: { x: 300, y: 566 } }[rotation];
    assert.ok(Math.abs(seen.x - wanted.x) < 1e-6 && Math.abs(seen.y - wanted.y) < 1e-6, `${rotation}: ${JSON.stringify(seen)}`);
  }
});

test("words without a place have no picture", () => assert.equal(cutOf([], PAGE, 200), null));
