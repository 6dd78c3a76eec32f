// Selecting on the paper with the mouse: the nearest line counts, so no drag falls into the gaps between lines.
import { between, lineAt, spanOfEnds, trimmed, wordAt } from "./offsets.js";
import { nearest } from "./rectangles.js";
import { offsetAt } from "./textlayer.js";
import { pointOn } from "./sheet.js";
import { select } from "./textview.js";

const MOVED = 3; // pixels, below which a press is a click
const EDGE = 24; // pixels from the stage's edge where dragging scrolls

/** Let the mouse select on a sheet; `clicked(offset, x, y)` is called for presses without a drag. */
export function selectable(sheet, stage, clicked) {
  const { words } = sheet;
  let from = null;
  const offsetUnder = (event) => {
    const { x, y } = pointOn(sheet, event.clientX, event.clientY);
    return nearest(sheet.lines, x, y);
  };
  words.addEventListener("mousedown", (event) => event.preventDefault());
  words.addEventListener("keydown", () => delete words.dataset.mouse);
  words.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    const offset = offsetUnder(event);
    words.dataset.mouse = "";
    words.focus({ preventScroll: true });
    if (offset === null) return;
    const span = wholeOf(sheet.points, offset, event.detail || clicksOf(sheet, event));
    const held = event.shiftKey ? anchorIn(words) : null;
    from = {
      span: held === null ? span : { start: held, end: held },
      x: event.clientX,
      y: event.clientY,
      moved: false,
    };
    if (held !== null) select(words, held, offset);
    else if (span.end > span.start) select(words, span.start, span.end);
    words.setPointerCapture(event.pointerId);
  });
  words.addEventListener("pointermove", (event) => {
    if (!from) return;
    from.moved ||= Math.hypot(event.clientX - from.x, event.clientY - from.y) >= MOVED;
    if (!from.moved) return;
    const offset = offsetUnder(event);
    const { start, end } = from.span;
    if (offset < start) select(words, end, offset);
    else select(words, start, Math.max(offset, end));
    scrollAtEdge(stage, event);
  });
  const done = (event) => {
    if (!from) return;
    const { moved, span } = from;
    from = null;
    if (moved || span.end > span.start || event.shiftKey) return;
    document.getSelection().removeAllRanges();
    clicked(event);
  };
  words.addEventListener("pointerup", done);
  words.addEventListener("pointercancel", () => (from = null));
  return { dragging: () => from !== null && from.moved };
}

// Pointer events do not count clicks; those that follow each other quickly in one place are a double or triple click.
function clicksOf(sheet, event) {
  const last = sheet.lastPress;
  const near =
    last && event.timeStamp - last.time < 400 && Math.hypot(event.clientX - last.x, event.clientY - last.y) < 5;
  const count = near ? (last.count % 3) + 1 : 1;
  sheet.lastPress = { time: event.timeStamp, x: event.clientX, y: event.clientY, count };
  return count;
}

function wholeOf(points, offset, clicks) {
  if (clicks === 2) return wordAt(points, offset);
  if (clicks >= 3) return lineAt(points, offset);
  return { start: offset, end: offset };
}

function anchorIn(words) {
  const { anchorNode, anchorOffset, rangeCount } = document.getSelection();
  if (!rangeCount || !words.contains(anchorNode)) return null;
  const anchor = offsetAt(words, anchorNode, anchorOffset);
  return typeof anchor === "number" ? anchor : null;
}

function scrollAtEdge(stage, { clientX, clientY }) {
  const box = stage.getBoundingClientRect();
  const beyond = (at, low, high) => (at < low + EDGE ? -EDGE : at > high - EDGE ? EDGE : 0);
  stage.scrollBy(beyond(clientX, box.left, box.right), beyond(clientY, box.top, box.bottom));
}

/** What is selected in a text (by mouse, touch or keyboard), without blanks at its ends: {start, end} or null. */
export function selectedIn(node, points) {
  const { rangeCount, anchorNode, anchorOffset, focusNode, focusOffset, isCollapsed } = document.getSelection();
  if (!rangeCount || isCollapsed) return null;
  const ends = [offsetAt(node, anchorNode, anchorOffset), offsetAt(node, focusNode, focusOffset)];
  const span = spanOfEnds(...ends, points.length);
  return span && trimmed(points, between(span.start, span.end, points.length));
}
