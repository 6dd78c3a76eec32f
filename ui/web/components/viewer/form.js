// Writing a note, its tags and its colour. What is written is kept as a draft at every keystroke.
import { el } from "../shared/dom.js";
import { author, setAuthor } from "./choices.js";
import { draft, dropDraft, keepDraft } from "./drafts.js";
import { tagField } from "./tagging.js";

/**
 * Make a form. `key` names its draft; `start` is {note, tags, colour}, what there is before anything is written;
 * `plain` leaves out colour and tags (a reply). `save(values)` and `discard()` are called with {note, tags, colour, author}.
 */
export function makeForm(view, { key, start, plain = false, base = {}, title, save, discard }) {
  const { texts } = view;
  const kept = draft(key);
  const values = { note: start.note ?? "", tags: start.tags ?? [], colour: start.colour ?? null, ...kept };
  const form = { key, values, error: el("p", { class: "gm-viewer-wrong", role: "alert", hidden: true }) };
  const keep = () => keepDraft(key, { ...base, note: form.note.value, tags: form.tags.value(), colour: form.colour() });
  form.note = el("textarea", {
    rows: 3,
    "aria-label": title,
    placeholder: plain ? texts.reply_hint : texts.note_hint,
    oninput: keep,
  });
  form.note.value = values.note;
  form.tags = tagField(view, values.tags, keep);
  const colours = plain ? { node: null, value: () => values.colour } : colourField(view, values.colour, keep);
  form.colour = colours.value;
  form.name = nameField(view);
  form.saveButton = el("button", { type: "submit", class: "gm-viewer-main" }, texts.save);
  const throwAway = () => {
    dropDraft(key);
    discard();
  };
  form.read = () => ({
    note: form.note.value,
    tags: form.tags.value(),
    colour: form.colour(),
    author: named(form.name),
  });
  form.node = el(
    "form",
    {
      class: "gm-viewer-form",
      onsubmit: (event) => submitted(event, view, form, save),
      onkeydown: (event) => pressed(event, form, values, throwAway),
    },
    el("h3", { class: title === texts.edit ? "gm-hidden" : null }, title),
    colours.node,
    form.note,
    plain ? null : form.tags.node,
    form.name && el("label", { class: "gm-viewer-name" }, texts.your_name, form.name),
    form.error,
    el(
      "div",
      { class: "gm-viewer-row" },
      form.saveButton,
      el("button", { type: "button", onclick: throwAway }, texts.discard),
      el("span", { class: "gm-quiet" }, texts.draft_kept),
    ),
  );
  return form;
}

/** The field for the reader's name, the first time. */
export const nameField = (view) =>
  author()
    ? null
    : el("input", { type: "text", maxlength: 200, autocomplete: "name", value: view.data.author_default ?? "" });

export function named(field) {
  if (field?.value.trim()) setAuthor(field.value.trim());
  return author();
}

function submitted(event, view, form, save) {
  event.preventDefault();
  const values = form.read();
  if (!values.author) {
    problem(form, view.texts.name_needed);
    form.name?.focus();
    return;
  }
  form.saveButton.disabled = true;
  form.error.hidden = true;
  save(values);
}

/** Say what went wrong in the form itself; it can be sent again. */
export function problem(form, sentence) {
  form.saveButton.disabled = false;
  form.error.hidden = false;
  form.error.textContent = sentence;
}

function pressed(event, form, before, throwAway) {
  const same = () => form.note.value === before.note && form.tags.value().join() === before.tags.join();
  pressedIn(event, form, same, throwAway);
}

/** Ctrl+Enter saves; Escape leaves a form that says nothing new (`same()`), else what was written stays. */
export function pressedIn(event, form, same, throwAway) {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.node.requestSubmit();
  } else if (event.key === "Escape") {
    event.stopPropagation();
    if (same()) throwAway();
    else event.target.blur();
  }
}

function colourField(view, colour, changed) {
  const group = `gm-colour-${Math.random()}`;
  const inputs = view.colours().map(([key, name]) => {
    const input = el("input", { type: "radio", name: group, value: key, checked: key === colour, onchange: changed });
    return el(
      "label",
      { class: `gm-viewer-colour gm-colour-${key}` },
      input,
      el("i", { "aria-hidden": "true" }),
      el("span", {}, name),
    );
  });
  const node = el(
    "fieldset",
    { class: "gm-viewer-colours" },
    el("legend", { class: "gm-hidden" }, view.texts.colour),
    inputs,
  );
  return { node, value: () => node.querySelector("input:checked")?.value ?? view.data.colours[0]?.[0] ?? "yellow" };
}
