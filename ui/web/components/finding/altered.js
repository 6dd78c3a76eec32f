// Where a quotation and the text differ, in words: each as written there, and what kind of thing it is.
import { el, fill } from "../shared/dom.js";
import { number, visible } from "./wording.js";

/** Return the differences of a hit's grade, or null where there are none. */
export function differences({ grade }, texts) {
  if (!grade?.differences.length) return null;
  const line = ([quoted, stands, kind]) =>
    el(
      "li",
      {},
      texts.you_quote, " ", el("q", {}, visible(quoted, texts)), " → ", texts.it_stands, " ", el("q", {}, visible(stands, texts)),
      grade.word === "altered" && texts[`kind_${kind}`] && el("small", {}, ` ${texts[`kind_${kind}`]}`),
    );
  const more = grade.more > 0 && el("li", {}, fill(texts.differences_more, { n: number(grade.more) }));
  return el("ul", { class: "gm-finding-differences" }, grade.differences.map(line), more);
}

/** Return a passage set beside a quotation: struck what is only quoted, underlined what stands there instead. */
export function comparedPassage(pieces, texts) {
  const shown = pieces.map(([kind, words], at) => {
    const blank = at ? " " : "";
    if (kind === "same") return [blank, words];
    const tag = kind === "quoted" ? "del" : "ins";
    const said = kind === "quoted" ? texts.you_quote : texts.it_stands;
    return [blank, el(tag, { title: said }, el("span", { class: "gm-hidden" }, `(${said}: `), words, el("span", { class: "gm-hidden" }, ")"))];
  });
  return el("p", { class: "gm-finding-passage gm-finding-compared" }, shown);
}
