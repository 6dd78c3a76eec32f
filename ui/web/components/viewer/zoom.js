// How large the page is shown, and how wide a picture that needs. Pure arithmetic.

export const LADDER = [620, 930, 1240, 1860, 2480]; // widths of pictures in pixels: few, so that they are kept and shared
export const THUMBNAIL = 160;
const STEPS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];
const CSS_PER_POINT = 96 / 72;
const WIDEST = 1.5; // fitting the width never enlarges beyond this

/** The narrowest picture that is sharp at this width on screen, in CSS pixels. */
export function pictureWidth(shown, density = 1) {
  const wanted = shown * Math.min(density, 3);
  return LADDER.find((width) => width >= wanted * 0.98) ?? LADDER.at(-1);
}

/** CSS pixels to a point: `zoom` is "width", "page" or a factor of the paper's real size; `room` is what there is. */
export function scaleFor(zoom, size, room) {
  if (typeof zoom === "number") return zoom * CSS_PER_POINT;
  const across = room.width / size.width;
  const wide = Math.min(across, WIDEST * CSS_PER_POINT);
  const scale = zoom === "page" ? Math.min(across, room.height / size.height) : wide;
  return Math.max(scale, 0.1);
}

/** The factor of the paper's real size that a scale means. */
export const factorOf = (scale) => scale / CSS_PER_POINT;

/** The next larger (+1) or smaller (-1) step from a factor. */
export function stepped(factor, way) {
  const near = 0.01;
  if (way > 0) return STEPS.find((step) => step > factor + near) ?? STEPS.at(-1);
  return STEPS.findLast((step) => step < factor - near) ?? STEPS[0];
}

/** The zoom after a turn of the wheel (pixels). */
export const wheeled = (factor, pixels) => Math.max(STEPS[0], Math.min(STEPS.at(-1), factor * Math.exp(-pixels / 400)));

/** An address with its places filled. */
export const pictureAddress = (address, values) =>
  address.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
