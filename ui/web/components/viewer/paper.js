// Showing the page: the old sheet stays until the new one's picture is there; then text and picture change at once.
import { drawAnnotations, drawAsked, drawHits, drawLayers, drawSelection } from "./layers.js";
import { boxesOf, layOut, makeSheet, seenSize } from "./sheet.js";
import { titleDoubts } from "./doubts.js";
import { drawText, makeText, rectsOf } from "./textview.js";
import { factorOf, pictureAddress, pictureWidth, scaleFor } from "./zoom.js";
import { selectable } from "./selecting.js";

const PADDING = 20; // pixels between the paper and the stage's edge

/** Bring what is shown up to date with view.data; `fresh` says that it is another page than before. */
export function showPage(view, fresh) {
  const { page } = view.data;
  view.mode = view.wantsText || !page.picture ? "text" : "paper";
  view.nodes.root.dataset.mode = view.mode;
  if (view.mode === "text") showText(view, fresh);
  else showSheet(view, fresh);
}

function showText(view, fresh) {
  view.waiting = null;
  const had = view.nodes.paper.contains(document.activeElement);
  const changed = view.text?.page.text !== view.data.page.text || view.text?.page.number !== view.data.page.number;
  if (!view.text || fresh || changed) {
    view.text = makeText(view, view.data, view.hit);
    view.nodes.paper.replaceChildren(view.text.whole);
    view.sheet = null;
    if (had) view.focusPaper();
    redraw(view);
    view.arrived();
  } else redraw(view);
}

function showSheet(view, fresh) {
  view.text = null;
  const same =
    view.sheet && !fresh && view.sheet.page.text === view.data.page.text && sameLines(view.sheet.page, view.data.page);
  if (same) {
    view.sheet.data = view.data;
    redraw(view);
    return;
  }
  const place = view.t("text_of_page", { page: view.pageWords(view.data.page) });
  const sheet = makeSheet(view.data, view.texts, place, layoutOf(view, view.data.page));
  sheet.mouse = selectable(sheet, view.nodes.stage, (event) => view.clicked(sheet, event));
  if (!view.sheet?.node.isConnected) {
    put(view, sheet);
    sheet.loaded.then(() => prefetch(view, sheet));
    return;
  }
  // the sheet that leaves loses the focus long before the one that comes can take it
  sheet.focused = view.nodes.paper.contains(document.activeElement) || Boolean(view.waiting?.focused);
  view.waiting = sheet;
  view.sheet.node.inert = true;
  view.sheet.node.classList.add("gm-leaving");
  sheet.loaded.then(() => {
    if (view.waiting !== sheet) return;
    view.waiting = null;
    put(view, sheet);
    prefetch(view, sheet);
  });
}

const sameLines = (a, b) => a.number === b.number && a.exact === b.exact && a.lines?.length === b.lines?.length;

function put(view, sheet) {
  view.sheet = sheet;
  const had = view.nodes.paper.contains(document.activeElement) || (sheet.focused && document.activeElement === document.body);
  layOut(sheet, layoutOf(view, sheet.page)); // the window may have changed while the picture was on its way
  view.nodes.paper.replaceChildren(sheet.node);
  if (had) view.focusPaper();
  redraw(view);
  view.arrived();
}

/** Draw all marks anew. */
export function redraw(view) {
  const { data, sheet, text } = view;
  const hits = data.hits?.here ?? [];
  if (text) drawText(text, data, view.hit, view.active, view.layersOn);
  if (!sheet || view.waiting) return;
  drawLayers(sheet.layers, sheet.lines, data, view.texts);
  titleDoubts(sheet.words, data.page.uncertain, view.layersOn.uncertain, view.texts);
  drawAnnotations(sheet.layers, sheet.lines, data.annotations, view.active);
  drawHits(sheet.layers, sheet.lines, hits, view.hit);
  const asksHit = data.at && hits.some(([start, end]) => start === data.at[0] && end === data.at[1]);
  drawAsked(sheet.layers, sheet.lines, asksHit ? null : data.at);
  drawSelection(sheet.layers, sheet.lines, view.span);
}

/** The room that the stage leaves for the paper, in pixels. */
function room(view) {
  const { stage, notes } = view.nodes;
  const beside = view.wide && !notes.hidden ? notes.offsetWidth : 0;
  return { width: stage.clientWidth - beside - 2 * PADDING, height: stage.clientHeight - 2 * PADDING };
}

function layoutOf(view, page) {
  view.scale = scaleFor(view.zoom, seenSize(page, view.turn), room(view));
  return { scale: view.scale, turn: view.turn };
}

export const factor = (view) => factorOf(view.scale ?? 4 / 3);

/** Lay the sheet out again after a change of zoom, turn or window; what was in the middle stays there. */
export function relayout(view) {
  const { sheet } = view;
  if (!sheet) return;
  const { stage } = view.nodes;
  const middle = (stage.scrollTop + stage.clientHeight / 2) / Math.max(1, sheet.node.offsetHeight);
  const across = (stage.scrollLeft + stage.clientWidth / 2) / Math.max(1, stage.scrollWidth);
  const turned = sheet.turn !== view.turn;
  const layout = layoutOf(view, sheet.page);
  if (!turned && layout.scale === sheet.scale) return;
  const before = sheet.node.offsetHeight;
  layOut(sheet, layout);
  if (before !== sheet.node.offsetHeight && !turned) {
    if (stage.scrollTop > 0) stage.scrollTop = middle * sheet.node.offsetHeight - stage.clientHeight / 2;
    stage.scrollLeft = across * stage.scrollWidth - stage.clientWidth / 2;
  }
}

function prefetch(view, sheet) {
  const { picture_of: address, document } = view.data;
  if (!address || view.sheet !== sheet) return;
  const width = sheet.width || pictureWidth(sheet.node.offsetWidth, window.devicePixelRatio);
  for (const number of [sheet.page.number + 1, sheet.page.number - 1]) {
    if (number < 1 || number > (document.pages ?? 0)) continue;
    new Image().src = pictureAddress(address, { page: number, width });
  }
}

/** Where a span stands in the stage's contents: one {x, y, width, height} a line, in pixels. */
export function boxesIn(view, span) {
  const { stage } = view.nodes;
  const frame = stage.getBoundingClientRect();
  const [dx, dy] = [stage.scrollLeft - frame.left, stage.scrollTop - frame.top];
  if (view.text) {
    return rectsOf(view.text.node, span).map(({ left, top, width, height }) => ({
      x: left + dx,
      y: top + dy,
      width,
      height,
    }));
  }
  if (!view.sheet) return [];
  const sheet = view.sheet.node.getBoundingClientRect();
  return boxesOf(view.sheet, span).map((box) => ({ ...box, x: box.x + sheet.left + dx, y: box.y + sheet.top + dy }));
}

/** Scroll a span into sight, if it is not. */
export function reveal(view, span) {
  const boxes = boxesIn(view, span);
  if (!boxes.length) return;
  const { stage } = view.nodes;
  const [first, last] = [boxes[0], boxes.at(-1)];
  const seen = first.y >= stage.scrollTop + 8 && last.y + last.height <= stage.scrollTop + stage.clientHeight - 8;
  if (!seen) stage.scrollTop = first.y - stage.clientHeight / 3;
  if (first.x < stage.scrollLeft || first.x > stage.scrollLeft + stage.clientWidth - 40)
    stage.scrollLeft = first.x - 40;
}
