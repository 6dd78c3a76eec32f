// The overview: figures of bars, each a link with its number; nothing is drawn that cannot be read aloud.
import { el, fill, rootOf } from "../shared/dom.js";
import { addressWith } from "../shared/navigate.js";
import { share, ticks } from "./measures.js";

let texts = {};
let number = new Intl.NumberFormat();

const said = (name, values) => fill(texts[name], values);
const pages = (n) => (n === 1 ? texts.one_page : said("pages", { n: number.format(n) }));
const inDocuments = (bar) => said("pages_documents", { n: number.format(bar.count), d: number.format(bar.documents) });

function figure(name, title, ...content) {
  const id = `overview-${name}`;
  return el("section", { class: `gm-overview-figure gm-overview-${name}`, "aria-labelledby": id }, el("h2", { id }, title), content);
}

/** One bar: its name, its length, its number; the whole row is the link. */
function row(bar, most, { name = bar.name, spoken = pages(bar.count) } = {}) {
  const length = el("span", { class: "gm-overview-length", style: `width: ${share(bar.count, most)}%` });
  const link = el(
    "a",
    { href: bar.href, "data-go": true, title: `${name}: ${spoken}` },
    el("span", { class: "gm-overview-name" }, name),
    el("span", { class: "gm-overview-track", "aria-hidden": "true" }, length),
    el("span", { class: "gm-overview-number" }, el("span", { "aria-hidden": "true" }, number.format(bar.count)), el("span", { class: "gm-hidden" }, spoken)),
  );
  return el("li", {}, link);
}

function rows(bars, how = () => ({})) {
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  return el("ol", { class: "gm-overview-rows" }, bars.map((bar) => row(bar, most, how(bar))));
}

const note = (text) => el("p", { class: "gm-quiet gm-overview-note" }, text);

function valued(name, found) {
  if (!found.bars.length) return null;
  const notes = [found.others ? said("others", { n: number.format(found.others) }) : "", found.without ? said("without", { n: number.format(found.without) }) : ""];
  const told = notes.filter(Boolean).join(" · ");
  return figure(name, texts[name], rows(found.bars, (bar) => ({ spoken: inDocuments(bar) })), told ? note(told) : null);
}

const keyed = (prefix, value) => texts[`${prefix}_${value.replaceAll(" ", "_").toLowerCase()}`] ?? value;

function stateName(bar) {
  const state = keyed("state", bar.name);
  return bar.reason ? `${state}: ${keyed("reason", bar.reason)}` : state;
}

function choice(by) {
  const one = (name) => el("a", { href: addressWith({ by: name }), "data-go": true, "aria-current": by === name ? "true" : null }, texts[`by_${name}`]);
  return el("p", { class: "gm-overview-choice", role: "group", "aria-label": texts.by }, one("year"), one("month"));
}

function column(bar, most, label) {
  const spoken = bar.documents ? inDocuments(bar) : pages(0);
  const inside = [
    el("span", { class: "gm-overview-number" }, el("span", { "aria-hidden": "true" }, bar.count ? number.format(bar.count) : ""), el("span", { class: "gm-hidden" }, `${bar.name}: ${spoken}`)),
    el("span", { class: "gm-overview-height", "aria-hidden": "true", style: `height: ${share(bar.count, most)}%` }),
  ];
  const content = bar.href ? el("a", { href: bar.href, "data-go": true, title: `${bar.name}: ${spoken}` }, inside) : el("span", { class: "gm-overview-gap", title: `${bar.name}: ${spoken}` }, inside);
  return el("li", {}, content, el("span", { class: "gm-overview-tick", "aria-hidden": "true" }, label));
}

function time({ by, months, bars, undated }) {
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const labels = ticks(bars.map((bar) => bar.name));
  const drawn = el("ol", { class: `gm-overview-columns${bars.length > 16 ? " gm-overview-many" : ""}` }, bars.map((bar, at) => column(bar, most, labels[at])));
  const rest = undated.documents
    ? el("p", { class: "gm-overview-note" }, el("a", { href: undated.href, "data-go": true }, said("undated", { d: number.format(undated.documents), n: number.format(undated.count) })))
    : null;
  return figure("time", texts.time, months ? choice(by) : null, bars.length ? drawn : null, rest, note(texts.time_note));
}

function tags(found) {
  if (!found.total) return figure("tags", texts.tags, note(texts.no_tags));
  const told = found.without ? note(said("untagged", { n: number.format(found.without) })) : null;
  return figure("tags", texts.tags, rows(found.bars, (bar) => ({ spoken: said("marks", { n: number.format(bar.count) }) })), told);
}

function figures(data) {
  const files = (bar) => ({ name: stateName(bar), spoken: said("files", { n: number.format(bar.count) }) });
  const band = (bar) => said("confidence_of", bar);
  return [
    time(data.time),
    valued("agencies", data.agencies),
    valued("releases", data.releases),
    data.words.length ? figure("words", texts.words, rows(data.words, (bar) => ({ spoken: inDocuments(bar) })), note(said("words_note", { n: number.format(data.words_read) }))) : null,
    tags(data.tags),
    valued("kinds", data.kinds),
    figure("bases", texts.bases, rows(data.bases, (bar) => ({ name: keyed("basis", bar.name) }))),
    figure("page_states", texts.page_states, rows(data.page_states, (bar) => ({ name: stateName(bar) }))),
    figure("file_states", texts.file_states, rows(data.file_states, files)),
    data.confidence.length ? figure("confidence", texts.confidence, rows(data.confidence, (bar) => ({ name: band(bar) }))) : null,
  ];
}

function nothing() {
  return el("p", {}, texts.empty, " ", el("a", { href: "/releases", "data-go": true }, texts.to_releases));
}

export default function overview({ parentElement, data }) {
  texts = data.texts;
  number = new Intl.NumberFormat(data.language);
  const counts = Object.fromEntries(["documents", "pages", "searchable"].map((name) => [name, number.format(data[name])]));
  const main = el(
    "main",
    { class: "gm-overview-page", tabindex: "-1" },
    el("h1", {}, texts.title),
    data.documents ? el("p", { class: "gm-overview-summary" }, said("summary", counts), " ", el("span", { class: "gm-quiet" }, texts.lead)) : nothing(),
    data.documents ? el("div", { class: "gm-overview-figures" }, figures(data)) : null,
  );
  rootOf(parentElement).replaceChildren(main);
}
