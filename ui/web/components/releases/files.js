// The table of files: state, reason and what to do, pages, size; its filter and pages; editing in place.
import { el } from "../shared/dom.js";
import { addressWith } from "../shared/navigate.js";
import { size } from "./arithmetic.js";
import { fill } from "./wording.js";

const to = (changes) => `${addressWith(changes)}#files`;

/** Draw the section; `act(name, value)` does what is asked: edit {document, title, date, agency}, discard {document}. */
export function files(data, texts, number, act) {
  const { files: list } = data;
  if (data.coverage.documents === 0) return [];
  const release = data.releases.find((each) => each.id === list.release);
  return [
    el("h2", { tabindex: "-1" }, release ? fill(texts.of_release, { name: release.name }) : texts.files_head),
    release && el("p", {}, el("a", { href: to({ release: null, page: null }), "data-go": true }, texts.all_releases)),
    list.only && narrowed(list, texts, number),
    filter(list, texts, number),
    list.rows.length ? table(list.rows, data, number, act) : el("p", {}, texts.no_files),
    list.pages > 1 && pager(list, texts, number),
  ];
}

// What the overview's bars ask for: files by a reason, or by how pages of theirs came out.
function narrowed(list, texts, number) {
  const { reason, pages, why, basis, confidence, undated, met } = list.only;
  const said = [
    reason && reason !== "none" && fill(texts.only_reason, { value: texts[`reason_${reason}`] }),
    pages && fill(texts.only_pages, { value: [texts[pages], why && why !== "none" && texts[`reason_${why}`]].filter(Boolean).join(": ") }),
    basis && fill(texts.only_basis, { value: texts[`basis_${basis}`] }),
    undated && texts.undated,
    confidence !== null && fill(texts.only_confidence, { from: confidence, to: confidence + 10 }),
  ].filter(Boolean);
  if (!said.length) return null;
  const counts = met === null ? fill(texts.files, { n: number(list.total) }) : fill(texts.counted, { files: number(list.total), pages: number(met) });
  const all = to({ reason: null, pages: null, why: null, basis: null, confidence: null, dated: null, page: null });
  return el(
    "p",
    { class: "gm-releases-line gm-releases-only" },
    el("strong", {}, said.join(" · ")),
    el("span", {}, counts),
    el("a", { href: all, "data-go": true }, texts.only_all),
  );
}

function filter(list, texts, number) {
  const all = list.counts.reduce((sum, { count }) => sum + count, 0);
  const link = (name, count, states, current) =>
    el(
      "li",
      {},
      el("a", { href: to({ state: states, page: null }), "data-go": true, "aria-current": current ? "true" : null }, name, " ", el("span", { class: "gm-releases-count" }, number(count))),
    );
  const links = list.counts
    .filter(({ state, count }) => count > 0 || list.states.includes(state))
    .map(({ state, count }) => link(texts[state], count, state, list.states.includes(state)));
  return el("nav", { "aria-label": texts.filter }, el("ul", { class: "gm-releases-filter" }, link(texts.all_states, all, null, list.states.length === 0), links));
}

function table(rows, data, number, act) {
  const { texts } = data;
  const heads = [texts.file, texts.state, texts.page_count, texts.size, texts.date];
  const hidden = el("th", { scope: "col" }, el("span", { class: "gm-hidden" }, texts.edit));
  const head = el("tr", {}, heads.map((each, at) => el("th", { scope: "col", class: at === 2 || at === 3 ? "gm-releases-number" : null }, each)), hidden);
  return el("table", { class: "gm-releases-files" }, el("thead", {}, head), el("tbody", {}, rows.map((file) => row(file, data, number, act))));
}

function row(file, data, number, act) {
  const { texts, language } = data;
  const title = file.readable ? el("a", { href: `/reader?doc=${file.id}&page=${file.meant?.first ?? 1}`, "data-go": true }, file.title) : file.title;
  const button = el("button", { type: "button", "aria-expanded": "false", "aria-label": `${texts.edit}: ${file.title}` }, texts.edit);
  const made = el(
    "tr",
    {},
    el("td", { class: file.depth ? "gm-releases-inside" : null, style: file.depth ? `--gm-depth:${file.depth}` : null }, title, file.meant && el("div", {}, file.meant.said), file.names.map((name) => el("div", { class: "gm-quiet" }, name))),
    el("td", {}, state(file, texts)),
    el("td", { class: "gm-releases-number" }, file.pages === null ? texts.unknown_pages : number(file.pages)),
    el("td", { class: "gm-releases-number" }, size(file.size, language)),
    el("td", {}, file.date ?? texts.undated),
    el("td", {}, button),
  );
  button.addEventListener("click", () => toggle(made, button, file, texts, act));
  return made;
}

function state(file, texts) {
  const why = file.reasons.map((reason) => {
    const pages = file.short[reason];
    const said = texts[`reason_${reason}`];
    return el("div", { class: "gm-quiet" }, pages ? fill(texts.on_pages, { pages: pages.said, reason: said }) : said, ". ", texts[`advice_${reason}`]);
  });
  return [el("span", { class: `gm-releases-swatch gm-is-${file.state}`, "aria-hidden": "true" }), texts[file.state], why];
}

function toggle(above, button, file, texts, act) {
  const open = above.nextElementSibling?.classList.contains("gm-releases-editing") ? above.nextElementSibling : null;
  button.setAttribute("aria-expanded", String(!open));
  if (open) {
    open.remove();
    return;
  }
  const field = (name, label, value) => el("label", {}, label, el("input", { name, value: value ?? "", maxlength: 500, autocomplete: "off" }));
  const close = () => {
    toggle(above, button, file, texts, act);
    button.focus();
  };
  const form = el(
    "form",
    { onsubmit: (event) => submitted(event, file, (value) => act("edit", value)) },
    field("title", texts.edit_title, file.title),
    field("date", texts.date, file.date),
    field("agency", texts.agency, file.agency),
    el("button", { type: "submit", class: "gm-releases-main" }, texts.save),
    el("button", { type: "button", onclick: close }, texts.close),
    el("button", { type: "button", class: "gm-releases-discard", onclick: () => act("discard", { document: file.id }) }, texts.discard),
    el("p", { class: "gm-quiet" }, texts.edit_hint),
  );
  above.after(el("tr", { class: "gm-releases-editing" }, el("td", { colspan: 6 }, form)));
  form.elements.title.focus();
}

function submitted(event, file, save) {
  event.preventDefault();
  save({ document: file.id, ...Object.fromEntries(new FormData(event.target)) });
}

function pager(list, texts, number) {
  const link = (page, name) => (page >= 1 && page <= list.pages ? el("a", { href: to({ page }), "data-go": true }, name) : el("span", { class: "gm-quiet" }, name));
  const here = el("span", {}, fill(texts.page_of, { n: number(list.page), all: number(list.pages) }));
  return el("nav", { class: "gm-releases-pager", "aria-label": texts.pager }, link(list.page - 1, texts.previous), here, link(list.page + 1, texts.next));
}
