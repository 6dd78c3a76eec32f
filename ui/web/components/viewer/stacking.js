// Cards beside the page: each as near as can be to its place, none over another. Pure arithmetic.

/** Tops for cards that want to begin at `wanted` (ascending) with these heights; `held` (an index) gets its wish. */
export function stacked(wanted, heights, gap, held = -1) {
  const tops = [];
  let free = 0;
  wanted.forEach((want, at) => {
    tops.push(Math.max(want, free));
    free = tops[at] + heights[at] + gap;
  });
  if (held < 0) return tops;
  tops[held] = wanted[held];
  let limit = wanted[held] - gap;
  for (let at = held - 1; at >= 0; at -= 1) {
    tops[at] = Math.min(tops[at], limit - heights[at]);
    limit = tops[at] - gap;
  }
  free = tops[held] + heights[held] + gap;
  for (let at = held + 1; at < tops.length; at += 1) {
    tops[at] = Math.max(wanted[at], free);
    free = tops[at] + heights[at] + gap;
  }
  const least = Math.min(0, ...tops);
  return tops.map((top) => top - least);
}
