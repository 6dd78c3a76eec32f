// One release: its facts, which can be edited in place; taking it back, after a question, and bringing it back.
import { el } from "../shared/dom.js";
import { coverage } from "./coverage.js";
import { fill } from "./wording.js";

const FACTS = ["agency", "requester", "request_number", "requested", "due", "received", "legal_basis", "notice"];
const EDITED = ["name", "agency", "requester", "request_number", "requested", "due", "legal_basis"];
const DATES = new Set(["requested", "due"]);
const search = (query) => `/?q=${encodeURIComponent(query)}`;

/** Draw a release; `act(name, value)` does what is asked: edit_release, withdraw, bring_back. */
export function releaseOf(release, texts, number, act) {
  const gone = release.withdrawn > 0 && release.coverage.documents === 0;
  const place = el("div", { class: "gm-releases-acting" });
  const node = el(
    "article",
    { class: "gm-releases-one", "data-release": release.id },
    el("h3", { tabindex: "-1" }, release.name),
    gone ? withdrawn(release, texts, number, act) : links(release, texts, number, place, act),
    place,
    el("dl", {}, facts(release, texts)),
    gone ? null : coverage(release.coverage, fill(texts.coverage_of, { name: release.name }), texts, number),
  );
  return node;
}

function facts(release, texts) {
  const known = FACTS.filter((name) => release[name]?.length);
  return known.map((name) =>
    el(
      "div",
      { class: name === "notice" ? "gm-releases-wide" : null },
      el("dt", {}, texts[name]),
      el("dd", {}, [release[name]].flat().join(", "), name === "received" && release.late ? ` (${texts.late})` : ""),
    ),
  );
}

function links(release, texts, number, place, act) {
  const { documents, total } = release.coverage;
  const opens = (text, made) => {
    const button = el("button", { type: "button", "aria-expanded": "false" }, text);
    button.addEventListener("click", () => toggle(place, button, made));
    return button;
  };
  return el(
    "p",
    { class: "gm-releases-line" },
    el("span", { class: "gm-quiet" }, fill(texts.counted, { files: number(documents), pages: number(total) })),
    el("a", { href: search(release.query), "data-go": true }, texts.search_within),
    el("a", { href: `/releases?release=${encodeURIComponent(release.id)}#files`, "data-go": true }, texts.its_files),
    el(
      "span",
      { class: "gm-releases-acts" },
      opens(texts.edit_release, (close) => form(release, texts, act, close)),
      documents > 0 && opens(texts.withdraw, (close) => question(release, texts, number, act, close)),
    ),
  );
}

/** Open what a button is for, or close it; one of them is open at a time. */
function toggle(place, button, made) {
  const open = button.getAttribute("aria-expanded") === "true";
  for (const each of place.parentElement.querySelectorAll(".gm-releases-acts button")) each.setAttribute("aria-expanded", "false");
  place.replaceChildren();
  if (open) return;
  button.setAttribute("aria-expanded", "true");
  const close = () => {
    toggle(place, button, made);
    button.focus();
  };
  const node = made(close);
  node.addEventListener("keydown", (event) => event.key === "Escape" && !event.isComposing && close());
  place.replaceChildren(node);
  node.querySelector("[data-first]").focus();
}

function form(release, texts, act, close) {
  const fields = EDITED.map((name, at) => {
    const input = el("input", { name, value: release[name] ?? "", maxlength: 500, autocomplete: "off", required: name === "name", "data-first": at === 0 });
    return el("div", { class: "gm-releases-field" }, el("label", {}, texts[name], input), DATES.has(name) && el("span", { class: "gm-quiet" }, texts.date_hint));
  });
  const submitted = (event) => {
    event.preventDefault();
    const given = new FormData(event.target);
    const pairs = EDITED.map((name) => [name, [release[name] ?? "", given.get(name)]]);
    act("edit_release", { release: release.id, changes: Object.fromEntries(pairs.filter(([, [was, now]]) => was !== now)) });
  };
  return el(
    "form",
    { class: "gm-releases-facts gm-releases-editing", onsubmit: submitted },
    el("div", { class: "gm-releases-fields" }, fields),
    el("p", { class: "gm-releases-line" }, el("button", { type: "submit", class: "gm-releases-main" }, texts.save), el("button", { type: "button", onclick: close }, texts.close)),
    el("p", { class: "gm-quiet" }, texts.edit_release_hint),
  );
}

function question(release, texts, number, act, close) {
  const yes = el("button", { type: "button", class: "gm-releases-main", onclick: () => act("withdraw", { release: release.id }) }, texts.withdraw_yes);
  return el(
    "div",
    { class: "gm-releases-question gm-releases-editing", role: "alertdialog", "aria-label": texts.withdraw },
    el("p", {}, fill(texts.withdraw_sure, { name: release.name, n: number(release.coverage.documents) })),
    el("p", { class: "gm-releases-line" }, yes, el("button", { type: "button", "data-first": true, onclick: close }, texts.cancel_act)),
  );
}

function withdrawn(release, texts, number, act) {
  return el(
    "p",
    { class: "gm-releases-line" },
    el("span", {}, fill(texts.is_withdrawn, { n: number(release.withdrawn) })),
    el("button", { type: "button", "data-undo": true, onclick: () => act("bring_back", { release: release.id }) }, texts.bring_back),
  );
}
