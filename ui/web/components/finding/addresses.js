// Addresses of the search page and of the reader, made of what is asked; no DOM, so that node tests it.

export const FACETS = ["agency", "release", "year", "kind"];

/** Return the search page's address for what is asked, with some of it changed; a change goes back to page 1. */
export function addressOf(asked, changes = {}) {
  const to = { ...asked, page: 1, ...changes };
  const query = new URLSearchParams();
  if (to.like) query.set("like", to.like);
  else if (to.q) query.set("q", to.q);
  for (const facet of FACETS) {
    for (const value of to.chosen[facet] ?? []) query.append(facet, value);
    for (const value of to.excluded[facet] ?? []) query.append(`not-${facet}`, value);
  }
  if (to.sort !== "relevance") query.set("sort", to.sort);
  if (to.grouped) query.set("group", "document");
  if (to.page > 1) query.set("page", to.page);
  if (to.numbers && to.q) query.set("show", "numbers");
  addWidening(query, to);
  const text = query.toString();
  return text ? `/?${text}` : "/";
}

// What is left alone of other languages and spellings; nothing where all of it is looked for.
function addWidening(query, { without = [], bridge = true }) {
  for (const word of without) query.append("without", word);
  if (!bridge) query.set("bridge", "off");
}

/** Return the address of a saved search. */
export const savedAddress = ({ q, sort, chosen, excluded }) => addressOf({ q, sort, chosen, excluded, grouped: false });

/** Return the address of pages like a hit's. */
export const likeAddress = (hit) => `/?like=${hit.document}:${hit.page}`;

/** Return the words left alone with one more, or with one less of them. */
export const withoutMore = ({ without = [] }, word) => [...without.filter((each) => each !== word), word];
export const withoutLess = ({ without = [] }, word) => without.filter((each) => each.toLowerCase() !== word.toLowerCase());

/** Whether a value of a facet is chosen, excluded or neither (""). */
export function stateOf(asked, facet, value) {
  if ((asked.chosen[facet] ?? []).includes(value)) return "chosen";
  return (asked.excluded[facet] ?? []).includes(value) ? "excluded" : "";
}

/** Return the filters with a value of a facet in a state: "chosen", "excluded" or "" for neither. */
export function withValue(asked, facet, value, state) {
  const changed = {};
  for (const side of ["chosen", "excluded"]) {
    const left = (asked[side][facet] ?? []).filter((each) => each !== value);
    changed[side] = { ...asked[side], [facet]: side === state ? [...left, value] : left };
  }
  return changed;
}

/** Return every value asked for or excluded, as [facet, value, state]. */
export function active(asked) {
  return FACETS.flatMap((facet) =>
    ["chosen", "excluded"].flatMap((state) => (asked[state][facet] ?? []).map((value) => [facet, value, state])),
  );
}

/** Return the reader's address of a hit: its page, the query whose words are marked, the first place of them. */
export function readerAddress(hit, { q, chosen = {}, excluded = {}, without = [], bridge = true, widens = false }) {
  const query = new URLSearchParams({ doc: hit.document, page: hit.page });
  if (q) query.set("q", q);
  if (q && widens) query.set("bridge", "on"); // the reader adds nothing by itself
  if (q) addWidening(query, { without, bridge });
  for (const [name, values] of Object.entries(chosen)) for (const value of values) query.append(name, value);
  for (const [name, values] of Object.entries(excluded)) for (const value of values) query.append(`not-${name}`, value);
  if (hit.at) query.set("at", `${hit.at[0]}-${hit.at[1]}`);
  return `/reader?${query}`;
}

/** Return what to show of `last` pages of results around one: numbers, and null where some are left out. */
export function pagesAround(page, last) {
  const shown = [1, page - 1, page, page + 1, last].filter((n) => n >= 1 && n <= last);
  const numbers = [...new Set(shown)].toSorted((a, b) => a - b);
  return numbers.flatMap((n, i) => (i && n - numbers[i - 1] > 1 ? [null, n] : [n]));
}
