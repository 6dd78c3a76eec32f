// What is outlined on the paper: its tables, and the black boxes with what is known of what they cover.
import { el } from "../shared/dom.js";
import { rectangles } from "./rectangles.js";
import { around } from "./tablegrid.js";

/** Where a table lies, in PDF points: what the file says, else around the words of its cells; null where neither. */
export function placeOfTable({ box, cells }, lines) {
  if (box) return fromSides(box);
  const spans = cells.flatMap(([, , start, end, , , ...more]) => [[start, end], ...more]);
  return around(spans.flatMap(([start, end]) => rectangles(lines, { start, end })));
}

const fromSides = ([x0, top, x1, bottom]) => ({ x: x0, y: top, width: x1 - x0, height: bottom - top });

/** Draw the outlines of a page into their layers. */
export function drawFrames(layers, lines, page, texts) {
  const places = page.tables.map((table) => placeOfTable(table, lines)).filter(Boolean);
  layers.tables.replaceChildren(...places.map((place) => outlined(place, "gm-table", 2)));
  layers.boxes.replaceChildren(
    ...page.boxes.map(({ box, under }) => {
      const said = texts[`box_${under}`];
      const made = outlined(fromSides(box), `gm-box gm-under-${under}`, 1);
      made.append(el("span", { class: fits(said, fromSides(box), under) ? "gm-inside" : null }, said));
      return made;
    }),
  );
}

// Whether the words have room within the box, beside those of text withheld there.
function fits(said, { width, height }, under) {
  const letters = Array.from(said).reduce((sum, letter) => sum + (letter > "\u1000" ? 6.5 : 3.7), 6);
  return height >= 9 && width >= letters + (under === "withheld" ? 34 : 0);
}

function outlined({ x, y, width, height }, kind, grow) {
  const made = el("div", { class: `gm-viewer-mark ${kind}` });
  const size = { left: x - grow, top: y - grow, width: width + 2 * grow, height: height + 2 * grow };
  for (const [name, points] of Object.entries(size)) made.style[name] = `${points.toFixed(2)}px`;
  return made;
}
