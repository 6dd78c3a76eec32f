// The search box: one form that is never drawn anew, so that focus, caret and a half-typed query stay.
import { el } from "../shared/dom.js";
import { navigate } from "../shared/navigate.js";

/** Make the box; `addressFor(query)` gives the address to go to. */
export function searchBox(addressFor) {
  const box = { known: "", composing: false, waiting: false };
  box.input = el("input", {
    type: "search", name: "q", "data-search": true, autocomplete: "off", autocapitalize: "off", spellcheck: "false",
    enterkeyhint: "search",
  });
  box.button = el("button", { type: "submit", class: "gm-finding-submit" });
  box.form = el("form", { role: "search", class: "gm-finding-form" }, el("span", { class: "gm-finding-field" }, box.input), box.button);
  box.input.addEventListener("compositionstart", () => (box.composing = true));
  box.input.addEventListener("compositionend", () => {
    box.composing = false;
    if (!box.waiting) return;
    box.waiting = false;
    window.setTimeout(() => box.form.requestSubmit()); // by then the last syllable is in the box
  });
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (box.composing) {
      box.waiting = true; // Enter ends the syllable; what is sought is the whole of it
      return;
    }
    box.known = box.input.value;
    navigate(addressFor(box.input.value.trim()));
  });
  return box;
}

/** Show the query of the address, unless the reader is in the midst of typing another. */
export function showQuery(box, query) {
  const typing = document.activeElement === box.input && box.input.value !== box.known;
  if (box.composing || typing || query === box.shown) return;
  if (box.input.value.trim() !== query) box.input.value = query;
  box.known = box.input.value;
  box.shown = query;
}
