// Everything that changes annotations: forms opened and sent, answers that come back, conflicts, undo.
import { el } from "../shared/dom.js";
import { hush, say } from "../shared/saying.js";
import { author, chosen, choose } from "./choices.js";
import { conflictNode } from "./cards.js";
import { draft, draftKey, draftsOf, dropDraft, keepDraft } from "./drafts.js";
import { makeForm, problem } from "./form.js";
import { withName } from "./tools.js";

const PATIENCE = 10000; // milliseconds after which an unanswered save may be tried again

const keyOf = (view, what) => draftKey(view.data.document.id, view.data.page.number, what);

/** Open the form for a new annotation on a span; `field` is "note" or "tags". */
export function writeNew(view, span, field, focus = true) {
  const { data, texts } = view;
  const key = keyOf(view, `new:${span.start}-${span.end}`);
  const known = view.forms.get(key);
  if (known) return focus && focusOn(known, field);
  const base = { start: span.start, end: span.end, fingerprint: draft(key)?.fingerprint ?? data.page.fingerprint };
  const node = el("li", { class: "gm-viewer-card gm-viewer-new" });
  const form = makeForm(view, {
    key,
    start: { note: "", tags: [], colour: chosen("colour", "yellow") },
    base,
    title: texts.new_note,
    save: (values) => {
      choose("colour", values.colour);
      view.annotate({ ...base, ...values }, key);
    },
    discard: () => close(view, key),
  });
  node.append(el("p", { class: "gm-viewer-quote" }, el("q", {}, view.textOf(span).replaceAll(/\s+/g, " "))), form.node);
  view.forms.set(key, { node, raw: form, at: span });
  view.nodes.list.append(node);
  keepDraft(key, { ...draft(key), ...base });
  view.notesChanged();
  if (focus) focusOn(view.forms.get(key), field);
}

/** Put the caret into an open form. */
export function focusOn(opened, field) {
  (field === "tags" && opened.raw.tags ? opened.raw.tags.input : opened.raw.note).focus();
}

/** Take a form away. */
export function close(view, key) {
  const entry = view.forms.get(key);
  if (!entry) return;
  const had = entry.node.contains(document.activeElement);
  view.forms.delete(key);
  entry.node.remove();
  view.notesChanged();
  if (had) view.focusPaper();
}

/** Open the form to edit an annotation or a reply. */
export function writeEdit(view, annotation, isReply, focus = true) {
  const key = keyOf(view, `edit:${annotation.id}`);
  if (view.forms.has(key)) return focus && focusOn(view.forms.get(key), "note");
  const version = draft(key)?.version ?? annotation.version;
  const form = makeForm(view, {
    key,
    start: annotation,
    plain: isReply,
    base: { version },
    title: view.texts.edit,
    save: (values) => view.send("revise", { id: annotation.id, version: view.forms.get(key).version, ...values }, key),
    discard: () => close(view, key),
  });
  const node = el("div", {}, form.node);
  view.forms.set(key, { node, raw: form, version, at: null });
  formsOf(view, annotation.id)?.append(node);
  view.notesChanged();
  if (focus) focusOn(view.forms.get(key), "note");
}

const cardOf = (view, id) =>
  view.cards[id] ??
  Object.values(view.cards).find(({ annotation }) => annotation.replies?.some((reply) => reply.id === id));

const formsOf = (view, id) => cardOf(view, id)?.forms;

/** Open the form to answer an annotation. */
export function writeReply(view, annotation, focus = true) {
  const key = keyOf(view, `reply:${annotation.id}`);
  if (view.forms.has(key)) return focus && focusOn(view.forms.get(key), "note");
  const { start, end, colour } = annotation;
  const form = makeForm(view, {
    key,
    start: { note: "", tags: [], colour },
    plain: true,
    title: view.texts.reply,
    save: (values) =>
      view.send(
        "annotate",
        { start, end, fingerprint: view.data.page.fingerprint, ...values, tags: [], colour, parent: annotation.id },
        key,
      ),
    discard: () => close(view, key),
  });
  const node = el("div", {}, form.node);
  view.forms.set(key, { node, raw: form, at: null });
  formsOf(view, annotation.id)?.append(node);
  view.notesChanged();
  if (focus) focusOn(view.forms.get(key), "note");
}

/** Open again what was being written on this page before a reload or a flip. */
export function reopenDrafts(view) {
  for (const [what, kept] of draftsOf(view.data.document.id, view.data.page.number)) {
    const [kind, id] = [what.slice(0, what.indexOf(":")), what.slice(what.indexOf(":") + 1)];
    if (kind === "correct") view.correctAgain(id);
    else if (kind === "new") writeNew(view, { start: kept.start, end: kept.end }, "note", false);
    else {
      const card = cardOf(view, id);
      const annotation =
        card &&
        (card.annotation.id === id ? card.annotation : card.annotation.replies.find((reply) => reply.id === id));
      if (annotation && kind === "reply") writeReply(view, annotation, false);
      else if (annotation) writeEdit(view, annotation, annotation !== card.annotation, false);
    }
  }
}

/** Send an act; `key` names the form that waits for its answer. One at a time: an answer belongs to the last one sent. */
export function send(view, name, value, key) {
  const { document, page } = view.data;
  view.outbox.push({ name, key, value: { document: document.id, page: page.number, ...value } });
  sendNext(view);
}

function sendNext(view) {
  if (view.sent || !view.outbox.length) return;
  const act = view.outbox.shift();
  view.sent = act;
  view.trigger(act.name, act.value);
  window.setTimeout(() => {
    if (view.sent !== act) return;
    view.sent = null;
    const entry = view.forms.get(act.key);
    if (entry) problem(entry.raw, view.texts.no_answer);
    else say(view.texts.no_answer, { wrong: true });
    sendNext(view);
  }, PATIENCE);
}

/** Take the answer to the last act. */
export function answered(view, said) {
  const { sent } = view;
  view.sent = null;
  const entry = sent?.key ? view.forms.get(sent.key) : null;
  if (said.kind === "conflict") {
    if (entry) conflicted(view, sent.key, entry, said);
    else say(said.text, { wrong: true });
  } else if (said.kind === "error" || said.kind === "changed") {
    if (entry) problem(entry.raw, said.text);
    else say(said.text, { wrong: true });
    if (said.kind === "changed") entry?.changed?.(said);
  } else if (sent) {
    if (sent.key) {
      dropDraft(sent.key);
      close(view, sent.key);
    }
    if (said.kind === "deleted") offerUndo(view, said);
    else if (said.text) say(said.text);
    if (said.kind === "saved" && sent.name === "annotate") view.annotated(said.annotation);
    if (said.kind === "corrected") view.clearSelection();
  }
  sendNext(view);
}

function conflicted(view, key, entry, said) {
  entry.raw.saveButton.disabled = false;
  entry.conflict?.remove();
  const { id, version } = said.annotation;
  const parent = cardOf(view, id)?.annotation ?? said.annotation;
  entry.conflict = conflictNode(view, said, {
    replyInstead: () => {
      const values = entry.raw.read();
      const { start, end, colour } = parent;
      view.send(
        "annotate",
        { start, end, fingerprint: view.data.page.fingerprint, ...values, colour, parent: parent.id },
        key,
      );
    },
    replace: () => {
      entry.version = version;
      keepDraft(key, { ...draft(key), version });
      view.send("revise", { id, version, ...entry.raw.read() }, key);
    },
    keepTheirs: () => {
      dropDraft(key);
      close(view, key);
    },
  });
  entry.node.prepend(entry.conflict);
  view.notesChanged();
  entry.conflict.querySelector("button").focus();
}

/** Delete an annotation at once: it can be taken back. */
export function remove(view, { id, version }) {
  withName(view, view.nodes.undo, (name) => view.send("delete", { id, version, author: name }, null));
}

const UNDO_STAYS = 15000;

function offerUndo(view, said) {
  const { undo } = view.nodes;
  const id = said.annotation?.id;
  const gone = () => undo.replaceChildren();
  let timer = window.setTimeout(gone, UNDO_STAYS);
  const hold = () => window.clearTimeout(timer);
  const letGo = () => {
    hold();
    timer = window.setTimeout(gone, UNDO_STAYS);
  };
  const back = el(
    "button",
    {
      type: "button",
      onmouseenter: hold,
      onmouseleave: letGo,
      onclick: () => {
        gone();
        view.send("restore", { id, author: author() }, null);
        view.focusPaper();
      },
    },
    view.texts.undo,
  );
  hush(); // what was said of the act before
  undo.replaceChildren(el("span", {}, said.text || view.texts.deleted), back);
  back.focus({ preventScroll: true });
}
