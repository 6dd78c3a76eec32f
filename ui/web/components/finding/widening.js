// What was looked for beside what was typed, as chips: the words in the other language, numbers in other spellings.
import { el, fill } from "../shared/dom.js";
import { addressOf, withoutLess, withoutMore } from "./addresses.js";

/** Return the chips, or null where nothing was, or would be, added. */
export function widening({ widened, asked, texts }) {
  if (!widened) return null;
  const fault = widened.fault && el("p", { class: "gm-finding-late" }, fill(texts.widened_fault, { why: widened.fault }));
  if (!widened.chips.length) return fault;
  if (!widened.on) return [fault, off(widened.chips, asked, texts)];
  const all = { href: addressOf(asked, { bridge: false }), "data-go": true, "data-at": "bridge off" };
  return [
    fault,
    el(
      "div",
      { class: "gm-finding-widened", role: "group", "aria-label": texts.widened },
      el("span", { class: "gm-quiet" }, texts.widened),
      el("ul", {}, widened.chips.map((each) => group(each, asked, texts))),
      el("a", all, texts.widened_off),
    ),
  ];
}

function off(chips, asked, texts) {
  const words = chips.map(({ typed, forms }) => `${typed} → ${forms.map(([form]) => form).join(", ")}`).join(" · ");
  const on = { href: addressOf(asked, { bridge: true, without: [] }), "data-go": true, "data-at": "bridge on" };
  return el("p", { class: "gm-finding-widened" }, el("span", { class: "gm-quiet" }, `${texts.widened_none} `), el("a", on, fill(texts.widened_on, { words })));
}

function group({ kind, typed, on, forms }, asked, texts) {
  if (!on) return el("li", {}, chip({ word: typed, on: false, shown: typed }, asked, texts));
  const sign = kind === "number" ? "=" : "→";
  const chips =
    kind === "number"
      ? chip({ word: typed, on: true, shown: forms.map(([form]) => form).join(" · ") }, asked, texts)
      : forms.map(([form, used]) => [chip({ word: form, on: used, shown: form }, asked, texts), " "]);
  return el("li", {}, el("strong", {}, typed), ` ${sign} `, chips);
}

function chip({ word, on, shown }, asked, texts) {
  const without = on ? withoutMore(asked, word) : withoutLess(asked, word);
  const link = {
    href: addressOf(asked, { without }), "data-go": true, class: on ? "gm-finding-chip" : "gm-finding-chip gm-excluded",
    "aria-label": fill(on ? texts.widened_remove : texts.widened_again, { word: shown }), "data-at": `widened ${word}`,
  };
  return el("a", link, on ? shown : el("s", {}, shown), el("i", { "aria-hidden": "true" }, on ? "×" : "+"));
}
