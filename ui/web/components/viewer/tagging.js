// Tags as a reader types them: each becomes a chip at a comma or Enter; known ones are proposed.
import { el, fill } from "../shared/dom.js";

let count = 0;

/** A field of tags: {node, value()}; `changed` is called at every change. */
export function tagField(view, tags, changed) {
  const { texts } = view;
  const held = [...tags];
  const list = el(
    "datalist",
    { id: `gm-tags-${(count += 1)}` },
    view.data.tags.map((tag) => el("option", { value: tag })),
  );
  const chips = el("span", { class: "gm-viewer-tags" });
  const input = el("input", {
    type: "text",
    list: list.id,
    "aria-label": texts.tags,
    placeholder: texts.tags_hint,
    maxlength: 100,
    "data-tags": true,
  });
  const add = (typed) => {
    for (const tag of typed.split(",").map((each) => each.trim())) if (tag && !held.includes(tag)) held.push(tag);
    input.value = "";
    draw();
  };
  const draw = () => {
    chips.replaceChildren(
      ...held.map((tag) =>
        el(
          "span",
          { class: "gm-viewer-tag" },
          tag,
          el("button", { type: "button", "aria-label": fill(texts.untag, { tag }), onclick: () => drop(tag) }, "×"),
        ),
      ),
    );
    changed();
  };
  const drop = (tag) => {
    held.splice(held.indexOf(tag), 1);
    draw();
    input.focus();
  };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
    if ((event.key === "Enter" || event.key === ",") && input.value.trim()) {
      event.preventDefault();
      add(input.value);
    } else if (event.key === "Backspace" && !input.value && held.length) drop(held.at(-1));
  });
  input.addEventListener("input", () =>
    input.value.includes(",") && !input.isComposing ? add(input.value) : changed(),
  );
  const node = el("div", { class: "gm-viewer-tagging" }, chips, input, list);
  const typed = () => input.value.trim();
  const silent = changed;
  changed = () => {};
  draw();
  changed = silent;
  return { node, input, value: () => (typed() && !held.includes(typed()) ? [...held, typed()] : [...held]) };
}
