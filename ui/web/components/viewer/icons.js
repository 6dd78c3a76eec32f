// The toolbar's signs, drawn as strokes; they never stand without a name for those who cannot see them.

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  previous: "M12.5 4.5 7 10l5.5 5.5",
  next: "M7.5 4.5 13 10l-5.5 5.5",
  minus: "M4.5 10h11",
  plus: "M4.5 10h11M10 4.5v11",
  width: "M3 4v12M17 4v12M6 10h8M8 7.5 5.5 10 8 12.5M12 7.5l2.5 2.5-2.5 2.5",
  page: "M5.5 3h9v14h-9zM10 6v8M8 7.8 10 6l2 1.8M8 12.2 10 14l2-1.8",
  turn: "M15.5 10a5.5 5.5 0 1 1-1.8-4.1M14 2.8v3.4h-3.4",
  text: "M3.5 5h13M3.5 8.5h13M3.5 12h13M3.5 15.5h8",
  layers: "m10 3.5 7 3.7-7 3.7-7-3.7zM3.6 10.6 10 14l6.4-3.4M3.6 13.6 10 17l6.4-3.4",
  find: "M8.8 3.5a5.3 5.3 0 1 1 0 10.6 5.3 5.3 0 0 1 0-10.6zM12.8 12.8 17 17",
  facts: "M10 2.8a7.2 7.2 0 1 1 0 14.4 7.2 7.2 0 0 1 0-14.4zM10 9v5M10 6v.6",
  download: "M10 3v9M6.5 8.8 10 12.3l3.5-3.5M4 16.5h12",
  print: "M6 7V3h8v4M6 14H3.5V7h13v7H14M6 11.5h8V17H6z",
  thumbnails: "M3.5 3.5h5v5.6h-5zM3.5 11.4h5V17h-5zM11.5 5h5M11.5 7.5h3M11.5 13h5M11.5 15.5h3",
  note: "M4 4h12v8.5L12.5 16H4zM12.5 16v-3.5H16M6.8 7.3h6.4M6.8 10h4",
  tag: "M3.5 3.5h6.2l6.8 6.8-6.2 6.2-6.8-6.8zM6.6 6.6v.1",
  quote:
    "M4.5 12.5c0-4 1-6 3.5-7M4.5 12.5a1.8 1.8 0 1 0 3.6 0 1.8 1.8 0 1 0-3.6 0M11.5 12.5c0-4 1-6 3.5-7M11.5 12.5a1.8 1.8 0 1 0 3.6 0 1.8 1.8 0 1 0-3.6 0",
  cite: "M5 3h7l3.5 3.5V17H5zM12 3v3.5h3.5M7.5 10h5M7.5 13h5",
  like: "M3.5 3h8v10h-8zM8.5 7h8v10h-8zM6 6h3M11 10.5h3M11 13.5h3",
  close: "m5 5 10 10M15 5 5 15",
  correct: "M2.5 14.5 6 6l3.5 8.5M3.8 11.6h4.4M11 12.3l2.4 2.4L18 9",
  eye: "M2.5 10s2.8-4.8 7.5-4.8 7.5 4.8 7.5 4.8-2.8 4.8-7.5 4.8S2.5 10 2.5 10zM10 7.7a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1 0-4.6z",
  pencil: "M4 16l.8-3.4L13 4.4l2.6 2.6-8.2 8.2z",
};

/** Return a drawn sign. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  for (const [attribute, value] of [
    ["viewBox", "0 0 20 20"],
    ["aria-hidden", "true"],
    ["class", "gm-viewer-icon"],
  ])
    drawing.setAttribute(attribute, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  drawing.append(path);
  return drawing;
}
