// The bar that stays in sight: from difference to difference, from pair to pair, size and form.
import { el, fill } from "../shared/dom.js";
import { label, pairWords, saying } from "./wording.js";

const LOOKS = ["removed", "added", "changed", "uncovered", "covered"];

/** Make the bar: {node, update()}. */
export function makeBar(view) {
  const { data } = view;
  const { texts } = data;
  const tool = (at, name, sign, act, more = {}) => el("button", { type: "button", "data-at": at, "aria-label": name, title: name, onclick: act, ...more }, el("span", { "aria-hidden": "true" }, sign));
  const count = el("span", { class: "gm-comparing-number" });
  const said = el("span", { class: "gm-comparing-now" });
  const previous = tool("previous", texts.previous, "←", () => view.step(-1));
  const next = tool("next", texts.next, "→", () => view.step(1));
  const asText = el("button", { type: "button", "data-at": "text", "aria-pressed": String(view.asText), title: texts.as_text_key, onclick: view.toggleText }, texts.as_text);
  const drawn = data.sheets.some((sheet) => sheet?.picture);
  const steps = el("div", { class: "gm-comparing-steps", role: "group", "aria-label": texts.steps }, previous, count, next);
  const sizes = el("div", { class: "gm-comparing-sizes" }, tool("smaller", texts.smaller, "−", () => view.resize(-1)), tool("larger", texts.larger, "+", () => view.resize(1)), drawn && asText);
  const node = el("div", { class: "gm-comparing-bar" }, el("div", { class: "gm-comparing-row" }, data.total > 0 && steps, said, sizes), strip(data));
  const update = () => {
    const { chosen } = view;
    const present = data.differences.find(({ n }) => n === chosen);
    count.textContent = fill(texts.of, { n: chosen === null ? "–" : chosen.toLocaleString("en-US"), total: data.total.toLocaleString("en-US") });
    previous.disabled = view.target(-1) === null;
    next.disabled = view.target(1) === null;
    said.replaceChildren(...(present ? [el("span", { class: `gm-comparing-word gm-comparing-${present.look}` }, label(present, texts)), " ", present.look === "page" ? null : el("span", {}, saying(present, texts)), elsewhere(present, data)].filter(Boolean) : []));
  };
  return { node, update };
}

// Words may stand on another page than the one beside which they are told.
function elsewhere({ one, other }, { sheets: [mine, its], texts }) {
  const away = [[one, mine], [other, its]].find(([leaf, sheet]) => leaf && sheet && leaf.number !== sheet.number);
  return away ? el("span", { class: "gm-quiet" }, ` ${fill(texts.elsewhere, { page: pairWords({ one: away[0], other: null }, texts) })}`) : null;
}

function strip(data) {
  const { texts, pairs, at } = data;
  if (pairs.length < 2) return null;
  const link = (pair, number) => {
    const name = pairWords(pair, texts);
    const told = pair.count ? `${name}, ${fill(texts.pair_count, { n: pair.count })}` : name;
    const alone = !pair.one || !pair.other;
    return el("a", { href: pair.href, "data-go": true, "data-at": `pair ${number}`, title: told, "aria-label": told, "aria-current": number === at ? "page" : null, class: pair.count ? (alone ? "gm-comparing-alone" : "gm-comparing-differs") : null }, short(pair), pair.count > 0 && el("span", { class: "gm-comparing-dot" }, pair.count > 99 ? "99+" : String(pair.count)));
  };
  return el("nav", { class: "gm-comparing-strip", "aria-label": texts.pairs }, pairs.map(link));
}

function short({ one, other }) {
  const [a, b] = [one?.number ?? "–", other?.number ?? "–"];
  return a === b ? String(a) : `${a}·${b}`;
}

/** What the marks mean, in words, and the switch for blanks. */
export function legend(view) {
  const { data } = view;
  const { texts } = data;
  const shown = new Set(data.groups.flatMap(({ rows }) => rows.map(({ look }) => look)));
  const looks = LOOKS.filter((look) => shown.has(look));
  const blanks =
    data.spacing > 0 &&
    el("label", {}, el("input", { type: "checkbox", "data-at": "spacing", checked: view.spacing, onchange: (event) => view.showSpacing(event.target.checked) }), fill(texts.show_spacing, { n: data.spacing.toLocaleString("en-US") }));
  if (!looks.length && !blanks) return null;
  return el("p", { class: "gm-comparing-legend", "aria-label": texts.legend }, looks.map((look) => el("span", { class: `gm-comparing-word gm-comparing-${look}` }, texts[`look_${look}`])), blanks);
}
