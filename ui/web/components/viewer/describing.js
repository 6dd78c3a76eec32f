// How states, reasons and pages are told in the reader's language.
import { fill } from "../shared/dom.js";
import { unitWords } from "../shared/units.js";

const words = (text) =>
  String(text ?? "")
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, "_");

/** Give the view its words for states, bases and pages. */
export function describing(view) {
  const { texts } = view;
  view.stateOf = ({ state, reason }) => {
    const named = texts[`state_${words(state)}`] ?? state;
    return reason ? `${named} (${texts[`reason_${words(reason)}`] ?? reason})` : named;
  };
  view.basisOf = (page) => {
    const named = texts[`basis_${words(page.basis)}`] ?? page.basis;
    return page.text ? `${named}${view.confidenceOf(page, " ")}` : "";
  };
  // of what a person has compared with the picture, the machine's confidence says nothing any more
  view.confidenceOf = ({ basis, confidence }, before) =>
    confidence === null || confidence === undefined || basis === "checked by a person"
      ? ""
      : `${before}${Math.round(confidence * 100)}%`;
  view.emptyReason = (page) => fill(texts.no_text, { state: view.stateOf(page) });
  view.doubtOf = (page) => {
    if (page.withheld.length) return texts.has_withheld;
    return page.state === "searchable" || page.state === "searchable by OCR"
      ? ""
      : fill(texts.page_state, { state: view.stateOf(page) });
  };
  view.pageWords = (page) => unitWords(page, texts);
  view.pageName = view.pageWords;
}
