import assert from "node:assert/strict";
import { test } from "node:test";
import { queryOf, resultsOf, shownOf } from "../../ui/web/components/viewer/asking.js";
import * as offsets from "../../ui/web/components/viewer/offsets.js";
import { pieces } from "../../ui/web/components/viewer/pieces.js";
import { boxOn, inside, linesOf, nearest, pageAt, rectangles, shownAt, turned } from "../../ui/web/components/viewer/rectangles.js";
import { stacked } from "../../ui/web/components/viewer/stacking.js";
import { wordsOf } from "../../ui/web/components/viewer/textlayer.js";
import { hitAsked, hitNumber, nextHit, pagesMeant } from "../../ui/web/components/viewer/walking.js";
import { factorOf, LADDER, pictureAddress, pictureWidth, scaleFor, stepped, wheeled } from "../../ui/web/components/viewer/zoom.js";

const ASTRAL = "가𠮷나 A😀B"; // two characters outside the BMP: 7 code points, 9 UTF-16 units

test("offsets count code points, not UTF-16 units", () => {
  assert.equal(offsets.pointsOf(ASTRAL).length, 7);
  assert.deepEqual([0, 1, 2, 3, 4, 9].map((units) => offsets.toPoints(ASTRAL, units)), [0, 1, 1, 2, 3, 7]);
  assert.deepEqual([0, 1, 2, 3, 7, 99].map((points) => offsets.toUnits(ASTRAL, points)), [0, 1, 3, 4, 9, 9]);
  for (let at = 0; at <= 7; at += 1) assert.equal(offsets.toPoints(ASTRAL, offsets.toUnits(ASTRAL, at)), at);
});

test("a selection made backwards is the same span", () => {
  assert.deepEqual(offsets.between(9, 3, 20), { start: 3, end: 9 });
  assert.deepEqual(offsets.spanOfEnds(9, 3, 20), offsets.spanOfEnds(3, 9, 20));
});

test("a selection that begins or ends outside the text reaches to its edge", () => {
  assert.deepEqual(offsets.spanOfEnds("before", 4, 20), { start: 0, end: 4 });
  assert.deepEqual(offsets.spanOfEnds("after", 4, 20), { start: 4, end: 20 });
  assert.equal(offsets.spanOfEnds("before", "after", 20), null);
  assert.equal(offsets.spanOfEnds(5, 5, 20), null);
  assert.deepEqual(offsets.spanOfEnds(15, 99, 20), { start: 15, end: 20 });
});

test("blanks and line ends at the ends of a selection fall away, those within stay", () => {
  const points = offsets.pointsOf(" 첫 줄\n둘째 줄 \n");
  assert.deepEqual(offsets.trimmed(points, { start: 0, end: points.length }), { start: 1, end: 9 });
  assert.equal(points.slice(1, 9).join(""), "첫 줄\n둘째 줄");
  assert.equal(offsets.trimmed(points, { start: 4, end: 5 }), null);
  assert.deepEqual(offsets.trimmed(points, { start: 2, end: 6 }), { start: 3, end: 6 }, "mid-word ends stay as they are");
  const hyphen = offsets.pointsOf("infor\uFFFE\nmation");
  assert.deepEqual(offsets.trimmed(hyphen, { start: 0, end: 7 }), { start: 0, end: 5 });
});

test("a double click takes the word, at its end too, a triple click the line", () => {
  const points = offsets.pointsOf("얼굴 😀영상\n끝");
  assert.deepEqual(offsets.wordAt(points, 4), { start: 3, end: 6 });
  assert.deepEqual(offsets.wordAt(points, 3), { start: 3, end: 6 });
  assert.deepEqual(offsets.wordAt(points, 2), { start: 0, end: 2 });
  assert.deepEqual(offsets.wordAt(points, points.length), { start: 7, end: 8 });
  assert.deepEqual(offsets.lineAt(points, 4), { start: 0, end: 6 });
  assert.deepEqual(offsets.lineAt(points, 7), { start: 7, end: 8 });
});

test("until the server answers, a copy has no line ends", () => {
  assert.equal(offsets.joined("개인정보를 처리\n한다\n"), "개인정보를 처리 한다");
  assert.equal(offsets.joined("infor\uFFFE\nmation about"), "information about");
});

// two lines: "가나 다" at y 10–20, edges 100 110 120 125 135; "라마" below; and one that runs down
const LINES = linesOf([
  [0, 4, 0, 1000, 2000, 10000, 1000, 1000, 500, 1000],
  [4, 7, 0, 3000, 4000, 10000, 1000, 1000, 0],
  [7, 9, 90, 20000, 21000, 1000, 1000, 1000],
]);

test("lines come in hundredths and steps", () => {
  assert.deepEqual(LINES[0], { start: 0, end: 4, direction: 0, low: 10, high: 20, edges: [100, 110, 120, 125, 135] });
  const upwards = linesOf([[0, 2, 270, 0, 1000, 9000, -1000, -1000]])[0];
  assert.deepEqual(boxOn(upwards, 0, 1), { x: 0, y: 80, width: 10, height: 10 });
});

test("a span has one rectangle for each line, exact inside words", () => {
  assert.deepEqual(rectangles(LINES, { start: 1, end: 6 }), [
    { x: 110, y: 10, width: 25, height: 10 },
    { x: 100, y: 30, width: 20, height: 10 },
  ]);
  assert.deepEqual(rectangles(LINES, { start: 8, end: 9 }), [{ x: 200, y: 20, width: 10, height: 10 }]);
  assert.deepEqual(rectangles(LINES, { start: 6, end: 7 }), [], "a line end has no width");
});

test("the nearest offset is found beside, between and beyond lines", () => {
  assert.equal(nearest(LINES, 111, 15), 1);
  assert.equal(nearest(LINES, 116, 15), 2);
  assert.equal(nearest(LINES, 0, 14), 0);
  assert.equal(nearest(LINES, 160, 14), 4);
  assert.equal(nearest(LINES, 101, 26), 4, "nearer to the second line");
  assert.equal(nearest(LINES, 205, 16), 8, "a line that runs down is walked downwards");
  assert.equal(nearest(linesOf([[0, 2, 180, 0, 1000, 5000, -1000, -1000]]), 39, 5), 1, "one upside down to the left");
  assert.equal(nearest([], 1, 1), null);
});

test("words keep the blanks behind them, so that nothing of a line lies between them", () => {
  const points = offsets.pointsOf("가 나  𠮷다\n라");
  assert.deepEqual(wordsOf(points, { start: 0, end: 8 }), [[0, 2], [2, 5], [5, 8]]);
  assert.deepEqual(wordsOf(points, { start: 8, end: 9 }), [[8, 9]]);
  assert.deepEqual(wordsOf(offsets.pointsOf(" 가"), { start: 0, end: 2 }), [[0, 1], [1, 2]]);
});

test("turning a page and going back", () => {
  const page = { width: 600, height: 800 };
  const box = { x: 10, y: 20, width: 30, height: 40 };
  const at = (degrees) => shownAt(box, turned(page, degrees).matrix);
  assert.deepEqual(at(0), box);
  assert.deepEqual(at(90), { x: 740, y: 10, width: 40, height: 30 });
  assert.deepEqual(at(180), { x: 560, y: 740, width: 30, height: 40 });
  assert.deepEqual(at(270), { x: 20, y: 560, width: 40, height: 30 });
  assert.deepEqual(turned(page, 450, 2).width, 1600);
  for (const degrees of [0, 90, 180, 270]) {
    const { matrix } = turned(page, degrees, 1.5);
    const shown = shownAt({ x: 100, y: 200, width: 0, height: 0 }, matrix);
    const back = pageAt(matrix, shown.x, shown.y);
    assert.ok(Math.abs(back.x - 100) < 1e-9 && Math.abs(back.y - 200) < 1e-9);
  }
  assert.equal(inside(box, 9.5, 20, 1), true);
  assert.equal(inside(box, 8, 20, 1), false);
});

test("a text is cut where marks begin and end", () => {
  assert.deepEqual(pieces(10, [[2, 6], [4, 10]]), [
    { start: 0, end: 2, of: [] },
    { start: 2, end: 4, of: [0] },
    { start: 4, end: 6, of: [0, 1] },
    { start: 6, end: 10, of: [1] },
  ]);
  assert.deepEqual(pieces(0, []), []);
});

test("cards stay near their places, none over another, the held one exactly", () => {
  assert.deepEqual(stacked([0, 10, 200], [50, 50, 50], 10), [0, 60, 200]);
  assert.deepEqual(stacked([100, 110], [50, 50], 10, 1), [50, 110]);
  assert.deepEqual(stacked([0, 10], [50, 50], 10, 1), [0, 60], "never above the page's top");
  assert.deepEqual(stacked([], [], 10), []);
});

test("a page may be meant by its number or by what is printed on it", () => {
  const labels = ["i", "ii", "1", "2", null];
  assert.deepEqual(pagesMeant(" II ", 5, labels), [{ page: 2, by: "label" }]);
  assert.deepEqual(pagesMeant("2", 5, labels), [{ page: 2, by: "number" }, { page: 4, by: "label" }]);
  assert.deepEqual(pagesMeant("5", 5, labels), [{ page: 5, by: "number" }]);
  assert.deepEqual(pagesMeant("9", 5, labels), []);
  assert.deepEqual(pagesMeant("", 5, labels), []);
});

test("hits are walked over page ends and round", () => {
  const pages = [[2, 1], [5, 2], [9, 3]];
  const here = [[1, 3], [7, 9]];
  assert.deepEqual(nextHit(here, pages, 5, 0, 1), { index: 1 });
  assert.deepEqual(nextHit(here, pages, 5, 1, 1), { page: 9, hit: "1" });
  assert.deepEqual(nextHit(here, pages, 5, 0, -1), { page: 2, hit: "last" });
  assert.deepEqual(nextHit(here, pages, 5, -1, 1), { index: 0 });
  assert.deepEqual(nextHit([[0, 1]], pages, 9, 2, 1), { page: 2, hit: "1" });
  assert.deepEqual(nextHit([[0, 1]], pages, 2, 0, -1), { page: 9, hit: "last" });
  assert.deepEqual(nextHit([], pages, 3, -1, 1), { page: 5, hit: "1" });
  assert.deepEqual(nextHit(here, [[5, 2]], 5, 1, 1), { index: 0 });
  assert.equal(nextHit([], [], 5, -1, 1), null);
});

test("a hit is told by its number in the document", () => {
  const pages = [[2, 1], [5, 2], [9, 3]];
  assert.equal(hitNumber(pages, 5, 1), 3);
  assert.equal(hitNumber(pages, 5, -1), null);
  assert.equal(hitAsked([[1, 3], [7, 9]], [7, 9], null), 1);
  assert.equal(hitAsked([[1, 3], [7, 9]], [7, 8], null), -1);
  assert.equal(hitAsked([[1, 3], [7, 9]], null, "last"), 1);
  assert.equal(hitAsked([[1, 3]], null, "7"), 0);
  assert.equal(hitAsked([], null, "1"), -1);
});

test("pictures come from a ladder, by the screen's own pixels", () => {
  assert.equal(pictureWidth(600), 620);
  assert.equal(pictureWidth(621), 620);
  assert.equal(pictureWidth(700, 2), 1860);
  assert.equal(pictureWidth(9000), LADDER.at(-1));
  assert.equal(pictureAddress("/p/d/{page}/{width}.webp?a={b}", { page: 3, width: 620 }), "/p/d/3/620.webp?a={b}");
});

test("zoom fits, steps and turns with the wheel", () => {
  const size = { width: 600, height: 800 };
  assert.equal(scaleFor("width", size, { width: 900, height: 400 }), 1.5);
  assert.equal(scaleFor("page", size, { width: 900, height: 400 }), 0.5);
  assert.equal(factorOf(scaleFor(1.25, size, { width: 1, height: 1 })), 1.25);
  assert.equal(factorOf(scaleFor("width", size, { width: 9000, height: 1 })), 1.5);
  assert.equal(stepped(1, 1), 1.1);
  assert.equal(stepped(0.94, -1), 0.9);
  assert.equal(stepped(4, 1), 4);
  assert.ok(wheeled(1, -100) > 1 && wheeled(1, 100) < 1);
  assert.equal(wheeled(4, -5000), 4);
});

test("several plain words typed to find are looked for as they follow each other", () => {
  assert.equal(queryOf("  동의를 받지  "), '"동의를 받지"');
  assert.equal(queryOf("개인정보: 처리"), '"개인정보: 처리"');
  assert.equal(queryOf("얼굴 - 영상"), '"얼굴 - 영상"');
  const asIs = ["동의", '"동의를 받지"', "동의 OR 철회", "동의 -철회", "title:협약 동의", "동의* 철회", "(동의 철회)", "=동의 철회", ""];
  for (const typed of asIs) assert.equal(queryOf(typed), typed);
});

test("the find box shows the words alone", () => {
  assert.equal(shownOf('"동의를 받지"'), "동의를 받지");
  assert.equal(shownOf('"동의"'), '"동의"', "its marks mean something");
  assert.equal(shownOf('"동의를 받지" 철회'), '"동의를 받지" 철회');
  assert.equal(shownOf('agency:법무부 동의 -철회 title:"업무 협약"'), "동의");
  assert.equal(shownOf("동의 NOT 철회"), "동의");
  assert.equal(shownOf("(동의 OR 철회) -제공"), "(동의 OR 철회) -제공");
  assert.equal(shownOf("date:2019"), "date:2019");
  assert.equal(shownOf(""), "");
});

test("the way back has the query and its facets, nothing of the page", () => {
  assert.equal(resultsOf("?doc=ab&page=3&at=1-2"), null);
  const back = resultsOf("?doc=ab&page=3&q=동의&agency=법무부&agency=인천&not-year=2019&hit=1");
  assert.deepEqual([...new URLSearchParams(back.slice(2))], [["q", "동의"], ["agency", "법무부"], ["agency", "인천"], ["not-year", "2019"]]);
  assert.deepEqual([...new URLSearchParams(resultsOf("?q=a&bridge=on&without=b").slice(2))], [["q", "a"], ["without", "b"]]);
  assert.deepEqual([...new URLSearchParams(resultsOf("?q=a&bridge=off").slice(2))], [["q", "a"], ["bridge", "off"]]);
});
