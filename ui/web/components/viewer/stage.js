// The frame of the parts: head, bar, thumbnails, the stage on which the paper lies, margin and drawer.
import { el } from "../shared/dom.js";
import { resultsOf } from "./asking.js";
import { parentLinks } from "./held.js";
import { makeStanding } from "./standing.js";

/** Make all of it: {root, head(), stage, paper, notes, list, undo, live}. */
export function makeStage(view) {
  const back = el("a", { class: "gm-viewer-back", "data-go": true, hidden: true }, `← ${view.texts.results}`);
  const title = el("h1", {});
  const under = el("p", { class: "gm-quiet" });
  const warning = el("p", { class: "gm-viewer-warning", hidden: true });
  const standing = makeStanding(view);
  const paper = el("div", { class: "gm-viewer-paper" });
  const live = el("div", { class: "gm-hidden", role: "status", "aria-live": "polite" });
  const undo = el("div", { class: "gm-viewer-undo", role: "status" });
  const desk = el("div", { class: "gm-viewer-desk" }, paper, view.tools.node, view.notes.node);
  const stage = el(
    "div",
    { class: "gm-viewer-stage", tabindex: "0", role: "region", "aria-label": view.texts.stage },
    el("p", { class: "gm-viewer-drawing", "aria-hidden": "true" }, el("span", {}, view.texts.drawing)),
    desk,
  );
  const body = el("div", { class: "gm-viewer-body" }, view.thumbs.node, stage, view.facts.node);
  const root = el(
    "main",
    { tabindex: "-1", class: "gm-viewer" },
    el("header", { class: "gm-viewer-head" }, back, title, under),
    view.bar.node,
    warning,
    standing.node,
    body,
    undo,
    live,
  );
  const head = () => {
    const { document, page } = view.data;
    const results = resultsOf(location.search);
    back.hidden = results === null;
    back.href = results ?? "/";
    title.textContent = document.title;
    title.title = document.title;
    under.textContent = [
      document.agencies?.join(", "),
      document.date,
      document.releases?.join(", "),
      view.basisOf(page),
    ]
      .filter(Boolean)
      .join(" · ");
    under.title = under.textContent;
    under.append(...parentLinks(view.texts, document.occurrences).flatMap((link) => [" · ", ...link]));
    const told = [...(document.notices ?? []), view.doubtOf(page)].filter(Boolean);
    warning.hidden = told.length === 0;
    warning.textContent = told.join(" · ");
    standing.update();
  };
  return { root, head, stage, desk, body, paper, notes: view.notes.node, list: view.notes.list, undo, live };
}
