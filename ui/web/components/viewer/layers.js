// What is drawn on the paper: hits, annotations, what is withheld. A layer is blended as a whole, so that the words
// under it stay readable; on a single mark the layer's own transform would keep the blending from the paper.
import { el } from "../shared/dom.js";
import { drawFrames } from "./frames.js";
import { rectangles } from "./rectangles.js";

/** The layers from below, and which of them a reader sees unless they choose otherwise. */
export const LAYERS = { furniture: false, uncertain: true, annotations: true, hits: true, tables: true, boxes: true, withheld: true };
const BLENDED = ["furniture", "uncertain", "annotations", "hits", "selection"];

const spanOf = ([start, end]) => ({ start, end });

/** Make the empty layers: {name: element}. */
export function makeLayers() {
  const names = ["furniture", "uncertain", "annotations", "hits", "selection", "tables", "boxes", "withheld", "asked"];
  return Object.fromEntries(
    names.map((name) => {
      const blended = BLENDED.includes(name) ? " gm-viewer-blended" : "";
      return [name, el("div", { class: `gm-viewer-layer gm-viewer-on-${name}${blended}`, "aria-hidden": "true" })];
    }),
  );
}

function drawn(box, kind, attributes = {}, grow = 0) {
  const made = el("div", { class: `gm-viewer-mark ${kind}`, ...attributes });
  const size = { left: box.x - grow, top: box.y - grow, width: box.width + 2 * grow, height: box.height + 2 * grow };
  for (const [name, points] of Object.entries(size)) made.style[name] = `${points.toFixed(2)}px`;
  return made;
}

const marks = (lines, span, kind, attributes, grow) =>
  rectangles(lines, span).map((box) => drawn(box, kind, attributes, grow));

/** Draw what the data say of a page into its layers. */
export function drawLayers(layers, lines, data, texts) {
  const { page } = data;
  layers.furniture.replaceChildren(
    ...page.furniture.flatMap(([, start, end]) => marks(lines, { start, end }, "gm-furniture")),
  );
  layers.uncertain.replaceChildren(...page.uncertain.flatMap((pair) => marks(lines, spanOf(pair), "gm-uncertain")));
  layers.withheld.replaceChildren(
    ...page.withheld.map(([, , [x0, top, x1, bottom]]) => {
      const box = { x: x0, y: top, width: x1 - x0, height: bottom - top };
      const made = drawn(box, "gm-withheld");
      made.append(el("span", {}, texts.withheld));
      return made;
    }),
  );
  drawFrames(layers, lines, page, texts);
  drawAnnotations(layers, lines, data.annotations, null);
}

/** Draw the annotations' marks; the active one stands out by its outline as well. */
export function drawAnnotations(layers, lines, annotations, active) {
  const placed = annotations.filter(({ start }) => start !== null);
  layers.annotations.replaceChildren(
    ...placed.flatMap(({ id, colour, start, end, note, replies }) => {
      const kind = `gm-annotated gm-colour-${colour}${note || replies?.length ? " gm-noted" : ""}${id === active ? " gm-active" : ""}`;
      return marks(lines, { start, end }, kind, { "data-annotation": id });
    }),
  );
}

/** Draw the hits, the chosen one with an outline. */
export function drawHits(layers, lines, hits, index) {
  layers.hits.replaceChildren(
    ...hits.flatMap((pair, at) =>
      marks(lines, spanOf(pair), at === index ? "gm-hit gm-active" : "gm-hit", {}, at === index ? 1 : 0),
    ),
  );
}

/** Outline the passage that the address asks for. */
export function drawAsked(layers, lines, span) {
  layers.asked.replaceChildren(...(span ? marks(lines, spanOf(span), "gm-asked", {}, 1.5) : []));
}

/** Draw the selection ourselves: exact inside words, and still there while its note is being written. */
export function drawSelection(layers, lines, span) {
  layers.selection.replaceChildren(...(span ? marks(lines, span, "gm-selected") : []));
}
