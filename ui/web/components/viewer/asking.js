// What is typed to find words in a paper, and the query it means; and the way back to the results. Pure arithmetic.

const OPERATOR =
  /["“”＂()（）|｜*＊]|(^|\s)([-－]\S|[=＝])|(^|\s)[A-Za-zÀ-ɏＡ-Ｚａ-ｚ]+[:：]|(^|\s)(AND|OR|NOT)(\s|$)/;
const QUOTED = /^["“＂]([^"“”＂]+)["”＂]$/;
const FIELD = /(^|\s)(NOT\s+|-)?[a-z]+[:：][=＝]?("[^"]*"|“[^”]*”|\S+)/gi;
const NEGATION = /(^|\s)(NOT\s+|-)("[^"]*"|“[^”]*”|\S+)/g;
const CARRIED = [...["agency", "release", "year", "kind"].flatMap((name) => [name, `not-${name}`]), "without"];

/** The query that words typed into the find box mean: several plain words are looked for as they follow each other. */
export function queryOf(typed) {
  const words = typed.trim();
  return /\s/.test(words) && !OPERATOR.test(words) ? `"${words}"` : words;
}

/** What the find box shows of a query: a phrase without its marks, a search without its fields and what it leaves out. */
export function shownOf(query) {
  const phrase = QUOTED.exec(query)?.[1].trim();
  if (phrase && queryOf(phrase) !== phrase) return phrase;
  if (/[(（|｜]|(^|\s)OR(\s|$)/.test(query)) return query;
  const left = query.replaceAll(FIELD, " ").replaceAll(NEGATION, " ").replaceAll(/\s+/g, " ").trim();
  return left || query;
}

/** The address of the results that the reader's address came from, with their facets; null without a query. */
export function resultsOf(search) {
  const from = new URLSearchParams(search);
  const query = from.get("q")?.trim();
  if (!query) return null;
  const to = new URLSearchParams({ q: query });
  for (const name of CARRIED) for (const value of from.getAll(name)) to.append(name, value);
  if (from.get("bridge") === "off") to.set("bridge", "off");
  return `/?${to}`;
}
