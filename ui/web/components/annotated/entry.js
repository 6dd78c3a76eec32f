// One annotation of the list, with its replies. All words of papers and people are text nodes.
import { asHtml, copy } from "../shared/copying.js";
import { el, fill } from "../shared/dom.js";
import { addressWith } from "../shared/navigate.js";
import { say } from "../shared/saying.js";
import { unitWords } from "../shared/units.js";
import { copyOf, passage, passageNow } from "../viewer/passages.js";
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

// A quotation is copied as the reader copies it: asked of the same address, before the button is pressed.
const passageOf = (item, data) => `/passage/${item.document}/${item.page}/{span}?${data.passages[item.document]}&lang=${data.language}`;

function asking(item, data) {
  if (!item.span || item.deleted) return null;
  const [start, end] = item.span;
  return { address: passageOf(item, data), span: { start, end } };
}

async function copyQuotation(item, data) {
  const at = asking(item, data);
  const found = at && (passageNow(at.address, at.span) ?? (await passage(at.address, at.span, "")));
  const taken = found && !found.error ? copyOf(found, 0) : { plain: item.copied, html: asHtml(item.copied) };
  said(await copy(taken.plain, taken.html), data.texts.copied, data.texts);
}

const copyCitation = async (item, { texts }) => said(await copy(item.citation, asHtml(item.citation)), texts.copied_citation, texts);

const said = (done, text, texts) => say(done ? text : texts.not_copied, { wrong: !done });

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
  const where = unitWords({ ...item, number: item.page }, texts);
  const title = el("a", { href: item.href, "data-go": true, "data-entry": true, "data-kept": item.id, title: fill(texts.open, { title: item.title, place: where }) }, `${item.title} · ${where}`);
  const at = asking(item, data);
  const ready = () => at && passage(at.address, at.span, "");
  const buttons = [
    item.citation && !item.deleted && [
      el("button", { type: "button", onclick: () => copyQuotation(item, data) }, texts.copy),
      el("button", { type: "button", onclick: () => copyCitation(item, data) }, texts.copy_citation),
    ],
    item.deleted && el("button", { type: "button", onclick: () => act("restore", { id: item.id, author: reader() }) }, texts.restore),
  ];
  return el(
    "article",
    { onpointerenter: ready, onfocusin: ready, class: `gm-annotated-entry gm-annotated-${data.colours[item.colour] === undefined ? "yellow" : item.colour}` },
    el(heading, {}, title),
    el("blockquote", {}, item.quote),
    told(item, texts),
    written(item, texts),
    el("p", { class: "gm-annotated-meta" }, el("span", { class: "gm-annotated-colour" }, colourName(item.colour, data)), meta(item, data), buttons),
    replies(item, data),
  );
}
