// Walking a list by keys.

/** Return the place to go to from `at` (-1: none yet), or null where the list ends. */
export function step(at, length, by) {
  const next = at < 0 ? (by > 0 ? 0 : length - 1) : at + by;
  return next >= 0 && next < length ? next : null;
}
