// What stands in the place of hits: what there is to search, what to try when nothing is found, a query's error.
import { el, fill } from "../shared/dom.js";
import { addressOf } from "./addresses.js";
import { coverageLine } from "./coverage.js";
import { counted, number } from "./wording.js";

/** Before anything is asked: what is here, and queries to begin with. */
export function beginning({ begin, coverage, asked, texts }) {
  if (!begin.documents) {
    return el(
      "section",
      { class: "gm-finding-state" },
      el("h2", {}, texts.empty),
      el("p", {}, texts.empty_said),
      el("p", {}, el("a", { href: "/releases", "data-go": true, class: "gm-button" }, texts.empty_link)),
    );
  }
  const counts = { releases: number(begin.releases.length), documents: number(begin.documents), pages: number(coverage.total) };
  return el(
    "section",
    { class: "gm-finding-state gm-finding-begin" },
    el("p", { class: "gm-finding-lead" }, fill(begin.releases.length === 1 ? texts.begin_in_one : texts.begin_in, counts)),
    begin.examples.length > 0 && [
      el("h2", {}, texts.begin_examples),
      el("ul", { class: "gm-finding-tries" }, begin.examples.map((example) => attempt(example, asked, texts))),
    ],
    el("p", { class: "gm-quiet" }, texts.begin_how),
    el("p", { class: "gm-quiet" }, texts.begin_keys),
    el("h2", {}, texts.begin_releases),
    el("ul", { class: "gm-finding-releases" }, begin.releases.map((release) => releaseLine(release, texts))),
  );
}

function releaseLine(release, texts) {
  const counts = { documents: number(release.documents), pages: number(release.pages) };
  return el(
    "li",
    {},
    el("strong", {}, release.name),
    el("span", {}, [...release.agencies, fill(texts.begin_count, counts)].join(" · ")),
    release.notices.map((notice) => el("span", { class: "gm-finding-notice" }, notice)),
  );
}

function attempt(example, asked, texts) {
  const href = addressOf(asked, { q: example.q });
  return el("li", {}, el("a", { href, "data-go": true }, example.q), el("span", {}, counted(texts, "pages_n", example.total)));
}

/** Nothing was found: what was searched, and what does find something. */
export function nothing(data) {
  const { asked, texts } = data;
  const { hints } = data.found;
  const free = addressOf(asked, { chosen: {}, excluded: {} });
  return el(
    "section",
    { class: "gm-finding-state" },
    el("h2", {}, texts.none),
    coverageLine(data),
    hints.unfiltered > 0 &&
      el("p", {}, texts.none_filtered, " ", el("a", { href: free, "data-go": true }, counted(texts, "try_unfiltered", hints.unfiltered))),
    hints.words.length > 0 && [
      el("h3", {}, texts.each_word),
      el("ul", { class: "gm-finding-tries" }, hints.words.map(([q, total]) => attempt({ q, total }, asked, texts))),
    ],
    hints.tries.length > 0 && [
      el("h3", {}, texts.try_or),
      el("ul", { class: "gm-finding-tries" }, hints.tries.map((each) => {
        const line = attempt(each, asked, texts);
        line.prepend(el("small", {}, texts[`try_${each.kind}`]));
        return line;
      })),
    ],
    el("p", { class: "gm-quiet" }, texts.try_less),
  );
}

/** A query that is not understood, with the place marked under it. */
export function fault({ fault: found, texts }) {
  const points = Array.from(found.query.replaceAll(/\s/gu, " "));
  const here = points[found.position] ?? "\u00a0";
  return el(
    "section",
    { class: "gm-finding-state gm-finding-fault", role: "alert" },
    el("h2", {}, texts.fault),
    el(
      "pre",
      {},
      points.slice(0, found.position).join(""),
      el("span", { class: "gm-finding-here" }, here.trim() ? here : "\u00a0"),
      points.slice(found.position + 1).join(""),
    ),
    el("p", {}, el("strong", {}, `${fill(texts.fault_here, { n: number(found.position + 1) })}: `), found.said),
    el("p", {}, el("a", { href: "/help", "data-go": true }, texts.fault_help)),
  );
}
