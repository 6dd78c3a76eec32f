// Words read with doubt: how sure the machine was, told in words at the word itself.
import { fill } from "../shared/dom.js";
import { doubtsIn } from "./cutting.js";

/** "52 % sure", of a word or of the least sure one of several; "" where none is in doubt. */
export function doubtWords(texts, doubts) {
  return doubts.length ? fill(texts.sure, { n: Math.min(...doubts.map(([, , sure]) => sure)) }) : "";
}

/** Put titles on the words of a sheet that were read with doubt; none with `on` false. */
export function titleDoubts(words, uncertain, on, texts) {
  for (const word of words.querySelectorAll("[title]")) word.removeAttribute("title");
  if (!on || !uncertain.length) return;
  for (const word of words.querySelectorAll("[data-s]")) {
    const found = doubtsIn(uncertain, { start: Number(word.dataset.s), end: Number(word.dataset.e) });
    if (found.length) word.title = doubtWords(texts, found);
  }
}
