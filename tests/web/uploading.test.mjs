// Numbers of the releases page: sizes, time left, percent, how far the sending is.
import assert from "node:assert/strict";
import { test } from "node:test";

import { percent, sendingSoFar, singular, size, timeLeft } from "../../ui/web/components/releases/arithmetic.js";

test("sizes in steps of a thousand", () => {
  assert.deepEqual([0, 999, 1000, 1234, 15_400, 999_600, 2 ** 31].map((n) => size(n)), ["0 B", "999 B", "1 kB", "1.2 kB", "15 kB", "1 MB", "2.1 GB"]);
});

test("time left never says none, and stays coarse", () => {
  assert.deepEqual([0, 12, 54, 55, 100, 3569, 3570, 9000].map(timeLeft), [
    ["left_seconds", 10],
    ["left_seconds", 20],
    ["left_seconds", 60],
    ["left_minutes", 1],
    ["left_minutes", 2],
    ["left_minutes", 59],
    ["left_hours", 1],
    ["left_hours", 2.5],
  ]);
});

test("percent is neither nothing before nor everything after", () => {
  assert.deepEqual([percent(0, 9), percent(1, 10_000), percent(9999, 10_000), percent(5, 5), percent(0, 0)], [0, 1, 99, 100, 100]);
});

test("cancelled files do not count, and a request's overhead is not a file's", () => {
  const items = [
    { size: 100, done: 130, state: "sending" },
    { size: 100, done: 0, state: "sent" },
    { size: 200, done: 0, state: "failed" },
    { size: 999, done: 500, state: "cancelled" },
  ];
  assert.deepEqual(sendingSoFar(items), { files: 3, sent: 1, failed: 1, all: 400, share: 50 });
});

test("one of a thing is not many", () => {
  assert.equal(singular("1 files, 11 pages, 1 pages, 0.1 pages, 2,1 files"), "1 file, 11 pages, 1 page, 0.1 pages, 2,1 files");
});
