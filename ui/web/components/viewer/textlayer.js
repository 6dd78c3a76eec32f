// The words over the picture: invisible, selectable, each code point where the paper has it.
import { el } from "../shared/dom.js";
import { boxOn } from "./rectangles.js";
import { pointsOf, toPoints, toUnits } from "./offsets.js";

const FONT = "sans-serif";
const MEASURED_AT = 32;
const FILLS = 0.82; // a letter's size in its line's height
const widths = new Map();
let pen = null;

/** Cut a line into words, each with the blanks behind it, so that dragging over them meets no holes: [[start, end]]. */
export function wordsOf(points, line) {
  const words = [];
  let start = line.start;
  for (let at = line.start + 1; at <= line.end; at += 1) {
    const begins = at === line.end || (/\s/u.test(points[at - 1]) && !/\s/u.test(points[at]));
    if (begins) {
      words.push([start, at]);
      start = at;
    }
  }
  return words;
}

/** What stands for a code point where nothing may break a line or show as a box. */
const plain = (point) => (point === "\uFFFE" ? "-" : /\s/u.test(point) ? " " : point);

// Each character is measured once for all pages: measuring every word costs more than all the rest of a flip.
function widthOf(text) {
  let width = 0;
  for (const each of text) {
    const point = each >= "가" && each <= "힣" ? "가" : each >= "一" && each <= "龥" ? "一" : each; // as wide as each other
    if (!widths.has(point)) widths.set(point, measured(point));
    width += widths.get(point);
  }
  return width;
}

function measured(point) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `${MEASURED_AT}px ${FONT}`;
  return pen.measureText(point).width / MEASURED_AT;
}

/** Lay the words out in PDF points; the caller turns and scales the whole. */
export function wordLayer(text, lines, label) {
  const points = pointsOf(text);
  const words = lines.flatMap((line) => wordsOf(points, line).map(([start, end]) => word(points, line, start, end)));
  return el("div", { class: "gm-viewer-text", role: "document", tabindex: "0", "aria-label": label }, words);
}

function word(points, line, start, end) {
  const text = points.slice(start, end).map(plain).join("");
  // the letters are fitted and the blanks behind them follow: a line's end has no width to be shared out
  const letters = text.trimEnd() || text;
  const box = boxOn(line, start, start + pointsOf(letters).length);
  const thick = line.high - line.low;
  const size = thick * FILLS;
  const long = line.direction % 180 === 0 ? box.width : box.height;
  const natural = widthOf(letters) * size;
  const stretch = natural > 0 ? Math.max(long, 0.01) / natural : 1;
  const [x, y] = {
    0: [box.x, box.y],
    90: [box.x + box.width, box.y],
    180: [box.x + box.width, box.y + box.height],
    270: [box.x, box.y + box.height],
  }[line.direction];
  const made = el("span", { "data-s": start, "data-e": end }, text);
  made.style.cssText =
    `font-size:${size.toFixed(3)}px;line-height:${thick.toFixed(3)}px;` +
    `transform:translate(${x.toFixed(2)}px,${y.toFixed(2)}px) rotate(${line.direction}deg) scaleX(${stretch.toFixed(5)})`;
  return made;
}

/** The offset of a place in the document: a number in the layer, else "before" or "after" it. */
export function offsetAt(layer, node, offset) {
  if (!layer.contains(node)) {
    const after = layer.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
    return after ? "after" : "before";
  }
  if (node.nodeType === Node.TEXT_NODE) {
    const { s: start } = node.parentElement.dataset;
    if (start !== undefined) return Number(start) + toPoints(node.data, offset);
  } else if (node.dataset?.s !== undefined) return Number(offset > 0 ? node.dataset.e : node.dataset.s);
  return nextOffset(layer, node, offset);
}

// Between the words (in a table's cell or head): where the next one begins.
function nextOffset(layer, node, offset) {
  const place = document.createRange();
  place.setStart(node, offset);
  place.collapse(true);
  const words = layer.querySelectorAll("[data-s]");
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (place.comparePoint(words[middle].firstChild ?? words[middle], 0) < 0) low = middle + 1;
    else high = middle;
  }
  return low < words.length ? Number(words[low].dataset.s) : "after";
}

/** The place in the document of an offset: [text node, UTF-16 offset], the end of a word rather than the next's start. */
export function placeOf(layer, offset) {
  const words = layer.querySelectorAll("[data-s]");
  let [low, high] = [0, words.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(words[middle].dataset.e) < offset) low = middle + 1;
    else high = middle;
  }
  const found = words[low];
  if (!found) return [layer, 0];
  const start = Number(found.dataset.s);
  return [found.firstChild, toUnits(found.firstChild.data, Math.max(0, offset - start))];
}
