// One page as a sheet of paper: its picture, the marks on it and its words, never of different pages.
import { el } from "../shared/dom.js";
import { drawLayers, makeLayers } from "./layers.js";
import { linesOf, pageAt, rectangles, shownAt, turned } from "./rectangles.js";
import { pictureAddress, pictureWidth } from "./zoom.js";
import { pointsOf } from "./offsets.js";
import { placeTags, tableTags } from "./tabletags.js";
import { wordLayer } from "./textlayer.js";

/** Make the sheet of data.page; `node` is not yet in the document, `loaded` resolves once its picture can be shown. */
export function makeSheet(data, texts, place, layout) {
  const { page } = data;
  const lines = linesOf(page.lines ?? []);
  const picture = el("img", { class: "gm-viewer-image", alt: texts.picture_alt, draggable: "false" });
  const layers = makeLayers();
  const words = wordLayer(page.text ?? "", lines, place);
  const { tables, boxes, withheld, asked, ...blended } = layers;
  const tags = tableTags(page, lines, texts);
  const node = el(
    "div",
    { class: "gm-viewer-page", "data-number": page.number, "data-ready": "false" },
    el("div", { class: "gm-viewer-painted" }, picture, Object.values(blended)),
    tables,
    boxes,
    withheld,
    asked,
    words,
    tags.map(({ node: tag }) => tag),
  );
  const sheet = {
    data,
    page,
    lines,
    layers,
    words,
    picture,
    node,
    tags,
    points: pointsOf(page.text ?? ""),
    width: 0,
    matrix: [1, 0, 0, 1, 0, 0],
  };
  drawLayers(layers, lines, data, texts);
  layOut(sheet, layout);
  sheet.loaded = loaded(sheet, el("p", { class: "gm-viewer-instead", role: "alert" }, texts.no_picture));
  return sheet;
}

async function loaded({ picture, node }, instead) {
  node.classList.add("gm-loading");
  picture.addEventListener("load", () => {
    node.classList.remove("gm-broken");
    instead.remove();
  });
  const there = await stands(picture);
  if (!there) {
    node.classList.add("gm-broken");
    node.prepend(instead);
  }
  node.classList.remove("gm-loading");
  node.dataset.ready = "true";
  return there;
}

// A sharper picture that takes the place of one on its way ends the waiting for the latter: nothing failed then.
async function stands(picture) {
  const { src } = picture;
  try {
    await picture.decode();
    return true;
  } catch {
    if (picture.src !== src) return stands(picture);
    if (!picture.complete) {
      await new Promise((done) => ["load", "error"].forEach((end) => picture.addEventListener(end, done, { once: true })));
      if (picture.src !== src) return stands(picture);
    }
    return picture.naturalWidth > 0;
  }
}

/** The size of a page as a reader sees it, in points: {width, height}. */
export function seenSize(page, turn) {
  const { width, height } = turned(page, (page.rotation ?? 0) + turn);
  return { width: width || 595, height: height || 842 };
}

/** Show the sheet at a scale (CSS pixels to a point), turned by the reader's own turn, degrees clockwise. */
export function layOut(sheet, { scale, turn }) {
  const { page, picture, node, words, layers } = sheet;
  const whole = turned(page, (page.rotation ?? 0) + turn, scale);
  sheet.matrix = whole.matrix;
  sheet.turn = turn;
  sheet.scale = scale;
  node.style.width = `${whole.width}px`;
  node.style.height = `${whole.height}px`;
  const transform = `matrix(${whole.matrix.join(",")})`;
  for (const layer of [words, ...Object.values(layers)]) {
    layer.style.width = `${page.width}px`;
    layer.style.height = `${page.height}px`;
    layer.style.transform = transform;
  }
  placeTags(sheet.tags, whole);
  const unturned = turned(page, page.rotation ?? 0, scale);
  picture.style.width = `${unturned.width}px`;
  picture.style.height = `${unturned.height}px`;
  picture.style.transform = `matrix(${turned(unturned, turn).matrix.join(",")})`;
  takePicture(sheet, pictureWidth(unturned.width, window.devicePixelRatio));
}

// A sharper picture takes the place of the other only once it is there.
async function takePicture(sheet, width) {
  if (width <= sheet.width) return;
  const first = sheet.width === 0;
  sheet.width = width;
  const address = pictureAddress(sheet.page.picture, { width });
  if (first) {
    sheet.picture.src = address;
    return;
  }
  const sharper = new Image();
  sharper.src = address;
  try {
    await sharper.decode();
    if (sheet.width === width) sheet.picture.src = address;
  } catch {
    // the picture there is stays; the next change of size tries again
    sheet.width = Number(/\/(\d+)\.webp/.exec(sheet.picture.src)?.[1] ?? 1);
  }
}

/** Where a point of the window lies on the page, in PDF points. */
export function pointOn(sheet, clientX, clientY) {
  const box = sheet.node.getBoundingClientRect();
  return pageAt(sheet.matrix, clientX - box.left - sheet.node.clientLeft, clientY - box.top - sheet.node.clientTop);
}

/** The rectangles of a span within the sheet, in CSS pixels. */
export const boxesOf = (sheet, span) => rectangles(sheet.lines, span).map((box) => shownAt(box, sheet.matrix));
