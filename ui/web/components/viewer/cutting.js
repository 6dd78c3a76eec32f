// Which words may be put right, how sure the machine was of them, and what to cut out of the page's picture to see
// them. Pure arithmetic.
import { shownAt, turned } from "./rectangles.js";

const RECOGNISED = ["ocr", "corrected", "checked by a person"];
const PICTURE = "text in a picture";
const MOST = 3; // CSS pixels to a point: more shows nothing but the scan's own grain
const LEAST = 1.5; // less cannot be read: a long stretch is scrolled
const ASIDE = 24; // points shown beside the stretch, and
const ABOVE = 5; // above and below

const meet = (span, start, end) => start < span.end && span.start < end;

/** Whether a stretch of a page was recognised, all of it, and nothing of it is withheld. */
export function mayCorrect(page, span) {
  if (page.withheld.some(([start, end]) => meet(span, start, end))) return false;
  const pictures = page.furniture.filter(([kind]) => kind === PICTURE);
  if (!pictures.length) return RECOGNISED.includes(page.basis);
  return pictures.some(([, start, end]) => start <= span.start && span.end <= end); // beside them stands the file's own text
}

/** The doubtful words that a stretch touches: [[start, end, confidence], …]. */
export const doubtsIn = (uncertain, span) => uncertain.filter(([start, end]) => meet(span, start, end));

/**
 * What to cut out of a page's picture, as a reader sees it, to show boxes of the page (points) in a room of so many CSS
 * pixels across: `width` and `height` of the cutting, the picture's own `whole` width, where its corner lies from the
 * cutting's (`left`, `top`), and `frames` around the boxes. Null without boxes.
 */
export function cutOf(boxes, page, room) {
  if (!boxes.length) return null;
  const { matrix, width, height } = turned(page, page.rotation ?? 0);
  const seen = boxes.map((box) => shownAt(box, matrix));
  const x0 = Math.max(0, Math.min(...seen.map(({ x }) => x)) - ASIDE);
  const y0 = Math.max(0, Math.min(...seen.map(({ y }) => y)) - ABOVE);
  const x1 = Math.min(width, Math.max(...seen.map((box) => box.x + box.width)) + ASIDE);
  const y1 = Math.min(height, Math.max(...seen.map((box) => box.y + box.height)) + ABOVE);
  const scale = Math.max(LEAST, Math.min(MOST, room / (x1 - x0)));
  const frames = seen.map((box) => ({
    x: (box.x - x0) * scale,
    y: (box.y - y0) * scale,
    width: box.width * scale,
    height: box.height * scale,
  }));
  return { width: (x1 - x0) * scale, height: (y1 - y0) * scale, whole: width * scale, left: -x0 * scale, top: -y0 * scale, frames };
}
