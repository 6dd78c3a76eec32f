// Cutting a text where marks begin and end, and stepping through numbered differences. Pure arithmetic.

/**
 * Cut [start, end) where marks {start, end, …} begin and end: [{start, end, of: [marks over it]}]. An empty mark, which
 * shows where words are missing, is a piece without length; it may stand at the very end. Those in `drawn` are left out,
 * and those that were not are added to it: an end of one stretch is the beginning of the next.
 */
export function cut(start, end, marks, drawn = new Set()) {
  const spans = marks.filter((mark) => mark.end > mark.start && mark.start < end && start < mark.end);
  const gaps = marks.filter((mark) => mark.start !== null && mark.start === mark.end && start <= mark.start && mark.start <= end && !drawn.has(mark));
  gaps.forEach((gap) => drawn.add(gap));
  const cuts = new Set([start, end]);
  for (const mark of [...spans, ...gaps]) for (const at of [mark.start, mark.end]) if (at > start && at < end) cuts.add(at);
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.flatMap((from, number) => {
    const to = sorted[number + 1];
    const missing = gaps.filter((gap) => gap.start === from).map((gap) => ({ start: from, end: from, of: [gap] }));
    const words = { start: from, end: to, of: spans.filter((mark) => mark.start <= from && to <= mark.end) };
    return to === undefined ? missing : [...missing, words];
  });
}

/** The number of the difference after (+1) or before (−1) the present one, of `total`; null at either end. */
export function stepped(chosen, here, way, total) {
  let next = null;
  if (chosen !== null) next = chosen + way;
  else if (here.length) next = way > 0 ? here[0] : here[0] - 1;
  else return null;
  return next >= 1 && next <= total ? next : null;
}

/**
 * From a pair without differences: the number of the first difference after it, or of the last before it; null where
 * there is none. `counts` has how many each pair has.
 */
export function fromEmpty(counts, at, way) {
  const before = counts.slice(0, at).reduce((sum, count) => sum + count, 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const next = way > 0 ? before + 1 : before;
  return next >= 1 && next <= total ? next : null;
}

/** A box as shares of a page's size, in per cent: {left, top, width, height}. */
export function shares(box, size) {
  const part = (value, whole) => (whole > 0 ? (100 * value) / whole : 0);
  return {
    left: part(box.x, size.width),
    top: part(box.y, size.height),
    width: part(box.width, size.width),
    height: part(box.height, size.height),
  };
}
