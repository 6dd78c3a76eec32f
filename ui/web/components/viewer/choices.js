// What a reader chose for good, in this browser: layers, paper, zoom, name.

const PREFIX = "gongmun-";

/** Return a kept choice, or what holds without one. */
export function chosen(name, otherwise) {
  try {
    const kept = localStorage.getItem(PREFIX + name);
    return kept === null ? otherwise : JSON.parse(kept);
  } catch {
    return otherwise;
  }
}

export function choose(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // then it holds for this page only
  }
}

/** The name under which this browser's reader annotates; kept as plain text, "gongmun-author". */
export function author() {
  try {
    return localStorage.getItem(`${PREFIX}author`) ?? "";
  } catch {
    return "";
  }
}

export function setAuthor(name) {
  try {
    localStorage.setItem(`${PREFIX}author`, name);
  } catch {
    // asked again next time
  }
}
