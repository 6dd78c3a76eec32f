// Offsets: Python and the record count code points, JavaScript counts UTF-16 units. Pure arithmetic, no DOM.

const LINE_END_HYPHEN = "\uFFFE";

/** A text as its code points. */
export const pointsOf = (text) => Array.from(text);

/** How many code points stand before a UTF-16 offset; the middle of a pair counts as before it. */
export function toPoints(text, units) {
  let points = 0;
  for (let at = 0; at < Math.min(units, text.length); points += 1) {
    const step = text.codePointAt(at) > 0xffff ? 2 : 1;
    if (at + step > units) break;
    at += step;
  }
  return points;
}

/** The UTF-16 offset of a code-point offset. */
export function toUnits(text, points) {
  let units = 0;
  for (let left = points; left > 0 && units < text.length; left -= 1) units += text.codePointAt(units) > 0xffff ? 2 : 1;
  return units;
}

/** The span between two offsets, in whichever order they were chosen, kept within a text of `length` code points. */
export function between(anchor, focus, length) {
  const within = (at) => Math.max(0, Math.min(length, at));
  const [start, end] = [within(anchor), within(focus)].sort((a, b) => a - b);
  return { start, end };
}

/**
 * The span of a selection whose ends are offsets, or "before" or "after" where they lie outside the text; null where
 * both do, or nothing is between them.
 */
export function spanOfEnds(anchor, focus, length) {
  if (typeof anchor === "string" && typeof focus === "string") return null;
  const offset = (end) => (end === "before" ? 0 : end === "after" ? length : end);
  const span = between(offset(anchor), offset(focus), length);
  return span.start < span.end ? span : null;
}

const isBlank = (point) => point === undefined || /^\s$/u.test(point) || point === LINE_END_HYPHEN;

/** A span without the blanks and line ends at both its ends; null if nothing else is in it. */
export function trimmed(points, span) {
  let { start, end } = span;
  while (start < end && isBlank(points[start])) start += 1;
  while (end > start && isBlank(points[end - 1])) end -= 1;
  return start < end ? { start, end } : null;
}

/** The word around an offset (a double click); the blank itself where there is none. */
export function wordAt(points, offset) {
  let start = Math.min(offset, points.length);
  if (isBlank(points[start]) && start > 0 && !isBlank(points[start - 1])) start -= 1;
  let end = start;
  while (start > 0 && !isBlank(points[start - 1]) && !isBlank(points[end])) start -= 1;
  while (end < points.length && !isBlank(points[end])) end += 1;
  return { start, end };
}

/** The line of text around an offset (a triple click). */
export function lineAt(points, offset) {
  let start = Math.min(offset, points.length);
  let end = start;
  while (start > 0 && points[start - 1] !== "\n") start -= 1;
  while (end < points.length && points[end] !== "\n") end += 1;
  return { start, end };
}

/**
 * A stretch of text in one line, by a plain rule: for the moment until the server has said how it reads. A line end
 * becomes a blank, one behind a line-end hyphen nothing, and one between two Korean syllables a blank, too.
 */
export function joined(text) {
  return text
    .replaceAll(/\uFFFE\s*/g, "")
    .replaceAll(/\s*\n\s*/g, " ")
    .trim();
}
