// The annotations of a page as cards beside their places. A card is only drawn anew when its annotation changed.
import { el, fill } from "../shared/dom.js";
import { when } from "./moments.js";

/** Draw the body of a card. */
function cardBody(view, annotation) {
  const { texts } = view;
  const { id, colour, replies = [] } = annotation;
  const place =
    annotation.start === null
      ? el("p", { class: "gm-viewer-lost" }, texts[`lost_${annotation.how}`] ?? texts.lost)
      : null;
  const name = view.colours().find(([key]) => key === colour)?.[1] ?? colour;
  return el(
    "div",
    { class: "gm-viewer-cardbody" },
    el(
      "button",
      { type: "button", class: "gm-viewer-quote", title: texts.show_place, onclick: () => view.activate(id, "mark") },
      el("span", { class: `gm-viewer-chip gm-colour-${colour}` }, el("i", { "aria-hidden": "true" }), name),
      el("q", {}, annotation.exact.replaceAll(/\s+/g, " ")),
    ),
    place,
    said(view, annotation),
    acts(view, annotation, false),
    replies.map((reply) =>
      el("div", { class: "gm-viewer-reply", "data-reply": reply.id }, said(view, reply), acts(view, reply, true)),
    ),
  );
}

function said(view, { note, tags = [], author, editor, created, modified }) {
  const { texts, language } = view;
  const edited = modified && modified !== created;
  const by = edited && editor && editor !== author ? fill(texts.edited_by, { name: editor }) : texts.edited;
  return [
    note && el("p", { class: "gm-viewer-note" }, note),
    tags.length > 0 &&
      el(
        "p",
        { class: "gm-viewer-tags" },
        tags.map((tag) => el("span", { class: "gm-viewer-tag" }, tag)),
      ),
    el(
      "p",
      { class: "gm-viewer-by" },
      el("span", {}, author),
      " · ",
      el("time", { datetime: created, title: when(created, language, true) }, when(created, language)),
      edited && el("span", { title: when(modified, language, true) }, ` · ${by}`),
    ),
  ];
}

function acts(view, annotation, isReply) {
  const { texts } = view;
  const act = (text, name, kind) =>
    el(
      "button",
      {
        type: "button",
        class: "gm-viewer-bare",
        "aria-label": fill(texts.act_on, { act: text, author: annotation.author }),
        "data-act": kind,
        onclick: name,
      },
      text,
    );
  return el(
    "div",
    { class: "gm-viewer-acts" },
    act(texts.edit, () => view.edit(annotation, isReply), "edit"),
    !isReply && act(texts.reply, () => view.reply(annotation), "reply"),
    act(texts.delete, () => view.remove(annotation), "delete"),
  );
}

/**
 * Bring the list of cards up to date: `list` keeps the nodes of annotations that did not change, and with them what
 * is being written in them. Returns {id: card}.
 */
export function drawCards(view, list, known, annotations) {
  const cards = {};
  for (const annotation of annotations) {
    const key = JSON.stringify([annotation, view.data.colours, view.language]);
    const card = known[annotation.id] ?? newCard(view, annotation.id);
    if (card.key !== key) {
      const focused = card.node.contains(document.activeElement) ? document.activeElement.dataset.act : null;
      const body = cardBody(view, annotation);
      card.body.replaceWith(body);
      card.body = body;
      card.key = key;
      if (focused) body.querySelector(`:scope > .gm-viewer-acts [data-act="${focused}"]`)?.focus();
    }
    card.annotation = annotation;
    cards[annotation.id] = card;
  }
  for (const [id, card] of Object.entries(known)) if (!(id in cards)) card.node.remove();
  annotations.forEach(({ id }, at) => {
    const { node } = cards[id];
    if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null);
  });
  return cards;
}

function newCard(view, id) {
  const body = el("div");
  const forms = el("div", { class: "gm-viewer-forms" });
  const node = el("li", { class: "gm-viewer-card", tabindex: "-1", "data-card": id }, body, forms);
  // by mouse only once the click is done: a card that moves to its place would slip away from under the pointer
  node.addEventListener("focusin", ({ target }) => target.matches(":focus-visible") && view.activate(id, null));
  node.addEventListener("click", () => view.activate(id, null));
  node.addEventListener("mouseenter", () => view.touch(id));
  node.addEventListener("mouseleave", () => view.touch(null));
  return { node, body, forms, key: "", annotation: null };
}

/** Show both texts of an edit that met another's, and the ways out; nothing written is lost. */
export function conflictNode(view, said, { replyInstead, replace, keepTheirs }) {
  const { texts, language } = view;
  const { note, tags = [], editor, author, modified } = said.annotation;
  const choice = (text, act) => el("button", { type: "button", onclick: act }, text);
  return el(
    "div",
    { class: "gm-viewer-conflict", role: "alert" },
    el("p", {}, el("strong", {}, fill(texts.conflict, { name: editor ?? author, time: when(modified, language) }))),
    el("p", { class: "gm-viewer-by" }, texts.theirs),
    el("p", { class: "gm-viewer-note" }, note || texts.no_note),
    tags.length > 0 &&
      el(
        "p",
        { class: "gm-viewer-tags" },
        tags.map((tag) => el("span", { class: "gm-viewer-tag" }, tag)),
      ),
    el("p", { class: "gm-viewer-by" }, texts.yours_below),
    el(
      "div",
      { class: "gm-viewer-row" },
      choice(texts.conflict_reply, replyInstead),
      choice(texts.conflict_replace, replace),
      choice(texts.conflict_theirs, keepTheirs),
    ),
  );
}
