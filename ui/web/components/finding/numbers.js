// What the papers say in numbers, side by side: a section for each value, with its sentences and what nearly agrees.
import { el, fill } from "../shared/dom.js";
import { addressOf } from "./addresses.js";
import { linkTo, passage, rests } from "./hits.js";
import { counted, number, unit } from "./wording.js";

const FIRST = 3; // sentences of a value before "more" is asked for

/** Return the groups of statements; `unfolded` is the set of those shown whole, `redraw` is called when it changes. */
export function numbersList(data, unfolded, redraw) {
  const { numbers, asked, texts } = data;
  const back = el("a", { href: addressOf(asked, { numbers: false }), "data-go": true, "data-at": "pages" }, texts.numbers_back);
  const counts = { n: number(numbers.statements), documents: number(numbers.documents), values: number(numbers.all) };
  const said = numbers.groups.length ? fill(texts.numbers_found, counts) : texts.numbers_none;
  return [
    el("div", { class: "gm-finding-head" }, el("h2", {}, said), el("div", { class: "gm-finding-tools" }, back)),
    el("p", { class: "gm-quiet" }, counted(texts, "numbers_how", numbers.pages)),
    numbers.looked_at < numbers.pages &&
      el("p", { class: "gm-finding-late" }, fill(texts.numbers_some, { n: number(numbers.looked_at), pages: number(numbers.pages) })),
    el("ol", { class: "gm-finding-numbers" }, numbers.groups.map((group, at) => value(group, at, data, unfolded, redraw))),
    numbers.all > numbers.groups.length && el("p", { class: "gm-quiet" }, fill(texts.numbers_more, { n: number(numbers.all - numbers.groups.length) })),
  ];
}

function value(group, at, { asked, texts }, unfolded, redraw) {
  const key = `number ${at}`;
  const open = unfolded.has(key);
  const shown = open ? group.statements : group.statements.slice(0, FIRST);
  const toggle = () => {
    if (open) unfolded.delete(key);
    else unfolded.add(key);
    redraw();
  };
  const left = group.statements.length - FIRST;
  return el(
    "li",
    { id: idOf(at), tabindex: "-1" },
    el("h3", {}, group.spellings.join(" = "), " ", el("small", {}, fill(texts.numbers_agree, { n: number(group.count), documents: number(group.documents) }))),
    group.near.length > 0 && el("p", { class: "gm-finding-near" }, texts.numbers_near, group.near.map(([place, written], i) => [i ? ", " : " ", nearLink(place, written)])),
    el("ul", {}, shown.map((each) => statement(each, asked, texts))),
    left > 0 && el("button", { type: "button", class: "gm-finding-fold", "aria-expanded": String(open), onclick: toggle, "data-at": key }, open ? texts.fewer : fill(texts.more, { n: number(left) })),
    group.count > group.statements.length && open && el("p", { class: "gm-quiet" }, fill(texts.numbers_rest, { n: number(group.count - group.statements.length) })),
  );
}

const idOf = (at) => `gm-finding-number-${at}`;

// Within the page: no other address, and the keyboard goes on there.
function nearLink(place, written) {
  const go = (event) => {
    event.preventDefault();
    const target = document.getElementById(idOf(place));
    target?.scrollIntoView({ block: "start" });
    target?.focus({ preventScroll: true });
  };
  return el("a", { href: `#${idOf(place)}`, onclick: go }, written);
}

function statement(each, asked, texts) {
  return el(
    "li",
    { class: "gm-finding-hit" },
    each.lead && el("p", { class: "gm-finding-leading" }, each.lead),
    each.head && el("p", { class: "gm-finding-leading" }, `[${each.head}]`),
    passage(each),
    el("p", { class: "gm-finding-about" }, el("a", linkTo(each, asked), each.title), " ", unit(each, texts), " ", rests(each, texts)),
  );
}
