// Building elements. Text enters as text nodes only: a paper's words are never HTML.

/** Return the element that a component draws in. */
export const rootOf = (parentElement) => parentElement.querySelector(".gm");

/** Make an element: attributes (null and false are left out; `on…` are listeners), then children: nodes or text. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** Fill the places of a text: fill("{n}쪽", {n: 3}). */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}

/** Cut a text at code-point offsets and mark the pieces: spans are [start, end], sorted and apart. */
export function marked(text, spans) {
  const points = Array.from(text);
  const pieces = [];
  let done = 0;
  for (const [start, end] of spans) {
    if (start > done) pieces.push(points.slice(done, start).join(""));
    pieces.push(el("mark", {}, points.slice(start, end).join("")));
    done = end;
  }
  pieces.push(points.slice(done).join(""));
  return pieces;
}
