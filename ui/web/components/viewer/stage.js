// The frame of the parts: head, bar, thumbnails, the stage on which the paper lies, margin and drawer.
import { el } from "../shared/dom.js";

/** Make all of it: {root, head(), stage, paper, notes, list, undo, live}. */
export function makeStage(view) {
  const title = el("h1", {});
  const under = el("p", { class: "gm-quiet" });
  const warning = el("p", { class: "gm-viewer-warning", hidden: true });
  const paper = el("div", { class: "gm-viewer-paper" });
  const live = el("div", { class: "gm-hidden", role: "status", "aria-live": "polite" });
  const undo = el("div", { class: "gm-viewer-undo", role: "status" });
  const desk = el("div", { class: "gm-viewer-desk" }, paper, view.tools.node, view.notes.node);
  const stage = el(
    "div",
    { class: "gm-viewer-stage", tabindex: "0", role: "region", "aria-label": view.texts.stage },
    desk,
  );
  const body = el("div", { class: "gm-viewer-body" }, view.thumbs.node, stage, view.facts.node);
  const root = el(
    "main",
    { tabindex: "-1", class: "gm-viewer" },
    el("header", { class: "gm-viewer-head" }, title, under),
    view.bar.node,
    warning,
    body,
    undo,
    live,
  );
  const head = () => {
    const { document, page } = view.data;
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
    const told = [...(document.notices ?? []), view.doubtOf(page)].filter(Boolean);
    warning.hidden = told.length === 0;
    warning.textContent = told.join(" · ");
  };
  return { root, head, stage, desk, body, paper, notes: view.notes.node, list: view.notes.list, undo, live };
}
