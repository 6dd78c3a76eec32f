// More like this page: which page that is, and what to say where none can be told.
import { el, fill } from "../shared/dom.js";
import { readerAddress } from "./addresses.js";
import { unit } from "./wording.js";

/** Return the lead of a search for pages like one. */
export function likeLead({ like, found, texts }) {
  if (like.gone) return el("section", { class: "gm-finding-state" }, el("h2", {}, texts.like_gone));
  const [before, after] = fill(texts.like_of, { where: unit(like, texts) }).split("{title}");
  const link = el("a", { href: readerAddress({ ...like, at: null }, {}), "data-go": true }, like.title);
  const none = !found?.hits.length && el("h2", {}, found ? texts.like_none : texts.like_bare);
  return el("div", { class: "gm-finding-lead-like" }, el("p", {}, before, link, after), none);
}
