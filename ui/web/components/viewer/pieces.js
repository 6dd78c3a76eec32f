// Cutting a text where marks begin and end, which may lie over each other. Pure arithmetic.

/** Cut [0, length) at the ends of spans [start, end]: [{start, end, of: [numbers of the spans that cover it]}]. */
export function pieces(length, spans) {
  const cuts = new Set([0, length]);
  for (const [start, end] of spans) for (const at of [start, end]) if (at > 0 && at < length) cuts.add(at);
  const sorted = [...cuts].sort((a, b) => a - b);
  const found = [];
  for (let at = 0; at + 1 < sorted.length; at += 1) {
    const [start, end] = [sorted[at], sorted[at + 1]];
    const of = spans.flatMap(([from, to], number) => (from <= start && end <= to ? [number] : []));
    found.push({ start, end, of });
  }
  return found;
}
