// How a hit is said: where it stands, what its text rests on. No DOM.
import { fill } from "../shared/dom.js";
import { unitWords } from "../shared/units.js";

/** Write a whole number as people of a language do: 1,234. */
export const number = (n) => n.toLocaleString("en-US");

/** Fill a text with a count; one of a thing may have a text of its own (English). */
export const counted = (texts, name, n) => fill((n === 1 && texts[`${name}_one`]) || texts[name], { n: number(n) });

/** Return where a hit stands, as every page says it. */
export const unit = (hit, texts) => unitWords({ ...hit, number: hit.page }, texts);

/** Return what a page's text rests on, with the confidence of OCR. */
export function basis(hit, texts) {
  if (hit.basis === "ocr" && hit.confidence !== null) return fill(texts.ocr_confidence, { n: hit.confidence });
  return texts[hit.basis];
}

/** Return agency, date and release of a document, those that are known. */
export function origin(paper, texts) {
  const date = paper.received && paper.date ? fill(texts.received, { date: paper.date }) : paper.date;
  return [paper.agency, date, paper.release].filter(Boolean).join(" · ");
}

/** Return a grade in words; what OCR read is never plainly "word for word". */
export function gradeWord(grade, hit, texts) {
  return grade.word === "exact" && hit.basis === "ocr" ? texts.exact_ocr : texts[grade.word];
}

/** Return a piece of text so that blanks in it, or its absence, are seen. */
export function visible(piece, texts) {
  if (!piece) return texts.nothing;
  if (piece.trim()) return piece.replaceAll("\n", "↵");
  if (piece.includes("\n")) return texts.line_end;
  return piece.includes("\f") ? texts.page_end : texts.blank;
}
