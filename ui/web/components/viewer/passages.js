// Quotations as the server gives them: clean, cited, with all readings where a blank at a line end is unknown.

const STILL = 150; // milliseconds a selection rests before its quotation is fetched, so that a click copies at once
const MOST = 60;
const kept = new Map();
let timer = 0;

/** Return the quotation of a span: a promise of what the server says, or of {error}. */
export function passage(address, span, otherwise) {
  const at = address.replace("{span}", `${span.start}-${span.end}`);
  if (!kept.has(at)) {
    if (kept.size >= MOST) kept.delete(kept.keys().next().value);
    const entry = { found: null, promise: null };
    entry.promise = asked(at, otherwise).then((found) => {
      entry.found = found;
      if (found.error) kept.delete(at);
      return found;
    });
    kept.set(at, entry);
  }
  return kept.get(at).promise;
}

/** The quotation if it has come already, else null: what a copy event may use. */
export const passageNow = (address, span) =>
  kept.get(address.replace("{span}", `${span.start}-${span.end}`))?.found ?? null;

async function asked(address, otherwise) {
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    const found = await answer.json();
    return answer.ok && !found.error ? found : { error: found.error ?? otherwise };
  } catch {
    return { error: otherwise };
  }
}

/** Call once a selection has been still for a moment; a newer call replaces the one before. */
export function whenStill(act) {
  window.clearTimeout(timer);
  timer = window.setTimeout(act, STILL);
}

/** What to copy of a quotation, for one of its readings: {plain, html}. */
export const copyOf = (found, reading) => found.copies?.[reading] ?? { plain: found.plain, html: found.html };
