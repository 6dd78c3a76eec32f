// The small toolbar at a selection: colours, note, tag, copy.
import { el, fill } from "../shared/dom.js";
import { author, choose, setAuthor } from "./choices.js";
import { copySelected } from "./copied.js";
import { icon } from "./icons.js";
import { passage } from "./passages.js";

/** Make the toolbar, not shown yet. */
export function makeTools(view) {
  const node = el("div", {
    class: "gm-viewer-tools",
    role: "group",
    "aria-label": view.texts.selection_tools,
    hidden: true,
  });
  // a press on it must not take the selection away; its text fields must still get their caret
  node.addEventListener("mousedown", (event) => event.target.closest("input") || event.preventDefault());
  return { node, state: "", span: null };
}

/** Show the toolbar for the view's selection at a rectangle of the stage, or hide it. */
export function showTools(view, box) {
  const { tools, span } = view;
  if (!span || !box) {
    tools.node.hidden = true;
    tools.span = null;
    return;
  }
  const same = tools.span && tools.span.start === span.start && tools.span.end === span.end && !tools.node.hidden;
  if (!same) {
    tools.span = span;
    drawTools(view);
    offerReadings(view, span);
  }
  tools.node.hidden = false;
  placeTools(view, box);
}

function placeTools(view, box) {
  const { node } = view.tools;
  const { stage } = view.nodes;
  node.style.maxWidth = `${stage.clientWidth - 16}px`;
  const [width, height] = [node.offsetWidth, node.offsetHeight];
  const left = Math.max(stage.scrollLeft + 8, Math.min(box.x, stage.scrollLeft + stage.clientWidth - width - 8));
  const below = box.y + box.height + 8;
  const fits = below + height <= stage.scrollTop + stage.clientHeight;
  const top = fits ? below : Math.max(stage.scrollTop + 8, box.top - height - 8);
  node.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

/** Draw the buttons anew, as after a colour got another name; not while a name is being typed there. */
export function redrawTools(view) {
  if (view.tools.node.hidden || view.tools.node.querySelector("form")) return;
  drawTools(view);
  offerReadings(view, view.tools.span);
}

function drawTools(view) {
  const { texts, tools } = view;
  const tool = (sign, text, keys, act) =>
    el("button", { type: "button", title: `${text} (${keys})`, onclick: act }, icon(sign), el("span", {}, text));
  const colours = view
    .colours()
    .map(([key, name]) =>
      el(
        "button",
        {
          type: "button",
          class: `gm-viewer-colour gm-colour-${key}`,
          title: fill(texts.highlight_as, { name }),
          onclick: () => highlight(view, key),
        },
        el("i", { "aria-hidden": "true" }),
        el("span", {}, name),
      ),
    );
  const rename = el(
    "button",
    {
      type: "button",
      class: "gm-viewer-bare",
      title: texts.rename_colours,
      "aria-label": texts.rename_colours,
      onclick: () => drawNaming(view),
    },
    icon("pencil"),
  );
  tools.readings = el("div", { class: "gm-viewer-readings", hidden: true });
  tools.node.replaceChildren(
    el("div", { class: "gm-viewer-row" }, colours, rename),
    el(
      "div",
      { class: "gm-viewer-row gm-viewer-acts" },
      tool("note", texts.note, "m", () => view.write("note")),
      tool("tag", texts.tag, "t", () => view.write("tags")),
      view.mayCorrect(tools.span) ? tool("correct", texts.correct, "e", view.correct) : null,
      tool("quote", texts.copy_quotation, "y", () => copySelected(view, "quotation")),
      tool("cite", texts.copy_citation, "Shift+Y", () => copySelected(view, "citation")),
    ),
    tools.readings,
  );
}

async function offerReadings(view, span) {
  const found = await passage(view.passageAddress(), span, view.texts.passage_failed);
  if (view.tools.span !== span || !(found.choices?.length > 1)) return;
  const group = `gm-reading-${span.start}`;
  view.tools.readings.hidden = false;
  view.tools.readings.replaceChildren(
    el(
      "fieldset",
      {},
      el("legend", {}, view.texts.which_reading),
      found.choices.map((choice, number) =>
        el(
          "label",
          {},
          el("input", {
            type: "radio",
            name: group,
            checked: number === view.reading,
            onchange: () => (view.reading = number),
          }),
          el("span", {}, choice),
        ),
      ),
    ),
  );
  view.placeTools();
}

/** Highlight the selection; who does it is asked once. */
export function highlight(view, colour) {
  const span = view.chosenSpan();
  if (!span) {
    view.say(view.texts.select_first, true);
    return;
  }
  choose("colour", colour);
  if (!author()) view.placeTools(true);
  withName(view, view.span ? view.tools.node : view.nodes.undo, (name) =>
    view.annotate({ ...span, colour, note: "", tags: [], author: name }, null),
  );
}

/** Call `then` with the reader's name; the first time, ask for it in `place`. */
export function withName(view, place, then) {
  if (author()) {
    then(author());
    return;
  }
  const { texts } = view;
  const input = el("input", {
    type: "text",
    maxlength: 200,
    autocomplete: "name",
    value: view.data.author_default ?? "",
  });
  const leave = () => {
    view.clearSelection();
    place.replaceChildren();
    view.focusPaper();
  };
  const given = (event) => {
    event.preventDefault();
    const name = input.value.trim();
    if (!name) return;
    setAuthor(name);
    place.replaceChildren();
    then(name);
  };
  place.replaceChildren(
    el(
      "form",
      {
        class: "gm-viewer-row gm-viewer-asking",
        onsubmit: given,
        onkeydown: (event) => event.key === "Escape" && leave(),
      },
      el("label", {}, texts.your_name_once, input),
      el("button", { type: "submit", class: "gm-viewer-main" }, texts.go_on),
      el("button", { type: "button", onclick: leave }, texts.cancel),
    ),
  );
  input.focus();
  input.select();
}

function drawNaming(view) {
  const { texts, tools } = view;
  const fields = view
    .colours()
    .map(([key, name]) => [key, name, el("input", { type: "text", value: name, maxlength: 40 })]);
  const given = (event) => {
    event.preventDefault();
    const changed = fields.filter(([, name, input]) => input.value.trim() && input.value.trim() !== name);
    view.nameColours(changed.map(([key, , input]) => [key, input.value.trim()]));
    drawTools(view);
  };
  tools.node.replaceChildren(
    el(
      "form",
      { class: "gm-viewer-naming", onsubmit: given, onkeydown: (event) => event.key === "Escape" && drawTools(view) },
      fields.map(([key, name, input]) =>
        el(
          "label",
          { class: `gm-viewer-colour gm-colour-${key}` },
          el("i", { "aria-hidden": "true" }),
          el("span", { class: "gm-hidden" }, name),
          input,
        ),
      ),
      el("p", { class: "gm-quiet" }, texts.named_colours),
      el(
        "div",
        { class: "gm-viewer-row" },
        el("button", { type: "submit", class: "gm-viewer-main" }, texts.save),
        el("button", { type: "button", onclick: () => drawTools(view) }, texts.cancel),
      ),
    ),
  );
  fields[0]?.[2].focus();
}
