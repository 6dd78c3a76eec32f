// How a difference is said in words. Text nodes only: what papers say is never HTML.
import { el } from "../shared/dom.js";
import { unitWords } from "../shared/units.js";

/** Return where a page is in its file; the two names of a pair where they differ. */
export const pageWords = (leaf, texts) => unitWords(leaf, texts);

export function pairWords({ one, other }, texts) {
  // a sheet goes by its name here: how far it reaches differs whenever a row was put in
  const named = (leaf) => leaf && pageWords(leaf.kind === "sheet" ? { ...leaf, address: null } : leaf, texts);
  const [a, b] = [named(one), named(other)];
  if (!a || !b) return a || b || "";
  return a === b ? a : `${a} → ${b}`;
}

/** Return what a difference says: nodes, what is gone struck through and what came underlined. */
export function saying(difference, texts) {
  const { kind, before, after, box, look } = difference;
  if (kind === "only_one" || kind === "only_other") return [texts[kind]];
  if (box) {
    const hidden = el("span", { class: "gm-comparing-box" }, texts.box_alone);
    const read = before || after;
    const words = read ? el(look === "covered" ? "del" : "ins", { class: `gm-comparing-${look}` }, read) : el("em", {}, texts.box_unread);
    return look === "covered" ? [words, arrow(), hidden] : [hidden, arrow(), words];
  }
  const one = before ? el("del", { class: `gm-comparing-${look}` }, before) : null;
  const other = after ? el("ins", { class: `gm-comparing-${look}` }, after) : null;
  return one && other ? [one, arrow(), other] : [one ?? other];
}

const arrow = () => el("span", { class: "gm-comparing-arrow" }, " → ");

/** The same in one line of plain words. */
export function spoken(difference, texts) {
  const { kind, before, after, box, look } = difference;
  if (kind === "only_one" || kind === "only_other") return texts[kind];
  const told = box ? (look === "covered" ? [before || texts.box_unread, texts.box_alone] : [texts.box_alone, after || texts.box_unread]) : [before, after];
  return `${texts[`look_${look}`]}: ${told.filter(Boolean).join(" → ")}`;
}

/** The word for how a difference is marked; pages say themselves what they are. */
export const label = ({ look, kind }, texts) => (look === "page" ? texts[kind] : texts[`look_${look}`]);

/** Agency, date and release of a paper, those that are known; the file's name where both have one title. */
export function origin(paper, texts, alone) {
  const file = alone ? null : paper.files[0];
  return [paper.agencies.join(", "), paper.date, paper.releases.join(", "), file].filter(Boolean).join(" · ");
}
