// What the parts of the reader ask of each other: the one object they share.
import { fill } from "../shared/dom.js";
import { addressWith } from "../shared/navigate.js";
import { say } from "../shared/saying.js";
import { boxesIn, factor, redraw, reveal } from "./paper.js";
import { drawSelection } from "./layers.js";
import { doubtsIn } from "./cutting.js";
import { inside, rectangles } from "./rectangles.js";
import { passage, whenStill } from "./passages.js";
import { drawNotes, placeNotes } from "./notes.js";
import { author, chosen } from "./choices.js";
import { correcting } from "./correcting.js";
import { describing } from "./describing.js";
import { doubtWords } from "./doubts.js";
import { pointOn } from "./sheet.js";
import { selectedIn } from "./selecting.js";
import { showTools } from "./tools.js";
import { remove, reopenDrafts, send, writeEdit, writeNew, writeReply } from "./writing.js";

const WIDE = 1000; // pixels from which there is room for thumbnails and margin beside the paper
const LEAST_HEIGHT = 500;
const WORDS_SAID = 60;

/** Give the view its methods. */
export function equip(view) {
  view.t = (name, values) => fill(view.texts[name] ?? name, values);
  view.say = (text, wrong) => say(text, { wrong });
  view.factor = () => factor(view);
  // of this paper, with the query kept and what belongs to one page left out
  view.address = (changes) =>
    addressWith({ doc: view.data.document.id, at: null, hit: null, annotation: null, ...changes });
  view.colours = () => view.data.colours.map(([key, name]) => [key, name || view.texts[`colour_${key}`] || key]);
  describing(view);
  selecting(view);
  annotating(view);
  correcting(view);
  fitting(view);
}

function selecting(view) {
  const surface = () =>
    view.text ? view.text : view.waiting ? null : view.sheet && { node: view.sheet.words, points: view.sheet.points };
  const writing = () =>
    document.activeElement?.matches("input, textarea, select") || view.tools.node.contains(document.activeElement);
  // what is selected, else what is outlined: a hit or the passage that the address asks for
  view.chosenSpan = () => {
    const outlined = view.data.hits?.here?.[view.hit] ?? view.data.at;
    return view.span ?? (outlined ? { start: outlined[0], end: outlined[1] } : null);
  };
  view.textOf = ({ start, end }) => (surface()?.points ?? []).slice(start, end).join("");
  view.passageAddress = () => view.data.passage;
  view.selectionIsOurs = () => {
    const place = surface();
    return Boolean(place && !writing() && selectedIn(place.node, place.points));
  };
  const changed = () => {
    const place = surface();
    if (!place || writing()) return;
    const span = selectedIn(place.node, place.points);
    if (String(span?.start) === String(view.span?.start) && String(span?.end) === String(view.span?.end)) return;
    view.span = span;
    view.reading = 0;
    if (view.sheet) drawSelection(view.sheet.layers, view.sheet.lines, span);
    if (!span) showTools(view, null);
    whenStill(still);
  };
  const still = () => {
    const { span, data } = view;
    if (!span) return;
    passage(data.passage, span, view.texts.passage_failed);
    if (view.sheet?.mouse.dragging()) whenStill(still);
    else view.placeTools(true);
    const selected = fill(view.texts.selected_n, {
      n: span.end - span.start,
      text: view.textOf(span).slice(0, WORDS_SAID),
    });
    const doubt = view.layersOn.uncertain ? doubtWords(view.texts, doubtsIn(data.page.uncertain, span)) : "";
    view.nodes.live.textContent = [selected, doubt].filter(Boolean).join(" · ");
  };
  view.placeTools = (show = false) => {
    if (!view.span || (!show && view.tools.node.hidden)) return;
    const boxes = boxesIn(view, view.span);
    if (!boxes.length) return;
    const top = Math.min(...boxes.map(({ y }) => y));
    showTools(view, { ...boxes.at(-1), top });
  };
  view.clearSelection = () => {
    document.getSelection().removeAllRanges();
    view.span = null;
    if (view.sheet) drawSelection(view.sheet.layers, view.sheet.lines, null);
    showTools(view, null);
  };
  view.clicked = (sheet, event) => {
    const { x, y } = pointOn(sheet, event.clientX, event.clientY);
    const hit = view.data.annotations.findLast(
      ({ start, end }) => start !== null && rectangles(sheet.lines, { start, end }).some((box) => inside(box, x, y, 1)),
    );
    view.activate(hit?.id ?? null, hit ? "card" : null);
  };
  view.listenToSelection = () => {
    document.addEventListener("selectionchange", changed);
    return () => document.removeEventListener("selectionchange", changed);
  };
  view.focusPaper = () => (surface()?.node ?? view.nodes.stage).focus({ preventScroll: true });
}

function annotating(view) {
  view.send = (name, value, key) => send(view, name, value, key);
  view.annotate = (value, key) => {
    showTools(view, null);
    view.send("annotate", { fingerprint: view.data.page.fingerprint, ...value }, key);
  };
  view.annotated = (annotation) => {
    view.clearSelection();
    if (annotation?.id in view.cards) view.activate(annotation.id, null);
  };
  view.write = (field) => {
    const span = view.chosenSpan();
    if (!span) {
      view.say(view.texts.select_first, true);
      return;
    }
    showTools(view, null);
    view.open.notes = true;
    view.opened();
    writeNew(view, span, field);
  };
  view.edit = (annotation, isReply) => writeEdit(view, annotation, isReply);
  view.reply = (annotation) => writeReply(view, annotation);
  view.remove = (annotation) => remove(view, annotation);
  view.nameColours = (named) => {
    for (const [colour, name] of named) view.send("name_colour", { colour, name, author: author() }, null);
  };
  view.touch = (id) => {
    for (const mark of view.nodes.paper.querySelectorAll("[data-annotation]"))
      mark.classList.toggle("gm-touched", mark.dataset.annotation === id);
  };
  view.activate = (id, focus) => {
    if (view.active !== id) {
      view.active = id;
      redraw(view);
      placeNotes(view);
    }
    const card = view.cards[id];
    if (!card) return;
    if (focus === "card") {
      view.open.notes = true;
      view.opened();
      card.node.focus({ preventScroll: true });
      card.node.scrollIntoView({ block: "nearest" });
    } else if (focus === "mark" && card.annotation.start !== null) reveal(view, card.annotation);
  };
  view.notesChanged = () => {
    placeNotes(view);
    view.placeTools();
  };
}

function fitting(view) {
  view.leavePage = () => {
    for (const { node } of view.forms.values()) node.remove();
    view.forms.clear();
    view.clearSelection();
    for (const { node } of Object.values(view.cards)) node.remove();
    view.cards = {};
    view.active = null;
    view.turn = 0;
  };
  // called when the page asked for stands on the stage: only then come the notes that belong to it
  view.arrived = () => {
    drawNotes(view);
    reopenDrafts(view);
    view.refresh();
    view.showAsked();
  };
  // what was looked for may stand on other pages only: go there
  view.foundFirst = (hits) => {
    view.finding = false;
    if (!hits.length && view.data.hits?.total) view.acts.hit(1, true);
  };
  view.showAsked = () => {
    const { data } = view;
    const asked = data.at ?? data.hits?.here?.[view.hit];
    if (asked) passage(data.passage, { start: asked[0], end: asked[1] }, view.texts.passage_failed);
    if (data.annotation && data.annotation in view.cards) {
      view.activate(data.annotation, "mark");
    } else if (asked) reveal(view, { start: asked[0], end: asked[1] });
  };
  // bring everything but the paper up to date
  view.refresh = () => {
    view.thumbs.update();
    view.facts.update();
    view.bar.update();
    view.notesChanged();
  };
  // called when a part was opened or closed, or the window changed: the paper gets another room
  view.opened = () => {
    view.nodes.notes.hidden = !view.open.notes;
    view.refresh();
    view.acts.laidOut();
  };
  view.fit = () => {
    const { root } = view.nodes;
    const wide = root.clientWidth >= WIDE;
    if (wide !== view.wide) {
      view.wide = wide;
      view.open.thumbnails = wide && chosen("thumbnails", true);
      view.open.notes = wide && chosen("notes", true);
    }
    root.dataset.size = wide ? "wide" : "narrow";
    root.dataset.dark = String(isDark(root));
    const top = root.getBoundingClientRect().top + (root.closest("[data-testid=stMain]")?.scrollTop ?? window.scrollY);
    root.style.height = `${Math.max(LEAST_HEIGHT, window.innerHeight - top - 8)}px`;
  };
  view.listen = () => {
    const again = () => {
      view.fit();
      if (view.shown) view.opened();
    };
    const seen = new ResizeObserver(again);
    seen.observe(view.nodes.root.parentElement);
    window.addEventListener("resize", again);
    const outside = (event) => [view.bar.menu, view.bar.original].forEach((menu) => menu.outside(event));
    document.addEventListener("pointerdown", outside);
    const ends = [view.listenToSelection()];
    return () => {
      seen.disconnect();
      window.removeEventListener("resize", again);
      document.removeEventListener("pointerdown", outside);
      ends.forEach((end) => end());
    };
  };
}

function isDark(node) {
  const numbers = getComputedStyle(node)
    .color.match(/[\d.]+/g)
    ?.map(Number) ?? [0, 0, 0];
  return (numbers[0] + numbers[1] + numbers[2]) / 3 > 128;
}
