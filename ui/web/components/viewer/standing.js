// What the text of the page rests on, in words, and what can be done about it: tick it off, take a correction back, have
// the paper read first.
import { el, fill } from "../shared/dom.js";
import { icon } from "./icons.js";
import { when } from "./moments.js";

/** Make the strip under the toolbar: {node, update()}. */
export function makeStanding(view) {
  const node = el("section", { class: "gm-viewer-standing", "aria-label": view.texts.fact_basis, hidden: true });
  const strip = { node, key: "" };
  strip.update = () => {
    const { page } = view.data;
    const key = JSON.stringify([page.number, page.basis, page.confidence, page.standing, page.picture === null]);
    if (key === strip.key) return;
    strip.key = key;
    const focused = node.contains(document.activeElement) ? document.activeElement.dataset.act : null;
    const parts = [...resting(view), ...waiting(view)];
    node.replaceChildren(...parts);
    node.hidden = parts.length === 0;
    if (focused) (node.querySelector(`[data-act="${focused}"]`) ?? node.querySelector("button") ?? view.nodes.stage).focus();
  };
  return strip;
}

function resting(view) {
  const { texts, language } = view;
  const { page } = view.data;
  const { corrected, checked, tickable } = page.standing;
  if (!tickable && !corrected) return [];
  const told = (text, { who, at }) => fill(text, { who, when: when(at, language) });
  const n = page.confidence === null ? null : Math.round(page.confidence * 100);
  const said = [
    checked ? told(texts.checked_by, checked) : byMachine(page, n, texts),
    corrected && told(texts.corrected_by, corrected),
  ];
  return [
    el("p", {}, said.filter(Boolean).join(" ")),
    tickable &&
      button(view, "check", checked ? texts.checked : texts.check, view.tick, {
        sign: "eye",
        "aria-pressed": String(Boolean(checked)),
        title: `${checked ? texts.uncheck_why : texts.check_why} (v)`,
      }),
    corrected && !checked && button(view, "undo", texts.undo_correction, () => view.onPage("undo_correction"), {}),
  ].filter(Boolean);
}

function byMachine(page, n, texts) {
  if (page.basis === "text layer") return texts.pictures_by_ocr;
  return n === null ? texts.read_by_ocr : fill(texts.read_by_ocr_n, { n });
}

function waiting(view) {
  const { texts } = view;
  const { waiting: n, wanted } = view.data.page.standing;
  if (!n) return [];
  return [
    el("p", {}, fill(texts.waiting_n, { n }), wanted && ` ${texts.wanted}`),
    !wanted && button(view, "read_first", texts.read_first, () => view.onPage("read_first"), {}),
  ].filter(Boolean);
}

function button(view, act, text, press, { sign = null, ...more }) {
  return el("button", { type: "button", "data-act": act, onclick: press, ...more }, sign && icon(sign), text);
}
