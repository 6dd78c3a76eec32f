// The page as plain text: all there is of a sheet or a message, and the way to select by keyboard.
import { el, fill } from "../shared/dom.js";
import { doubtWords } from "./doubts.js";
import { mendDrags } from "./dragging.js";
import { offsetAt, placeOf } from "./textlayer.js";
import { heldList } from "./held.js";
import { laidOut } from "./laying.js";
import { pointsOf, toUnits } from "./offsets.js";

const MOVES = {
  ArrowLeft: ["backward", "character"],
  ArrowRight: ["forward", "character"],
  ArrowUp: ["backward", "line"],
  ArrowDown: ["forward", "line"],
  Home: ["backward", "lineboundary"],
  End: ["forward", "lineboundary"],
};
const FARTHER = { character: "word", line: "paragraph" };

/** Make the text of data.page, its marks in it, `hit` the number of the chosen hit. */
export function makeText(view, data, hit) {
  const { page } = data;
  const text = page.text ?? "";
  const node = el("div", {
    class: "gm-viewer-text gm-viewer-plain",
    role: "document",
    tabindex: "0",
    "aria-label": view.t("text_of_page", { page: view.pageWords(page) }),
  });
  const caret = el("div", { class: "gm-viewer-caret", "aria-hidden": "true", hidden: true });
  const empty = text.trim() ? null : el("p", { class: "gm-quiet" }, view.emptyReason(page));
  const cover = page.withheld.length ? el("p", { class: "gm-quiet" }, view.texts.withheld_why) : null;
  const boxed = page.boxes.length ? el("p", { class: "gm-quiet" }, fill(view.texts.boxes_here, { n: page.boxes.length })) : null;
  const whole = el(
    "section",
    { class: `gm-viewer-page gm-viewer-textpage${page.kind === "sheet" ? " gm-viewer-wide" : ""}`, "data-number": page.number, "data-ready": "true" },
    el("h2", {}, view.pageName(page)),
    cover,
    boxed,
    empty,
    el("div", { class: "gm-viewer-textplace" }, node, caret),
    page.picture ? null : heldList(view, data.document.held, page.kind === "message"),
  );
  const shown = { node, caret, whole, page, data, points: pointsOf(text), texts: view.texts };
  shown.last = (data.at ?? data.hits?.here?.[hit])?.[0] ?? 0;
  drawText(shown, data, hit, null, view.layersOn);
  node.addEventListener("keydown", (event) => moved(shown, event));
  node.addEventListener("blur", () => (caret.hidden = true));
  mendDrags(node);
  return shown;
}

/** Draw the marks again, the text staying as it is where nothing changed. */
export function drawText(shown, data, hit, active, on) {
  const marks = marksOf(data, hit, active, on, shown.texts);
  const key = JSON.stringify(marks);
  if (key === shown.key) return;
  shown.key = key;
  const kept = selectionIn(shown.node);
  shown.node.replaceChildren(...laidOut(shown, marks, shown.texts));
  if (kept) select(shown.node, kept.anchor, kept.focus);
}

function marksOf({ page, annotations, hits, at }, hit, active, on, texts) {
  const found = [];
  if (on.furniture)
    for (const [, start, end] of page.furniture) found.push({ span: [start, end], kind: "gm-furniture" });
  if (on.uncertain) for (const span of page.uncertain) found.push({ span, kind: "gm-uncertain", title: doubtWords(texts, [span]) });
  for (const { id, start, end, colour } of on.annotations ? annotations : []) {
    const kind = `gm-annotated gm-colour-${colour}${id === active ? " gm-active" : ""}`;
    if (start !== null) found.push({ span: [start, end], kind, id });
  }
  if (on.hits)
    (hits?.here ?? []).forEach((span, number) =>
      found.push({ span, kind: number === hit ? "gm-hit gm-active" : "gm-hit" }),
    );
  if (at) found.push({ span: at, kind: "gm-asked" });
  return found;
}

function selectionIn(node) {
  const selection = document.getSelection();
  if (!selection.rangeCount || !node.contains(selection.anchorNode)) return null;
  const [anchor, focus] = [
    offsetAt(node, selection.anchorNode, selection.anchorOffset),
    offsetAt(node, selection.focusNode, selection.focusOffset),
  ];
  return typeof anchor === "number" && typeof focus === "number" ? { anchor, focus } : null;
}

/** Select from one offset to another (which may lie before it). */
export function select(node, anchor, focus) {
  const [from, to] = [placeOf(node, anchor), placeOf(node, focus)];
  document.getSelection().setBaseAndExtent(...from, ...to);
}

// Text that cannot be edited has no caret of the browser's: arrows move ours, with Shift they extend the selection.
function moved(shown, event) {
  if (event.altKey || event.metaKey || event.isComposing) return;
  if (event.ctrlKey && event.code in WHOLE) {
    event.preventDefault();
    toEdge(shown, event);
    return;
  }
  const move = MOVES[event.code];
  if (!move) return;
  event.preventDefault();
  const selection = document.getSelection();
  const inText = selection.rangeCount && shown.node.contains(selection.focusNode);
  if (!inText) select(shown.node, shown.last ?? 0, shown.last ?? 0);
  selection.modify(event.shiftKey ? "extend" : "move", move[0], event.ctrlKey ? FARTHER[move[1]] : move[1]);
  if (!shown.node.contains(selection.focusNode))
    select(shown.node, shown.last ?? 0, move[0] === "forward" ? shown.points.length : 0);
  showCaret(shown, selection);
}

const WHOLE = { KeyA: true, Home: true, End: true };

function toEdge(shown, { code, shiftKey }) {
  const edge = code === "Home" ? 0 : shown.points.length;
  const anchor = selectionIn(shown.node)?.anchor ?? shown.last ?? 0;
  select(shown.node, code === "KeyA" ? 0 : shiftKey ? anchor : edge, edge);
  showCaret(shown, document.getSelection());
}

function showCaret(shown, selection) {
  const at = offsetAt(shown.node, selection.focusNode, selection.focusOffset);
  shown.last = typeof at === "number" ? at : shown.points.length;
  const range = document.createRange();
  range.setStart(selection.focusNode, selection.focusOffset);
  const box = range.getClientRects()[0] ?? shown.node.getBoundingClientRect();
  const around = shown.node.parentElement.getBoundingClientRect();
  shown.caret.hidden = false;
  shown.caret.style.transform = `translate(${box.left - around.left}px, ${box.top - around.top}px)`;
  shown.caret.style.height = `${Math.min(box.height, 28)}px`;
  shown.caret.scrollIntoView({ block: "nearest" });
}

const MOST_MEASURED = 400; // pieces; of more, those at both ends

/** The rectangles of a span in the window, of its words alone. */
export function rectsOf(node, span) {
  const words = [...node.querySelectorAll("[data-s]")].filter(
    ({ dataset: { s, e } }) => Number(s) < span.end && span.start < Number(e),
  );
  const measured = words.length > MOST_MEASURED ? [...words.slice(0, MOST_MEASURED / 2), ...words.slice(-MOST_MEASURED / 2)] : words;
  return measured.flatMap((word) => {
    const [text, from] = [word.firstChild, Number(word.dataset.s)];
    const range = document.createRange();
    range.setStart(text, toUnits(text.data, Math.max(0, span.start - from)));
    range.setEnd(text, toUnits(text.data, Math.min(Number(word.dataset.e), span.end) - from));
    return [...range.getClientRects()];
  });
}
