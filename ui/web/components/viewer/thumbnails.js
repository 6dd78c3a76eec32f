// Small pictures of the pages, loaded as they come into sight; hits and notes are told in words.
import { el, fill } from "../shared/dom.js";
import { pictureAddress, THUMBNAIL } from "./zoom.js";

/** Make the strip: {node, update()}. */
export function makeThumbnails(view) {
  const list = el("ol", {});
  const strip = { list, pages: [], key: "", shown: 0 };
  strip.node = el("nav", { class: "gm-viewer-thumbs", "aria-label": view.texts.thumbnails }, list);
  strip.update = () => {
    strip.node.hidden = !view.open.thumbnails;
    if (strip.node.hidden) return;
    const { document, page, picture_of: address } = view.data;
    const count = document.pages ?? page.number;
    const key = `${document.id} ${count} ${Boolean(address)}`;
    if (key !== strip.key) {
      strip.key = key;
      strip.shown = 0;
      strip.pages = Array.from({ length: count }, (_, at) => thumbnail(view, at + 1));
      list.replaceChildren(...strip.pages.map(({ item }) => item));
    }
    for (const each of strip.pages) mark(view, each);
    if (strip.shown !== page.number) bringIntoSight(strip, page.number);
  };
  return strip;
}

function thumbnail(view, number) {
  const { picture_of: address, document, page } = view.data;
  const shape = page.rotation % 180 === 0 ? page.width / page.height : page.height / page.width;
  const image = address && page.picture ? el("img", { loading: "lazy", alt: "", width: THUMBNAIL }) : null;
  if (image) {
    image.style.aspectRatio = String(shape || 0.707); // until the picture says its own
    image.addEventListener("load", () => (image.style.aspectRatio = "auto"));
    image.addEventListener("error", () => image.classList.add("gm-broken"));
    image.src = pictureAddress(address, { page: number, width: THUMBNAIL });
  }
  const label = document.labels?.[number - 1];
  const printed = label && label !== String(number) ? el("small", {}, label) : null;
  const told = el("span", { class: "gm-viewer-told" });
  const link = el(
    "a",
    { "data-go": true },
    image,
    el("span", { class: "gm-viewer-number" }, String(number), printed),
    told,
  );
  const name = view.pageWords({ number, label, kind: page.kind });
  link.setAttribute("aria-label", name);
  return { item: el("li", {}, link), link, told, number, name };
}

function mark(view, { number, name, link, told }) {
  const { hits, elsewhere = {}, page, annotations } = view.data;
  const here = hits?.pages?.find(([each]) => each === number)?.[1] ?? 0;
  const notes = number === page.number ? annotations.length : Number(elsewhere[number] ?? 0);
  link.href = view.address({ page: number, hit: here ? "1" : null });
  if (number === page.number) link.setAttribute("aria-current", "page");
  else link.removeAttribute("aria-current");
  const found = hits?.counted === "pages" ? view.texts.thumb_found : fill(view.texts.thumb_hits, { n: here });
  const text = [here && found, notes && fill(view.texts.thumb_notes, { n: notes })].filter(Boolean).join(" · ");
  if (told.textContent === text) return;
  told.textContent = text;
  link.setAttribute("aria-label", [name, text].filter(Boolean).join(", "));
}

function bringIntoSight(strip, number) {
  strip.shown = number;
  const { item } = strip.pages[number - 1] ?? {};
  if (!item) return;
  const { node } = strip;
  const [top, height] = [item.offsetTop, item.offsetHeight];
  if (top < node.scrollTop || top + height > node.scrollTop + node.clientHeight)
    node.scrollTop = top - node.clientHeight / 3;
}
