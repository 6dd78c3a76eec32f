// All that differs, as lists that lead to each place; and the papers that can be compared.
import { el, fill } from "../shared/dom.js";
import { label, origin, pairWords, saying } from "./wording.js";

const number = (n) => n.toLocaleString("en-US");

/** The two papers, the earlier at the left, with a way to swap them. */
export function papers(data) {
  const { texts, one, other } = data;
  const titled = !other || one.title !== other.title;
  const card = (paper, name) =>
    el(
      "div",
      { class: "gm-comparing-version" },
      name && el("p", { class: "gm-comparing-which" }, name),
      el("h2", {}, el("a", { href: paper.reader, "data-go": true }, paper.title)),
      el("p", { class: "gm-quiet" }, origin(paper, texts, titled)),
    );
  const swap = data.swap && el("a", { class: "gm-button gm-comparing-swap", href: data.swap, "data-go": true, title: texts.swap }, el("span", { "aria-hidden": "true" }, "⇄"), el("span", { class: "gm-hidden" }, texts.swap));
  return el("div", { class: "gm-comparing-papers" }, card(one, other ? texts.before : null), swap, other && card(other, texts.after));
}

/** What is said of the two as wholes. */
export function summary(data) {
  const { texts } = data;
  const counted = { a: number(data.one.pages), b: number(data.other.pages), n: number(data.matched), same: number(data.unchanged) };
  const alike = data.likeness === null ? texts.alike_unknown : fill(texts.alike, { n: data.likeness });
  const warned = [
    data.backwards && texts.backwards,
    data.slight && texts.slight,
    data.unread.some(Boolean) && fill(texts.unread, { a: number(data.unread[0]), b: number(data.unread[1]) }),
    ...new Set([...data.one.notices, ...data.other.notices]),
  ].filter(Boolean);
  return [
    el("p", { class: "gm-comparing-summary" }, `${alike} ${fill(data.paged ? texts.matched : texts.matched_parts, counted)}`),
    warned.map((sentence) => el("p", { class: "gm-comparing-warning" }, sentence)),
  ];
}

/** The lists of differences, one a kind; none is shown that is empty. */
export function groups(data) {
  const { texts } = data;
  const there = data.groups.filter(({ total }) => total > 0);
  if (!there.length) return el("p", { class: "gm-comparing-nothing" }, `${texts.nothing_differs}.`);
  return el("section", { class: "gm-comparing-groups", "aria-label": texts.differences }, there.map((each) => group(each, texts)));
}

function group({ name, total, rows }, texts) {
  const id = `comparing-${name}`;
  const more = total - rows.length;
  return el(
    "section",
    { class: `gm-comparing-group gm-comparing-of-${name}`, "aria-labelledby": id },
    el("h3", { id }, texts[`group_${name}`], " ", el("span", { class: "gm-comparing-count" }, number(total))),
    el("ol", { tabindex: rows.length > 6 ? "0" : null, role: "list", "aria-labelledby": id }, rows.map((each) => el("li", {}, row(each, texts)))),
    more > 0 && el("p", { class: "gm-quiet" }, fill(texts.more, { n: number(more) })),
  );
}

function row(each, texts) {
  const where = el("span", { class: "gm-comparing-where" }, pairWords(each, texts));
  const outside = each.margin && el("span", { class: "gm-quiet" }, ` (${texts.outside})`);
  const what = each.look === "uncovered" || each.look === "covered" ? el("span", { class: `gm-comparing-word gm-comparing-${each.look}` }, label(each, texts)) : null;
  const boxes = [each.one, each.other].find((leaf) => leaf?.boxes)?.boxes;
  const hidden = each.look === "page" && boxes ? el("span", { class: "gm-quiet" }, ` · ${fill(texts.covered_places, { n: boxes })}`) : null;
  return el("a", { href: each.href, "data-go": true, "data-at": `row ${each.n}`, "data-row": each.n }, where, el("span", { class: "gm-comparing-said" }, what, what && " ", saying(each, texts), hidden, outside));
}

/** Pairs of papers nearly alike, to choose from. */
export function choice(data) {
  const { texts, given, pairs } = data;
  const lead = given ? fill(pairs.length ? texts.choose_of : texts.nothing_like_it, { title: given.title }) : pairs.length ? texts.choose : texts.nothing_alike;
  const pair = (each) => {
    const titled = each.one.title !== each.other.title;
    const paper = (version) => el("div", { class: "gm-comparing-version" }, el("h2", {}, version.title), el("p", { class: "gm-quiet" }, origin(version, texts, titled)));
    return el("li", {}, paper(each.one), paper(each.other), el("p", {}, el("span", { class: "gm-quiet" }, fill(texts.alike, { n: each.likeness })), " ", el("a", { class: "gm-button", href: each.href, "data-go": true }, texts.compare)));
  };
  return [
    el("p", {}, lead),
    pairs.length > 0 && el("ul", { class: "gm-comparing-choice" }, pairs.map(pair)),
    given && el("p", {}, el("a", { href: "/compare", "data-go": true }, texts.all_alike)),
  ];
}
