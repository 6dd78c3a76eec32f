// Which layers lie on the paper, and in the dark, how the paper looks.
import { el } from "../shared/dom.js";
import { choose } from "./choices.js";
import { icon } from "./icons.js";
import { LAYERS } from "./layers.js";

const PAPERS = ["true", "dim", "invert"];

/** Make the menu and its button: {node, update(), toggle()}. */
export function layersMenu(view) {
  const { texts } = view;
  const boxes = Object.keys(LAYERS).map((name) => {
    const input = el("input", {
      type: "checkbox",
      onchange: () => {
        view.layersOn[name] = input.checked;
        choose("layers", view.layersOn);
        view.acts.layersChanged();
      },
    });
    return { name, input };
  });
  const papers = PAPERS.map((name) => {
    const input = el("input", {
      type: "radio",
      name: "gm-viewer-paper",
      value: name,
      onchange: () => view.acts.paper(name),
    });
    return { name, input };
  });
  const panel = el(
    "div",
    // a press on a name gives the focus to the menu, not to what is around it: that would close it before the click
    { class: "gm-viewer-menu", role: "group", "aria-label": texts.layers, tabindex: "-1", hidden: true },
    boxes.map(({ name, input }) =>
      el(
        "label",
        {},
        input,
        el("i", { class: `gm-viewer-sample gm-on-${name}`, "aria-hidden": "true" }),
        texts[`layer_${name}`],
      ),
    ),
    el(
      "fieldset",
      { class: "gm-viewer-papers" },
      el("legend", {}, texts.paper),
      papers.map(({ name, input }) => el("label", {}, input, texts[`paper_${name}`])),
    ),
  );
  const button = el(
    "button",
    {
      type: "button",
      class: "gm-viewer-tool",
      title: `${texts.layers} (l)`,
      "aria-label": texts.layers,
      "aria-expanded": "false",
    },
    icon("layers"),
  );
  const node = el("span", { class: "gm-viewer-menuplace" }, button, panel);
  const open = (yes) => {
    panel.hidden = !yes;
    button.setAttribute("aria-expanded", String(yes));
    if (yes) boxes[0].input.focus();
    else if (node.contains(document.activeElement)) button.focus();
  };
  const toggle = () => open(panel.hidden);
  button.addEventListener("click", toggle);
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    open(false);
  });
  node.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !node.contains(event.relatedTarget)) panel.hidden = true;
  });
  const update = () => {
    for (const { name, input } of boxes) input.checked = view.layersOn[name];
    for (const { name, input } of papers) input.checked = name === view.paper;
  };
  const outside = (event) => !panel.hidden && !node.contains(event.target) && open(false);
  return { node, update, toggle, outside };
}
