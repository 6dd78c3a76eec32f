// The original of a paper with withheld text: as it came, covered words and all. It is given after a question.
import { el } from "../shared/dom.js";
import { icon } from "./icons.js";

/** Make the button and the question it opens: {node, update()}. */
export function originalMenu(view) {
  const { texts } = view;
  const id = "gm-viewer-original";
  const given = el("a", { download: true, class: "gm-button gm-viewer-main", onclick: () => open(false) }, texts.download_anyway);
  const cancel = el("button", { type: "button", onclick: () => open(false) }, texts.cancel);
  const panel = el(
    "div",
    { class: "gm-viewer-menu gm-viewer-original", role: "alertdialog", "aria-label": texts.download, "aria-describedby": id, hidden: true },
    el("p", { id }, texts.download_withheld),
    el("div", { class: "gm-viewer-row" }, given, cancel),
  );
  const title = `${texts.download}: ${texts.has_withheld_text}`;
  const button = el(
    "button",
    { type: "button", class: "gm-viewer-tool gm-viewer-guarded", title, "aria-label": title, "aria-expanded": "false", onclick: () => open(panel.hidden) },
    icon("download"),
    el("span", { "aria-hidden": "true" }, "!"),
  );
  const node = el("span", { class: "gm-viewer-menuplace", hidden: true }, button, panel);
  function open(yes) {
    panel.hidden = !yes;
    button.setAttribute("aria-expanded", String(yes));
    if (yes) cancel.focus();
    else if (node.contains(document.activeElement)) button.focus();
  }
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    open(false);
  });
  node.addEventListener("focusout", (event) => event.relatedTarget && !node.contains(event.relatedTarget) && open(false));
  const update = () => {
    const { original, withheld } = view.data.document;
    node.hidden = !(original && withheld);
    given.href = original ?? "#";
    if (node.hidden) panel.hidden = true;
  };
  const outside = (event) => !panel.hidden && !node.contains(event.target) && open(false);
  return { node, update, outside };
}
