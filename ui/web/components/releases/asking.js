// Requests to our own routes; a refusal becomes {why} for the sentence in the reader's language.

let token = "";

export const useToken = (fresh) => {
  token = fresh;
};

export const routeTo = (path, query = {}) => `/uploads${path}?${token}&${new URLSearchParams(query)}`;

/** Ask a route; resolve to its answer, or throw {why, said}. */
export async function ask(method, path, { query = {}, body = null } = {}) {
  let answer;
  try {
    const sent = body ? { body: JSON.stringify(body) } : {};
    answer = await fetch(routeTo(path, query), { method, cache: "no-store", ...sent });
  } catch {
    throw { why: "offline", said: "" };
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw { why: told.why ?? "broken_off", said: told.said ?? "" };
  return told;
}
