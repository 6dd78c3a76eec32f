// Coverage as a picture: a bar of pages by listed state, each with a pattern of its own, and the same in words.
import { el } from "../shared/dom.js";
import { percent } from "./arithmetic.js";
import { fill } from "./wording.js";

/** Draw {pages: [{state, count}], total, documents, uncounted}; `label` says of what. */
export function coverage(data, label, texts, number) {
  // A file whose pages nobody could count takes the room of one page: left out, it would make the rest look whole.
  const share = (count) => percent(count, data.total + data.uncounted);
  const unknown = data.uncounted > 0 && fill(texts.uncounted, { n: number(data.uncounted) });
  const said = data.pages.map(({ state, count }) => `${texts[state]} ${fill(texts.pages, { n: number(count) })}`);
  const parts = data.pages.map(({ state, count }) =>
    el("span", { class: `gm-releases-piece gm-is-${state}`, style: `flex-grow:${count}` }),
  );
  if (unknown) {
    said.push(unknown);
    parts.push(el("span", { class: "gm-releases-piece gm-is-none", style: `flex-grow:${data.uncounted}` }));
  }
  const bar = el("div", { class: "gm-releases-bar", role: "img", "aria-label": `${label}: ${said.join(", ")}` }, parts);
  const legend = data.pages.map(({ state, count }) =>
    el(
      "li",
      {},
      el("span", { class: `gm-releases-swatch gm-is-${state}`, "aria-hidden": "true" }),
      texts[state],
      " ",
      el("strong", {}, fill(texts.pages, { n: number(count) })),
      el("span", { class: "gm-quiet" }, ` ${share(count)}%`),
    ),
  );
  const swatch = el("span", { class: "gm-releases-swatch gm-is-none", "aria-hidden": "true" });
  const uncounted = unknown && el("li", {}, swatch, unknown, el("span", { class: "gm-quiet" }, ` ${share(data.uncounted)}%`));
  return el("div", { class: "gm-releases-coverage" }, parts.length > 0 && bar, el("ul", { class: "gm-releases-legend" }, legend, uncounted));
}
