// Saving a search: a button beside the hits, and the form it opens. Both are made once, so that a half-typed name stays.
import { el } from "../shared/dom.js";

export const LONGEST = 200; // characters of a name

/** Make them; `save(name)` is called with what was typed. */
export function saver(save) {
  const input = el("input", { type: "text", maxlength: LONGEST, id: "gm-finding-save-name", autocomplete: "off" });
  const label = el("label", { for: input.id });
  const keep = el("button", { type: "submit" });
  const form = el("form", { class: "gm-finding-save", id: "gm-finding-save", hidden: true }, label, input, keep);
  const button = el("button", { type: "button", class: "gm-finding-saver", "aria-expanded": "false", "aria-controls": form.id, "data-at": "save" });
  let query = null;

  const show = (open) => {
    form.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => {
    show(form.hidden);
    if (form.hidden) return;
    input.focus();
    input.select();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    show(false);
    button.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim()) save(input.value.trim());
  });

  const write = (texts, asked) => {
    label.textContent = texts.save_name;
    keep.textContent = texts.save_do;
    button.textContent = texts.save;
    if (asked.q === query) return;
    query = asked.q;
    input.value = asked.q.slice(0, LONGEST);
    show(false);
  };
  const came = ({ act, wrong }) => {
    if (act === "save" && !wrong) show(false);
  };
  return { button, form, write, came };
}
