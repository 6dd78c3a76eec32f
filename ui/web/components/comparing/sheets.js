// A pair of pages: the picture of each with its marks, or its text; both are as wide and move sideways together.
import { el } from "../shared/dom.js";
import { shownAt, turned } from "../viewer/rectangles.js";
import { pictureAddress, pictureWidth } from "../viewer/zoom.js";
import { shares } from "./cutting.js";
import { pageWords } from "./wording.js";
import { textOf } from "./words.js";


/** Make the two pages of view.data, and what stands for one that is not there. */
export function sheets(view) {
  const { data } = view;
  const panes = ["one", "other"].map((side, at) => pane(view, side, data.sheets[at]));
  const moved = panes.map((each) => each.querySelector(".gm-comparing-pane"));
  moved.forEach((each, at) =>
    each.addEventListener("scroll", () => {
      if (Math.abs(moved[1 - at].scrollLeft - each.scrollLeft) > 1) moved[1 - at].scrollLeft = each.scrollLeft;
    }),
  );
  return el("div", { class: "gm-comparing-sheets" }, panes);
}

function pane(view, side, sheet) {
  const { texts } = view.data;
  const name = side === "one" ? texts.before : texts.after;
  if (!sheet) {
    const only = side === "one" ? texts.only_other : texts.only_one;
    return el("figure", { class: "gm-comparing-side" }, el("figcaption", {}, el("strong", {}, name)), el("div", { class: "gm-comparing-pane" }, el("div", { class: "gm-comparing-none" }, el("p", {}, only))));
  }
  const told = [sheet.part && texts.part, sheet.basis === "ocr" && texts.by_ocr].filter(Boolean);
  const link = el("a", { href: sheet.reader, "data-go": true }, texts.open_paper);
  const paper = sheet.picture && !view.asText ? picture(view, sheet, side) : textOf(sheet, side, texts);
  return el(
    "figure",
    { class: "gm-comparing-side", "data-side": side },
    el("figcaption", {}, el("span", {}, el("strong", {}, name), ` ${pageWords(sheet, texts)}`), link),
    told.length > 0 && el("p", { class: "gm-comparing-doubt" }, told.join(" ")),
    el("div", { class: "gm-comparing-pane", tabindex: view.zoom > 1 ? "0" : null, role: "group", "aria-label": `${name} ${pageWords(sheet, texts)}` }, paper),
  );
}

function picture(view, sheet, side) {
  const { texts } = view.data;
  const whole = turned(sheet, sheet.rotation ?? 0);
  const image = el("img", { alt: `${texts.picture_alt}: ${pageWords(sheet, texts)}`, draggable: "false" });
  const node = el("div", { class: "gm-comparing-paper" }, image, marks(view, sheet, whole));
  node.style.aspectRatio = `${whole.width || 595} / ${whole.height || 842}`;
  image.addEventListener("error", () => node.replaceWith(el("p", { class: "gm-quiet" }, texts.no_picture), textOf(sheet, side, texts)));
  requestAnimationFrame(() => {
    const width = pictureWidth(node.clientWidth || 620, window.devicePixelRatio);
    image.src = pictureAddress(sheet.picture, { width });
  });
  return node;
}

function marks(view, sheet, whole) {
  const { texts } = view.data;
  return sheet.marks.flatMap(({ n, look, start, boxes }) =>
    boxes.flatMap(([x0, top, x1, bottom], number) => {
      const box = shares(shownAt({ x: x0, y: top, width: x1 - x0, height: bottom - top }, whole.matrix), whole);
      const name = texts[`look_${look}`];
      const kind = start === null ? "gm-comparing-boxed " : "";
      const made = el("div", { class: `gm-comparing-mark gm-comparing-on ${kind}gm-comparing-${look}`, "data-n": n, title: name, onclick: () => n && view.choose(n) });
      for (const [edge, share] of Object.entries(box)) made.style[edge] = `${share.toFixed(3)}%`;
      return number === 0 && n > 0 && look !== "gap" ? [made, tag(n, look, name, box)] : [made];
    }),
  );
}

// Apart from its mark, which is blended with the paper. What a box hid says so always, the rest when it is chosen.
function tag(n, look, name, { left, top }) {
  const made = el("span", { class: `gm-comparing-tag gm-comparing-${look}`, "data-n": n, "aria-hidden": "true" }, name);
  made.style[left > 70 ? "right" : "left"] = `${(left > 70 ? 100 - left : left).toFixed(3)}%`;
  made.style.bottom = `${(100 - top).toFixed(3)}%`;
  return made;
}
