// The reader: a page of a paper, its words, marks and notes. This file builds the parts and keeps them up to date.
import { el, fill, rootOf } from "../shared/dom.js";
import { shortcuts } from "../shared/keys.js";
import { addressWith } from "../shared/navigate.js";
import { say } from "../shared/saying.js";
import { keysOf, makeActs, showLayers, zoomByWheel } from "./acts.js";
import { chosen } from "./choices.js";
import { cleanCopies } from "./copied.js";
import { makeFacts } from "./facts.js";
import { unpaged } from "./held.js";
import { LAYERS } from "./layers.js";
import { drawNotes, makeNotes } from "./notes.js";
import { showPage } from "./paper.js";
import { makeStage } from "./stage.js";
import { makeTables } from "./tables.js";
import { makeThumbnails } from "./thumbnails.js";
import { makeToolbar } from "./toolbar.js";
import { makeTools, redrawTools } from "./tools.js";
import { equip } from "./view.js";
import { hitAsked } from "./walking.js";
import { answered } from "./writing.js";

const views = new WeakMap();

export default function viewer({ parentElement, data, setTriggerValue }) {
  const known = views.get(parentElement);
  if (data.error || !data.document) {
    known?.close();
    views.delete(parentElement);
    showError(rootOf(parentElement), data);
    return () => {};
  }
  const view = known ?? built(rootOf(parentElement), data);
  views.set(parentElement, view);
  view.trigger = setTriggerValue;
  update(view, data);
  return view.close;
}

function showError(root, data) {
  const { error, texts = {} } = data;
  const back = el(
    "a",
    { href: addressWith({ doc: null, page: null, at: null, annotation: null, hit: null }, "/"), "data-go": true },
    texts.back_to_search,
  );
  root.replaceChildren(
    el(
      "main",
      { tabindex: "-1", class: "gm-viewer gm-viewer-none" },
      data.unpaged ? unpaged(texts, data) : [el("h1", {}, texts.not_shown), el("p", { role: "alert" }, error)],
      el("p", {}, back),
    ),
  );
}

function built(place, data) {
  const view = {
    data,
    texts: data.texts,
    language: data.language,
    zoom: chosen("zoom", "width"),
    turn: 0,
    paper: chosen("paper", "true"),
    wantsText: false,
    mode: "paper",
    layersOn: { ...LAYERS, ...chosen("layers", {}) },
    open: { thumbnails: false, notes: true, facts: false },
    sheet: null,
    text: null,
    waiting: null,
    span: null,
    reading: 0,
    active: null,
    hit: -1,
    cards: {},
    forms: new Map(),
    sent: null,
    outbox: [],
    finding: false,
    said: data.said?.id ?? null,
    shown: null,
  };
  equip(view);
  view.acts = makeActs(view);
  view.bar = makeToolbar(view);
  view.thumbs = makeThumbnails(view);
  view.notes = makeNotes(view);
  view.facts = makeFacts(view);
  view.tools = makeTools(view);
  view.nodes = makeStage(view);
  view.tables = makeTables(view);
  place.replaceChildren(view.nodes.root);
  view.fit();
  view.nodes.notes.hidden = !view.open.notes; // before the first picture is asked for: its width hangs on it
  view.nodes.root.dataset.paper = view.paper;
  showLayers(view);
  zoomByWheel(view);
  const ends = [shortcuts(keysOf(view)), cleanCopies(view), view.listen()];
  view.close = () => {
    ends.forEach((end) => end());
    views.delete(place.parentElement);
  };
  return view;
}

function update(view, data) {
  const before = view.shown;
  const fresh = !before || before.document.id !== data.document.id || before.page.number !== data.page.number;
  view.data = data;
  view.shown = data;
  const hits = data.hits?.here ?? [];
  const askedAgain = fresh || before.hits?.query !== data.hits?.query || String(before.at) !== String(data.at);
  if (askedAgain) view.hit = hitAsked(hits, data.at, new URLSearchParams(location.search).get("hit"));
  if (fresh) view.leavePage();
  view.tables.update();
  view.nodes.head();
  document.title = fill(view.texts.window, { title: data.document.title, page: view.pageWords(data.page) });
  showPage(view, fresh);
  if (!view.waiting && !fresh) drawNotes(view);
  if (!before) view.opened();
  else view.refresh();
  if (data.said && data.said.id !== view.said) {
    view.said = data.said.id;
    answered(view, data.said);
  }
  if (before && String(before.colours) !== String(data.colours)) redrawTools(view);
  if (!fresh && askedAgain && !view.waiting) view.showAsked();
  if (view.finding && askedAgain) view.foundFirst(hits);
  if (fresh && data.page.state && data.page.text === "") say(view.emptyReason(data.page));
}
