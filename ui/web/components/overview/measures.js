// Lengths and labels of bars, without drawing.

/** Return a bar's length in per cent of the longest; what is there at all stays visible. */
export function share(count, most) {
  if (count <= 0 || most <= 0) return 0;
  return Math.max(1, Math.round((count / most) * 1000) / 10);
}

/** Return the labels under columns: all of a few; else years where they begin, or every fifth or tenth of them. */
export function ticks(names) {
  const months = names.some((name) => name.length > 4);
  if (months) return names.map((name, at) => (at === 0 || name.slice(0, 4) !== names[at - 1].slice(0, 4) ? name.replace("-", ".") : names.length <= 16 ? name.slice(5) : ""));
  const step = names.length <= 16 ? 1 : names.length <= 40 ? 5 : 10;
  return names.map((name) => (Number(name) % step === 0 || step === 1 ? name : ""));
}
