// Facets: values with their counts of pages, each to be chosen or excluded by a link; and the chips of those that are.
import { el, fill } from "../shared/dom.js";
import { active, addressOf, FACETS, stateOf, withValue } from "./addresses.js";
import { number } from "./wording.js";

const FOLDED = 8;

/** Return the facets; `unfolded` is the set of those shown whole, `redraw` is called when it changes. */
export function facetLists(data, unfolded, redraw) {
  const facets = data.found?.facets ?? FACETS.map((name) => ({ name, values: [] }));
  return facets.filter((facet) => facet.values.length).map((facet) => facetList(facet, data, unfolded, redraw));
}

function facetList(facet, data, unfolded, redraw) {
  const { asked, texts } = data;
  const open = unfolded.has(facet.name);
  const shown = facet.values.filter(([value], i) => open || i < FOLDED || stateOf(asked, facet.name, value));
  const left = facet.values.length - shown.length;
  const toggle = () => {
    if (open) unfolded.delete(facet.name);
    else unfolded.add(facet.name);
    redraw();
  };
  const fold = { type: "button", class: "gm-finding-fold", "aria-expanded": String(open), onclick: toggle, "data-at": `fold ${facet.name}` };
  const id = `gm-finding-${facet.name}`;
  return el(
    "section",
    { class: "gm-finding-facet", "aria-labelledby": id },
    el("h2", { id }, texts[facet.name]),
    el("ul", {}, shown.map(([value, count]) => valueLine(facet.name, value, count, facet.some?.[value] ?? 0, data))),
    (open || left > 0) && el("button", fold, open ? texts.fewer : fill(texts.more, { n: number(left) })),
  );
}

function valueLine(facet, value, count, some, { asked, texts }) {
  const state = stateOf(asked, facet, value);
  const to = (next) => addressOf(asked, withValue(asked, facet, value, next));
  const shown = nameOf(facet, value);
  const said = state === "chosen" ? texts.chosen_said : state === "excluded" ? texts.excluded_said : texts.choose_said;
  const choose = {
    href: to(state ? "" : "chosen"), "data-go": true, class: "gm-finding-value", "data-at": `choose ${facet} ${value}`,
    "aria-label": fill(said, { value: shown, n: number(count + some) }), "aria-current": state === "chosen" ? "true" : null,
  };
  const exclude = {
    href: to("excluded"), "data-go": true, class: "gm-finding-not", "data-at": `exclude ${facet} ${value}`,
    "aria-label": fill(texts.exclude_said, { value: shown }),
  };
  return el(
    "li",
    { class: state ? `gm-${state}` : null },
    el("a", choose, el("span", { class: "gm-finding-tick", "aria-hidden": "true" }), el("span", {}, shown), el("b", { title: some ? fill(texts.partial_facet, { n: number(count), some: number(some) }) : null }, number(count), some > 0 && ` +${number(some)}`)),
    state !== "excluded" && el("a", exclude, texts.exclude),
  );
}

/** Return what a value is called: kinds of files are written in capitals. */
export const nameOf = (facet, value) => (facet === "kind" && /^[a-z0-9]{2,5}$/.test(value) ? value.toUpperCase() : value);

/** Return the chips of the filters that are on, each a link that takes it off; nothing where none is. */
export function chips({ asked, texts }) {
  const on = active(asked);
  if (!on.length) return null;
  const chip = ([facet, value, state]) => {
    const name = nameOf(facet, value);
    const link = {
      href: addressOf(asked, withValue(asked, facet, value, "")), "data-go": true, class: `gm-finding-chip gm-${state}`,
      "aria-label": fill(texts.remove, { value: state === "excluded" ? fill(texts.not_value, { value: name }) : name }),
      "data-at": `chip ${facet} ${value}`,
    };
    return el("li", {}, el("a", link, el("small", {}, texts[facet]), " ", state === "excluded" ? fill(texts.not_value, { value: name }) : name, el("i", { "aria-hidden": "true" }, "×")));
  };
  const all = { href: addressOf(asked, { chosen: {}, excluded: {} }), "data-go": true, "data-at": "chips" };
  return el("ul", { class: "gm-finding-chips", "aria-label": texts.chips }, on.map(chip), on.length > 1 && el("li", {}, el("a", all, texts.remove_all)));
}
