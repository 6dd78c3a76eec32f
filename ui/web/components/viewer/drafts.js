// What is being written survives reruns, page flips and reloads, until it is saved or thrown away.

const PREFIX = "gongmun-draft:";

/** The name of a draft: one for each annotation, one for each stretch to be annotated, one for each reply. */
export const draftKey = (document, page, what) => `${PREFIX}${document}:${page}:${what}`;

/** Return a draft or null. */
export function draft(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** Keep a draft: any plain object. */
export function keepDraft(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // a full or forbidden storage only costs what a reload would lose
  }
}

export function dropDraft(key) {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // nothing kept, nothing to drop
  }
}

/** All drafts of a page: [[what, value], …]. */
export function draftsOf(document, page) {
  const start = draftKey(document, page, "");
  const found = [];
  try {
    for (let at = 0; at < sessionStorage.length; at += 1) {
      const key = sessionStorage.key(at);
      if (key.startsWith(start)) found.push([key.slice(start.length), draft(key)]);
    }
  } catch {
    return [];
  }
  return found.filter(([, value]) => value !== null);
}
