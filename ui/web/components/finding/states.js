// What stands in the place of hits: what there is to search, what to try when nothing is found, a query's error.
import { el, fill } from "../shared/dom.js";
import { addressOf } from "./addresses.js";
import { coverageLine } from "./coverage.js";
import { elsewhere } from "./elsewhere.js";
import { meant } from "./meant.js";
import { counted, number } from "./wording.js";

/** Before anything is asked: what is here, and queries to begin with. */
export function beginning({ begin, coverage, asked, texts }, saved = null) {
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
    saved,
    begin.examples.length > 0 && [
      el("h2", {}, texts.begin_examples),
      begin.foreign && el("p", { class: "gm-quiet" }, texts.begin_foreign),
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

/** A field that no document meets: what was meant, or what there is. */
function unmet(field, asked, texts) {
  const { name, values, all, near } = field;
  const line = ({ value, q, total }) => {
    const count = total > 0 && el("span", {}, counted(texts, "pages_n", total));
    return el("li", {}, el("a", { href: addressOf(asked, { q }), "data-go": true }, value), count);
  };
  const title = fill(texts[values.length ? `unmet_${name}` : "unmet_none"], { value: field.asked, field: texts[name] });
  return [
    el("h3", {}, title),
    values.length > 0 && el("p", {}, texts[near ? "unmet_meant" : `unmet_there_${name}`]),
    values.length > 0 && el("ul", { class: "gm-finding-tries" }, values.map(line)),
    !near && all > values.length && el("p", { class: "gm-quiet" }, fill(texts.unmet_more, { n: number(all - values.length) })),
  ];
}

/** Nothing was found: what was searched, and what does find something. */
export function nothing(data, tools) {
  const { asked, texts, found } = data;
  const free = addressOf(asked, { chosen: {}, excluded: {} });
  return el(
    "section",
    { class: "gm-finding-state" },
    el("h2", {}, data.unfinished?.length ? texts.none_yet : found.elsewhere.length ? texts.none_so : texts.none),
    coverageLine(data),
    proof(data),
    elsewhere(data),
    meant(data),
    found.hints.unfiltered > 0 &&
      el("p", {}, texts.none_filtered, " ", el("a", { href: free, "data-go": true }, counted(texts, "try_unfiltered", found.hints.unfiltered))),
    found.hints.fields.map((field) => unmet(field, asked, texts)),
    eachWord(data),
    otherWays(data),
    el("p", { class: "gm-quiet" }, texts.try_less),
    tools,
  );
}

function eachWord({ asked, texts, found }) {
  const { words } = found.hints;
  if (!words.length) return null;
  return [el("h3", {}, texts.each_word), el("ul", { class: "gm-finding-tries" }, words.map(([q, total]) => attempt({ q, total }, asked, texts)))];
}

/** Other forms of the query that find something. */
export function otherWays({ asked, texts, found }) {
  const tries = found.hints.tries.filter(({ kind }) => kind !== "any" || !found.partial); // those pages follow anyway
  if (!tries.length) return null;
  const line = (each) => {
    const made = attempt(each, asked, texts);
    made.prepend(el("small", {}, texts[`try_${each.kind}`]));
    return made;
  };
  return el("div", { class: "gm-finding-ways" }, el("h3", {}, texts.try_or), el("ul", { class: "gm-finding-tries" }, tries.map(line)));
}

/** What "it stands nowhere" rests on, beside the pages searched. */
function proof({ found, behind, texts }) {
  const said = [
    found.proof.withheld > 0 && counted(texts, "proof_withheld", found.proof.withheld),
    behind ? null : fill(texts.proof_index, { n: number(found.proof.indexed) }),
  ];
  return el("p", { class: "gm-finding-proof" }, said.filter(Boolean).join(" · "));
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
