// What a reader can do, by button or by key: turn pages, zoom, walk through hits, open and close parts.
import { navigate, readdress } from "../shared/navigate.js";
import { choose, chosen } from "./choices.js";
import { copySelected } from "./copied.js";
import { factor, redraw, relayout, reveal, showPage } from "./paper.js";
import { highlight } from "./tools.js";
import { nextHit } from "./walking.js";
import { stepped, wheeled } from "./zoom.js";

/** Everything a reader can do, as functions. */
export function makeActs(view) {
  const acts = {
    flip: (way) => acts.goTo(numberAsked(view) + way),
    goTo: (page) => {
      const last = view.data.document.pages ?? page;
      if (page >= 1 && page <= last) navigate(view.address({ page }));
    },
    hit: (way, replace = false) => walk(view, way, replace),
    zoom: (way) => acts.zoomTo(stepped(factor(view), way)),
    zoomTo: (zoom) => {
      view.zoom = zoom;
      choose("zoom", zoom);
      acts.laidOut();
    },
    rotate: () => {
      view.turn = (view.turn + 90) % 360;
      acts.laidOut();
    },
    laidOut: () => {
      relayout(view);
      view.bar.update();
      view.notesChanged();
    },
    text: () => {
      if (!view.data.page.picture) return;
      view.wantsText = !view.wantsText;
      view.clearSelection();
      showPage(view, true);
      view.bar.update();
      view.notesChanged();
      view.focusPaper();
    },
    layersChanged: () => {
      showLayers(view);
      redraw(view);
    },
    paper: (name) => {
      view.paper = name;
      choose("paper", name);
      view.nodes.root.dataset.paper = name;
    },
    thumbnails: () => {
      view.open.thumbnails = !view.open.thumbnails;
      if (view.wide) choose("thumbnails", view.open.thumbnails);
      view.opened();
    },
    facts: () => {
      view.open.facts = !view.open.facts;
      view.opened();
      if (view.open.facts) view.facts.focus();
      else view.bar.facts.focus();
    },
    notes: () => {
      view.open.notes = !view.open.notes;
      if (view.wide) choose("notes", view.open.notes);
      view.opened();
    },
  };
  return acts;
}

/** Show the layers that are switched on. */
export function showLayers(view) {
  for (const [name, on] of Object.entries(view.layersOn)) view.nodes.root.classList.toggle(`gm-no-${name}`, !on);
}

/** The page that the address asks for, which may be ahead of what is shown. */
function numberAsked(view) {
  const asked = Number(new URLSearchParams(location.search).get("page"));
  return Number.isInteger(asked) && asked > 0 ? asked : view.data.page.number;
}

function walk(view, way, replace) {
  const { hits, page } = view.data;
  if (!hits?.total) {
    view.bar.query.focus();
    return;
  }
  const next = nextHit(hits.here, hits.pages, page.number, view.hit, way);
  if (!next) return;
  if ("page" in next) {
    navigate(view.address({ page: next.page, hit: next.hit }), { replace });
    return;
  }
  view.hit = next.index;
  // the choice belongs to the address, but nothing has to be fetched for it
  readdress(view.address({ page: page.number, hit: String(next.index + 1) }));
  const [start, end] = hits.here[next.index];
  view.data = { ...view.data, at: null };
  redraw(view);
  view.bar.update();
  reveal(view, { start, end });
}

/** The keys of the reader. */
export function keysOf(view) {
  const { acts } = view;
  const bigger = () => acts.zoom(1);
  const smaller = () => acts.zoom(-1);
  const fit = () => acts.zoomTo("width");
  const forward = () => acts.flip(1);
  const back = () => acts.flip(-1);
  const typing = (field) => () => {
    field.focus();
    field.select();
  };
  return {
    KeyJ: forward,
    ArrowRight: forward,
    PageDown: forward,
    KeyK: back,
    ArrowLeft: back,
    PageUp: back,
    KeyN: () => acts.hit(1),
    KeyP: () => acts.hit(-1),
    KeyH: () => highlight(view, chosen("colour", "yellow")),
    KeyM: () => view.write("note"),
    KeyT: () => view.write("tags"),
    KeyE: view.correct,
    KeyV: view.tick,
    KeyY: () => copySelected(view, "quotation"),
    "Shift+KeyY": () => copySelected(view, "citation"),
    KeyG: typing(view.bar.page),
    KeyF: typing(view.bar.query),
    Equal: bigger,
    "Shift+Equal": bigger,
    NumpadAdd: bigger,
    Minus: smaller,
    NumpadSubtract: smaller,
    Digit0: fit,
    Numpad0: fit,
    KeyO: acts.thumbnails,
    KeyI: acts.facts,
    KeyX: acts.text,
    KeyL: () => view.bar.menu.toggle(),
    "Shift+KeyT": () => view.tables.next(),
    Escape: () => escape(view),
  };
}

function escape(view) {
  if (view.span) view.clearSelection();
  else if (view.open.facts) view.acts.facts();
  else if (!view.wide && (view.open.notes || view.open.thumbnails)) {
    Object.assign(view.open, { notes: false, thumbnails: false });
    view.opened();
  } else return false;
  return true;
}

/** Zoom with Ctrl and the wheel, as browsers do. */
export function zoomByWheel(view) {
  view.nodes.stage.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey || view.mode !== "paper") return;
      event.preventDefault();
      view.zoom = wheeled(factor(view), event.deltaY);
      view.acts.laidOut();
    },
    { passive: false },
  );
}
