// Saved searches: the list on the page's beginning, and what is new for one.
import { el, fill } from "../shared/dom.js";
import { savedAddress } from "./addresses.js";
import { LONGEST } from "./saver.js";
import { counted, number } from "./wording.js";

/** Return the list of saved searches, or null where there is none and none was just removed. */
export function savedList({ begin, said, texts }, act) {
  const removed = said?.act === "remove" && !said.wrong && said;
  if (!begin.saved.length && !removed) return null;
  return el(
    "section",
    { class: "gm-finding-saved", "aria-labelledby": "gm-finding-saved" },
    el("h2", { id: "gm-finding-saved" }, texts.saved),
    removed &&
      el("p", { role: "status", class: "gm-finding-undo" }, fill(removed.text, { name: removed.value }), " ",
        el("button", { type: "button", onclick: () => act("restore", { id: removed.id }), "data-at": "saved undo" }, texts.undo)),
    el("ul", {}, begin.saved.map((each) => line(each, act, texts))),
  );
}

function line(saved, act, texts) {
  const change = renaming(saved, act, texts);
  const remove = { type: "button", onclick: () => act("remove", { id: saved.id }), "aria-label": fill(texts.saved_remove_said, { name: saved.name }), "data-at": `saved remove ${saved.id}` };
  const filters = [...Object.values(saved.chosen).flat(), ...Object.values(saved.excluded).flat().map((value) => fill(texts.not_value, { value }))];
  return el(
    "li",
    {},
    el("a", { href: savedAddress(saved), "data-go": true }, saved.name),
    el("span", {}, [saved.q === saved.name ? null : saved.q, ...filters].filter(Boolean).join(" · ")),
    saved.broken ? el("a", { href: `/?new=${saved.id}`, "data-go": true, class: "gm-finding-new" }, texts.saved_broken_query) : badge(saved, texts),
    change.button,
    el("button", remove, texts.saved_remove),
    change.form,
  );
}

/** Return a button, and the form it opens to give a saved search another name. */
function renaming(saved, act, texts) {
  const input = el("input", { type: "text", maxlength: LONGEST, value: saved.name, "aria-label": texts.saved_rename_name });
  const form = el("form", { class: "gm-finding-save", id: `gm-finding-rename-${saved.id}`, hidden: true }, input, el("button", { type: "submit" }, texts.save_do));
  const button = el("button", { type: "button", "aria-expanded": "false", "aria-controls": form.id, "aria-label": fill(texts.saved_rename_said, { name: saved.name }), "data-at": `saved rename ${saved.id}` }, texts.saved_rename);
  const show = (open) => {
    form.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) input.select();
    else button.focus();
  };
  button.addEventListener("click", () => show(form.hidden));
  form.addEventListener("keydown", (event) => event.key === "Escape" && show(false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim()) act("rename", { id: saved.id, name: input.value.trim() });
  });
  return { button, form };
}

function badge(saved, texts) {
  if (saved.unfinished && !saved.total) return el("a", { href: `/?new=${saved.id}`, "data-go": true }, texts.news_unfinished);
  if (!saved.total) return el("small", {}, texts.news_none_short);
  return el("a", { href: `/?new=${saved.id}`, "data-go": true, class: "gm-finding-new" }, counted(texts, "news_n", saved.total));
}

/** Return the head of what is new for a saved search. */
export function newsHead({ news, found, texts }, act) {
  if (news.gone) return state(texts.saved_gone, home(texts));
  const all = el("a", { href: savedAddress(news), "data-go": true }, texts.news_all);
  const name = fill(texts.news_of, { name: news.name });
  if (news.broken) return state(name, el("p", {}, news.said), home(texts));
  const seen = found?.hits.length && !news.unfinished && el("button", { type: "button", onclick: () => act("seen", { id: news.id, until: news.until }), "data-at": "seen" }, texts.news_seen);
  const said = found?.hits.length ? told(news, found, texts) : texts.news_none;
  return el(
    "section",
    { class: "gm-finding-news" },
    el("h2", {}, name),
    el("p", {}, el("code", {}, news.q), " — ", said),
    news.waiting > 0 && el("p", { class: "gm-finding-late" }, counted(texts, "news_waiting", news.waiting)),
    news.unfinished && el("p", { class: "gm-finding-late" }, texts.news_unfinished),
    el("p", { class: "gm-finding-acts" }, seen, all, home(texts)),
  );
}

const told = (news, found, texts) =>
  [counted(texts, "news_n", found.total), news.total > found.hits.length && fill(texts.news_first, { n: number(found.hits.length) })].filter(Boolean).join(" · ");

const home = (texts) => el("a", { href: "/", "data-go": true }, texts.saved_all);

const state = (title, ...rest) => el("section", { class: "gm-finding-state" }, el("h2", {}, title), rest);
