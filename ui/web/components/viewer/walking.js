// Where to go next: pages by number or printed label, hits over page ends. Pure arithmetic.

/** The pages that what was typed may mean: [{page, by: "number"|"label"}], the file's own number first. */
export function pagesMeant(typed, pages, labels = []) {
  const wanted = typed.trim().toLowerCase();
  if (!wanted) return [];
  const found = [];
  if (/^\d+$/.test(wanted) && Number(wanted) >= 1 && Number(wanted) <= pages)
    found.push({ page: Number(wanted), by: "number" });
  labels.forEach((label, at) => {
    const same = label !== null && label !== undefined && String(label).trim().toLowerCase() === wanted;
    if (same && !found.some(({ page }) => page === at + 1)) found.push({ page: at + 1, by: "label" });
  });
  return found;
}

/** Which of a page's hits the address asks for: by place, or by ?hit=3 or ?hit=last; -1 for none. */
export function hitAsked(hits, at, asked) {
  if (at) return hits.findIndex(([start, end]) => start === at[0] && end === at[1]);
  if (asked === "last") return hits.length - 1;
  return /^\d+$/.test(asked ?? "") && Number(asked) >= 1 ? Math.min(Number(asked), hits.length) - 1 : -1;
}

/** "3 / 17": how many hits stand up to and with this one; null before one is chosen. */
export function hitNumber(pages, page, index) {
  if (index < 0) return null;
  return pages.filter(([number]) => number < page).reduce((sum, [, count]) => sum + count, 0) + index + 1;
}

/**
 * The hit after (way 1) or before (way -1) the chosen one, going round at the document's ends:
 * {index} on this page, or {page, hit: "1"|"last"} on another; null where there is none.
 */
export function nextHit(hits, pages, page, index, way) {
  const here = index < 0 && way < 0 ? -1 : index + way;
  if (here >= 0 && here < hits.length) return { index: here };
  const others = pages.filter(([number, count]) => count > 0 && number !== page).map(([number]) => number);
  if (!others.length) return hits.length ? { index: way > 0 ? 0 : hits.length - 1 } : null;
  const beyond = way > 0 ? others.find((number) => number > page) : others.findLast((number) => number < page);
  const round = beyond ?? (way > 0 ? others[0] : others.at(-1));
  return { page: round, hit: way > 0 ? "1" : "last" };
}
