// The page as plain text: all there is of a sheet or a message, and the way to select by keyboard.
import { el, fill } from "../shared/dom.js";
import { offsetAt, placeOf } from "./textlayer.js";
import { pieces } from "./pieces.js";
import { pointsOf } from "./offsets.js";

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
  const guessedNote = page.basis === "ocr" ? el("p", { class: "gm-quiet" }, basisLine(view, page)) : null;
  const whole = el(
    "section",
    { class: "gm-viewer-page gm-viewer-textpage", "data-number": page.number, "data-ready": "true" },
    el("h2", {}, view.pageName(page)),
    cover,
    guessedNote,
    empty,
    el("div", { class: "gm-viewer-textplace" }, node, caret),
  );
  const shown = { node, caret, whole, page, data, points: pointsOf(text) };
  shown.last = (data.at ?? data.hits?.here?.[hit])?.[0] ?? 0;
  drawText(shown, data, hit, null, view.layersOn);
  node.addEventListener("keydown", (event) => moved(shown, event));
  node.addEventListener("blur", () => (caret.hidden = true));
  return shown;
}

const basisLine = (view, page) =>
  fill(view.texts.by_ocr, { n: page.confidence === null ? "–" : Math.round(page.confidence * 100) });

/** Draw the marks again, the text staying as it is where nothing changed. */
export function drawText(shown, data, hit, active, on) {
  const marks = marksOf(data, hit, active, on);
  const key = JSON.stringify(marks);
  if (key === shown.key) return;
  shown.key = key;
  const kept = selectionIn(shown.node);
  shown.node.replaceChildren(
    ...pieces(
      shown.points.length,
      marks.map(({ span }) => span),
    ).map(({ start, end, of }) => {
      const kinds = of.map((number) => marks[number].kind).join(" ");
      const text = shown.points
        .slice(start, end)
        .map((point) => (point === "\uFFFE" ? "-" : point))
        .join("");
      const id = of.map((number) => marks[number].id).findLast(Boolean);
      return el(
        of.length ? "mark" : "span",
        { class: kinds || null, "data-s": start, "data-e": end, "data-annotation": id },
        text,
      );
    }),
  );
  if (kept) select(shown.node, kept.anchor, kept.focus);
}

function marksOf({ page, annotations, hits, at }, hit, active, on) {
  const found = [];
  if (on.furniture)
    for (const [, start, end] of page.furniture) found.push({ span: [start, end], kind: "gm-furniture" });
  if (on.uncertain) for (const span of page.uncertain) found.push({ span, kind: "gm-uncertain" });
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

/** The rectangles of a span in the window. */
export function rectsOf(node, span) {
  const range = document.createRange();
  range.setStart(...placeOf(node, span.start));
  range.setEnd(...placeOf(node, span.end));
  return [...range.getClientRects()];
}
