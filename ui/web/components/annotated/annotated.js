// The list of annotations: filters, groups of entries, files out and in. The address says what is shown.
import { el, fill, rootOf } from "../shared/dom.js";
import { shortcuts } from "../shared/keys.js";
import { addressWith } from "../shared/navigate.js";
import { say } from "../shared/saying.js";
import { pieces } from "../guide/pieces.js";
import { carrying } from "./carrying.js";
import { entry } from "./entry.js";
import { filters } from "./filters.js";
import { left } from "./left.js";
import { step } from "./walking.js";

const views = new WeakMap();

function walk(root, by) {
  const links = [...root.querySelectorAll("a[data-entry]")];
  const next = step(links.indexOf(document.activeElement), links.length, by);
  if (next === null) return false;
  links[next].focus();
  links[next].closest("article").scrollIntoView({ block: "nearest" });
  return true;
}

function found(data) {
  const { texts } = data;
  const number = new Intl.NumberFormat(data.language);
  const values = { n: number.format(data.found), all: number.format(data.all) };
  if (data.asked.deleted) return fill(texts.found_deleted, values);
  if (data.found !== data.all && narrowed(data).length) return fill(texts.found_of, values);
  return data.found === 1 ? texts.found_one : fill(texts.found, values);
}

const narrowed = ({ asked }) => ["q", "tag", "colour", "author", "document", "release"].filter((name) => asked[name]);

function head(data) {
  const { texts, asked } = data;
  const clear = narrowed(data).length ? addressWith(Object.fromEntries(narrowed(data).map((name) => [name, null]))) : null;
  const links = [
    clear && el("a", { href: clear, "data-go": true }, texts.clear),
    asked.deleted && el("a", { href: addressWith({ deleted: null, show: null }), "data-go": true }, texts.show_alive),
    !asked.deleted && data.deleted > 0 && el("a", { href: addressWith({ deleted: "1", show: null }), "data-go": true }, fill(texts.show_deleted, { n: data.deleted })),
  ];
  return el("p", { class: "gm-annotated-found" }, el("strong", { role: "status" }, found(data)), links);
}

function groupsOf(data, act) {
  const named = data.asked.group !== "none";
  return data.groups.map((group) => {
    const entries = group.items.map((item) => entry(item, data, act, named ? "h3" : "h2"));
    return named ? el("section", {}, el("h2", { class: "gm-annotated-group" }, group.title || data.texts.untagged), entries) : entries;
  });
}

function empty({ texts }) {
  const how = pieces(texts.empty_how).map(({ code, words }) => (code ? el("kbd", {}, words) : words));
  return el(
    "div",
    { class: "gm-annotated-empty" },
    el("h2", {}, texts.empty),
    el("p", {}, how),
    el("p", {}, el("a", { class: "gm-button", href: "/", "data-go": true }, texts.empty_search), el("a", { href: "/help#help-marking", "data-go": true }, texts.empty_help)),
  );
}

function list(data, act) {
  const { texts } = data;
  const gone = left(data, narrowed(data).length > 0);
  if (!data.all && !data.asked.deleted && !data.deleted) return [empty(data), gone];
  const none = el("p", { class: "gm-annotated-none" }, data.asked.deleted && !data.deleted ? texts.nothing_deleted : texts.nothing);
  const more = data.more ? el("p", { class: "gm-annotated-more" }, el("a", { class: "gm-button", href: addressWith({ show: data.more }), "data-go": true }, texts.more)) : null;
  return [filters(data), head(data), data.found ? groupsOf(data, act) : none, more, gone];
}

function draw(view) {
  const { data, root, act } = view;
  const kept = document.activeElement?.closest?.("[data-kept]")?.dataset.kept;
  view.list.replaceChildren(...list(data, act).flat(Infinity).filter(Boolean));
  view.title.textContent = data.texts.title;
  view.carrying.show(data);
  if (kept) [...root.querySelectorAll("[data-kept]")].find((each) => each.dataset.kept === kept)?.focus({ preventScroll: true });
}

function made(root, setTriggerValue) {
  const view = { root, data: null, said: null, list: el("div", { class: "gm-annotated-list" }), title: el("h1", {}) };
  view.act = (name, value) => setTriggerValue(name, value);
  view.carrying = carrying(() => view.act("imported", Date.now()));
  root.replaceChildren(el("main", { class: "gm-annotated-page", tabindex: "-1" }, view.title, view.list, view.carrying.place));
  view.end = shortcuts({ KeyJ: () => walk(root, 1), KeyK: () => walk(root, -1) });
  return view;
}

export default function annotated({ parentElement, data, setTriggerValue }) {
  const root = rootOf(parentElement);
  let view = views.get(root);
  if (!view) views.set(root, (view = made(root, setTriggerValue)));
  const before = view.data?.said?.id;
  const first = view.data === null;
  view.data = data;
  draw(view);
  if (!first && data.said && data.said.id !== before) say(data.said.text, { wrong: data.said.kind === "error" });
  return () => {
    view.end();
    views.delete(root);
  };
}
