// One annotation of the list, with its replies. All words of papers and people are text nodes.
import { asHtml, copy } from "../shared/copying.js";
import { el, fill } from "../shared/dom.js";
import { addressWith } from "../shared/navigate.js";
import { say } from "../shared/saying.js";
import { colourName } from "./filters.js";

const AUTHOR = "gongmun-author";

/** Return the name under which this browser's reader writes. */
export function reader() {
  try {
    return localStorage.getItem(AUTHOR) || "web";
  } catch {
    return "web"; // storage may be forbidden
  }
}

function when(moment, language) {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(moment));
}

function place(item, texts) {
  const values = { n: item.page, label: item.label };
  if (item.kind !== "page") return fill(texts.unit, values);
  return fill(item.label && item.label !== String(item.page) ? texts.label_page : texts.page, values);
}

function tagsOf(item, texts) {
  if (!item.tags.length) return null;
  const link = (tag) => el("li", {}, el("a", { href: addressWith({ tag, show: null }), "data-go": true }, `#${tag}`));
  return el("ul", { class: "gm-annotated-tags", "aria-label": texts.tags }, item.tags.map(link));
}

function meta(item, data) {
  const { texts, language } = data;
  const at = (moment) => el("time", { datetime: moment }, when(moment, language));
  const later = (name) => fill(texts[name], { who: item.editor, when: when(item.modified, language) });
  const more = item.deleted ? later("deleted_by") : item.version > 1 ? later("edited") : null;
  return [el("span", {}, item.author), at(item.created), more && el("span", {}, more)];
}

const written = (item, texts) => [
  item.note ? el("p", { class: "gm-annotated-note", "aria-label": texts.note }, item.note) : null,
  tagsOf(item, texts),
];

async function copyCitation(item, texts) {
  const done = await copy(item.citation, asHtml(item.citation));
  say(done ? texts.copied : texts.not_copied, { wrong: !done });
}

function told(item, texts) {
  if (item.placed === "ambiguous" || item.placed === "lost") return el("p", { class: "gm-annotated-told" }, texts[item.placed]);
  return ["exact", "context", "layout"].includes(item.placed) ? el("p", { class: "gm-quiet" }, texts.moved) : null;
}

function replies(item, data) {
  if (!item.replies.length) return null;
  const one = (reply) => el("li", {}, written(reply, data.texts), el("p", { class: "gm-annotated-meta" }, meta(reply, data)));
  return el("ul", { class: "gm-annotated-replies", "aria-label": data.texts.replies }, item.replies.map(one));
}

export function entry(item, data, act, heading) {
  const { texts } = data;
  const where = place(item, texts);
  const title = el("a", { href: item.href, "data-go": true, "data-entry": true, "data-kept": item.id, title: fill(texts.open, { title: item.title, place: where }) }, `${item.title} · ${where}`);
  const buttons = [
    item.citation && !item.deleted && el("button", { type: "button", onclick: () => copyCitation(item, texts) }, texts.copy),
    item.deleted && el("button", { type: "button", onclick: () => act("restore", { id: item.id, author: reader() }) }, texts.restore),
  ];
  return el(
    "article",
    { class: `gm-annotated-entry gm-annotated-${data.colours[item.colour] === undefined ? "yellow" : item.colour}` },
    el(heading, {}, title),
    el("blockquote", {}, item.quote),
    told(item, texts),
    written(item, texts),
    el("p", { class: "gm-annotated-meta" }, el("span", { class: "gm-annotated-colour" }, colourName(item.colour, data)), meta(item, data), buttons),
    replies(item, data),
  );
}
