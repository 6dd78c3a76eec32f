// The help: sections with a table of contents; examples of queries are links that search for them.
import { el, fill, rootOf } from "../shared/dom.js";
import { readdress } from "../shared/navigate.js";
import { pieces } from "./pieces.js";

const written = (text) => pieces(text).map(({ code, words }) => (code ? el("code", {}, words) : words));

const key = (name) => name.split("+").flatMap((each, at) => (at && each ? ["+", el("kbd", {}, each)] : [el("kbd", {}, each || "+")]));

const between = (parts, word) => parts.flatMap((part, at) => (at ? [el("span", { class: "gm-quiet" }, ` ${word} `), part] : [part]));

// One that finds something is a link; another shows how it is written.
function example([query, total], texts) {
  if (!total) return el("code", { class: "gm-guide-form", title: texts.finds_nothing }, query);
  const address = `/?q=${encodeURIComponent(query)}`;
  return el("a", { href: address, "data-go": true, title: fill(texts.try_it, { query }) }, el("code", {}, query));
}

function rowOf(kind, row, texts) {
  if (kind === "examples") return [el("dt", {}, row.examples.map((query) => example(query, texts))), el("dd", {}, written(row.text))];
  if (kind === "keys") {
    const names = row.keys.map((name) => (name.length > 1 ? key(name) : [el("kbd", {}, name)]));
    return [el("dt", {}, between(names, texts.or)), el("dd", {}, written(row.text))];
  }
  return [el("dt", {}, row.name), el("dd", {}, written(row.text))];
}

function partOf(part, texts) {
  const title = part.title ? el("h3", {}, part.title) : null;
  if (part.kind === "list" || part.kind === "steps") {
    const items = part.rows.map((row) => el("li", {}, written(row)));
    return el("div", { class: "gm-guide-part" }, title, el(part.kind === "steps" ? "ol" : "ul", {}, items));
  }
  const rows = part.rows.map((row) => el("div", {}, rowOf(part.kind, row, texts)));
  return el("div", { class: `gm-guide-part gm-guide-${part.kind}` }, title, el("dl", {}, rows));
}

function sectionOf(section, texts) {
  const title = el("h2", { id: `help-${section.id}`, tabindex: "-1" }, section.title);
  const parts = section.parts.map((part) => partOf(part, texts));
  return el("section", { "aria-labelledby": `help-${section.id}` }, title, el("p", {}, written(section.lead)), parts);
}

// A link within the page: the address keeps the place, and no run of the page is needed for it.
function toSection(event) {
  const id = event.currentTarget.hash.slice(1);
  event.preventDefault();
  readdress(`#${id}`);
  go(id);
}

function go(id) {
  const title = document.getElementById(id);
  title?.scrollIntoView({ block: "start" });
  title?.focus({ preventScroll: true });
}

const drawn = new WeakMap();

export default function guide({ parentElement, data }) {
  const { texts, sections } = data;
  const asDrawn = JSON.stringify(data);
  if (drawn.get(parentElement) === asDrawn) return; // a reader is on the page: leave the selection alone
  drawn.set(parentElement, asDrawn);
  const contents = sections.map(({ id, title }) => el("li", {}, el("a", { href: `#help-${id}`, onclick: toSection }, title)));
  const main = el(
    "main",
    { class: "gm-guide-page", tabindex: "-1" },
    el("h1", {}, texts.title),
    el("nav", { class: "gm-guide-contents", "aria-label": texts.contents }, el("ol", {}, contents)),
    el("div", { class: "gm-guide-body" }, sections.map((section) => sectionOf(section, texts))),
  );
  rootOf(parentElement).replaceChildren(main);
  if (location.hash.startsWith("#help-")) go(location.hash.slice(1));
}
