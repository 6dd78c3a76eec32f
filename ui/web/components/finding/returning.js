// Coming back from a paper to the hit it was opened from.

const PREFIX = "gongmun-opened ";

/** Remember which hit of this address is being opened. */
export function opening(event, links) {
  const at = links.indexOf(event.target instanceof Element ? event.target.closest(".gm-finding-open") : null);
  if (at >= 0) sessionStorage.setItem(PREFIX + location.href, String(at));
}

/** Return the hit that was opened from this address, once. */
export function cameFrom(links) {
  const kept = sessionStorage.getItem(PREFIX + location.href);
  sessionStorage.removeItem(PREFIX + location.href);
  return kept === null ? null : (links[Number(kept)] ?? null);
}
