import assert from "node:assert/strict";
import { test } from "node:test";
import { step } from "../../ui/web/components/annotated/walking.js";
import { pieces } from "../../ui/web/components/guide/pieces.js";
import { share, ticks } from "../../ui/web/components/overview/measures.js";

test("walking ends where the list ends", () => {
  assert.deepEqual([step(-1, 3, 1), step(0, 3, 1), step(2, 3, 1), step(-1, 3, -1), step(0, 3, -1), step(-1, 0, 1)], [0, 1, null, 2, null, null]);
});

test("backticks mark what is typed, an unpaired one is a sign", () => {
  const say = (text) => pieces(text).map(({ code, words }) => (code ? `<${words}>` : words));
  assert.deepEqual(say("press `Y` or `Shift+Y`"), ["press ", "<Y>", " or ", "<Shift+Y>"]);
  assert.deepEqual(say("`a` b `c"), ["<a>", " b ", "`c"]);
  assert.deepEqual(say("plain"), ["plain"]);
});

test("what is there at all is drawn", () => {
  assert.deepEqual([share(0, 10), share(1, 100_000), share(5, 10), share(10, 10), share(3, 0)], [0, 1, 50, 100, 0]);
});

test("few columns have all their names, many have some", () => {
  assert.deepEqual(ticks(["2019", "2020"]), ["2019", "2020"]);
  assert.deepEqual(ticks(["2019-11", "2019-12", "2020-01"]), ["2019.11", "12", "2020.01"]);
  const years = Array.from({ length: 30 }, (_, at) => String(1995 + at));
  assert.deepEqual(ticks(years).filter(Boolean), ["1995", "2000", "2005", "2010", "2015", "2020"]);
});
