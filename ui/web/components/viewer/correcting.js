// Putting recognised text right: a form with the picture of the stretch above it. What is typed is kept as a draft.
import { el } from "../shared/dom.js";
import { cutOf, mayCorrect } from "./cutting.js";
import { draft, draftKey, dropDraft, keepDraft } from "./drafts.js";
import { nameField, named, pressedIn, problem } from "./form.js";
import { linesOf, rectangles } from "./rectangles.js";
import { showTools, withName } from "./tools.js";
import { close, focusOn } from "./writing.js";
import { pictureAddress, pictureWidth } from "./zoom.js";

const ROOM = 240; // pixels across the picture in the form

/** Give the view its acts on recognised text. */
export function correcting(view) {
  view.mayCorrect = (span) => mayCorrect(view.data.page, span);
  view.correct = () => {
    const span = view.chosenSpan();
    if (!span || !view.mayCorrect(span)) {
      view.say(span ? view.texts.correct_not : view.texts.select_first, true);
      return;
    }
    if (view.textOf(span).includes("\n")) {
      view.say(view.texts.correct_lines, true);
      return;
    }
    showTools(view, null);
    view.open.notes = true;
    view.opened();
    writeCorrection(view, span);
  };
  view.correctAgain = (what) => {
    const [start, end] = what.split("-").map(Number);
    writeCorrection(view, { start, end }, false);
  };
  // what needs no words: tick off, take the tick or the last correction back, ask for the paper
  view.onPage = (act) => {
    const { fingerprint } = view.data.page;
    withName(view, view.nodes.undo, (name) => view.send(act, { fingerprint, author: name }, null));
  };
  view.tick = () => {
    const { tickable, checked } = view.data.page.standing;
    if (tickable) view.onPage(checked ? "uncheck" : "check");
  };
}

/** Open the form for a stretch, or the one that is open for it. */
export function writeCorrection(view, span, focus = true) {
  const { page, document } = view.data;
  const key = draftKey(document.id, page.number, `correct:${span.start}-${span.end}`);
  if (view.forms.has(key)) return focus && focusOn(view.forms.get(key));
  const kept = draft(key);
  const entry = { at: { ...span }, base: kept?.base ?? { ...span, fingerprint: page.fingerprint } };
  const was = kept?.was ?? view.textOf(span);
  entry.raw = correctionForm(view, { key, entry, was, typed: kept?.typed ?? was });
  // after a change of the text in between, the page has the stretch elsewhere: the answer to "save" will say where
  const seen = entry.base.fingerprint === page.fingerprint ? cutting(view, span) : null;
  entry.node = el(
    "li",
    { class: "gm-viewer-card gm-viewer-new gm-viewer-correction" },
    el("h3", {}, view.texts.correct),
    seen,
    el("p", { class: "gm-viewer-by" }, view.texts.as_read),
    el("p", { class: "gm-viewer-asread" }, was),
    entry.raw.node,
  );
  entry.changed = ({ place }) => {
    entry.raw.saveButton.disabled = !place;
    entry.raw.note.focus();
    if (!place) return;
    entry.base = { start: place[0], end: place[1], fingerprint: place[2] };
    entry.at = { start: place[0], end: place[1] };
    entry.raw.keep();
    view.notesChanged();
  };
  view.forms.set(key, entry);
  view.nodes.list.append(entry.node);
  entry.raw.keep();
  view.notesChanged();
  if (focus) {
    focusOn(entry);
    reveal(entry.node);
  }
}

// The card glides to its place; all of it is to be seen there.
function reveal(node) {
  const show = () => node.scrollIntoView({ block: "nearest" });
  node.addEventListener("transitionend", show, { once: true });
  show();
}

function correctionForm(view, { key, entry, was, typed }) {
  const { texts } = view;
  const form = { key, error: el("p", { class: "gm-viewer-wrong", role: "alert", hidden: true }) };
  form.keep = () => keepDraft(key, { base: entry.base, was, typed: form.note.value });
  form.note = el("input", { type: "text", spellcheck: "false", autocomplete: "off", maxlength: 2000, oninput: form.keep });
  form.note.value = typed;
  form.name = nameField(view);
  form.saveButton = el("button", { type: "submit", class: "gm-viewer-main" }, texts.save);
  const leave = () => {
    dropDraft(key);
    close(view, key);
  };
  const save = (event) => {
    event.preventDefault();
    const who = named(form.name);
    if (!who) {
      problem(form, texts.name_needed);
      form.name?.focus();
      return;
    }
    if (form.note.value === was) {
      problem(form, texts.correct_same);
      form.note.focus();
      return;
    }
    form.saveButton.disabled = true;
    form.error.hidden = true;
    view.send("correct", { ...entry.base, text: form.note.value, author: who }, key);
  };
  form.node = el(
    "form",
    {
      class: "gm-viewer-form",
      onsubmit: save,
      onkeydown: (event) => pressedIn(event, form, () => form.note.value === was, leave),
    },
    el("label", { class: "gm-viewer-name" }, texts.put_right, form.note),
    form.name && el("label", { class: "gm-viewer-name" }, texts.your_name, form.name),
    form.error,
    el(
      "div",
      { class: "gm-viewer-row" },
      form.saveButton,
      el("button", { type: "button", onclick: leave }, texts.cancel),
    ),
  );
  return form;
}

// The stretch as the paper has it, cut out of the page's picture.
function cutting(view, span) {
  const { page } = view.data;
  if (!page.picture) return null;
  const cut = cutOf(rectangles(linesOf(page.lines ?? []), span), page, ROOM);
  if (!cut) return null;
  const wanted = pictureWidth(cut.whole, window.devicePixelRatio);
  const shown = view.sheet && view.sheet.width >= wanted && view.sheet.page.number === page.number;
  const picture = el("img", {
    alt: view.texts.cut_alt,
    src: shown ? view.sheet.picture.src : pictureAddress(page.picture, { width: wanted }),
  });
  const px = (value) => `${value.toFixed(1)}px`;
  Object.assign(picture.style, { width: px(cut.whole), left: px(cut.left), top: px(cut.top) });
  const frames = cut.frames.map((box) => {
    const frame = el("i", { "aria-hidden": "true" });
    Object.assign(frame.style, { left: px(box.x), top: px(box.y), width: px(box.width), height: px(box.height) });
    return frame;
  });
  const inner = el("div", {}, picture, frames);
  Object.assign(inner.style, { width: px(cut.width), height: px(cut.height) });
  const wide = cut.width > ROOM + 1;
  return el("div", { class: "gm-viewer-cut", tabindex: wide ? "0" : null, role: wide ? "group" : null, "aria-label": wide ? view.texts.cut_alt : null }, inner);
}
