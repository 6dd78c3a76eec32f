// What narrows, groups and orders the list: each choice is an address.
import { el } from "../shared/dom.js";
import { addressWith, navigate } from "../shared/navigate.js";

const go = (changes) => navigate(addressWith({ ...changes, show: null }));

function choose(name, label, options, value) {
  const id = `annotated-${name}`;
  const list = options.map(([key, text]) => el("option", { value: key, selected: key === value }, text));
  const select = el("select", { id, "data-kept": name, onchange: (event) => go({ [name]: event.target.value }) }, list);
  return el("span", { class: "gm-annotated-choice" }, el("label", { for: id }, label), select);
}

function values(name, { asked, choices, texts }, said = (value) => value) {
  const listed = choices[name].map(([value, n, title]) => [value, `${title ?? said(value)} (${n})`]);
  const value = asked[name] ?? "";
  if (value && !listed.some(([each]) => each === value)) listed.push([value, said(value)]);
  if (!listed.length) return null;
  return choose(name, texts[name], [["", texts.every], ...listed], value);
}

function box({ asked, texts }) {
  const input = el("input", {
    type: "search", name: "q", value: asked.q ?? "", "data-search": true, "data-kept": "q", autocomplete: "off",
    "aria-label": texts.search, placeholder: texts.search,
  });
  const submitted = (event) => {
    event.preventDefault();
    go({ q: input.value.trim() });
  };
  return el("form", { role: "search", class: "gm-annotated-box", onsubmit: submitted }, input, el("button", { type: "submit" }, texts.submit));
}

/** Return how a colour is called: by the name people gave it, else as the colour that it is. */
export const colourName = (colour, { colours, texts }) => colours[colour] || texts[`colour_${colour}`] || colour;

export function filters(data) {
  const { asked, texts } = data;
  const groups = ["none", "tag", "document"].map((name) => [name, texts[`group_${name}`]]);
  const sorts = ["time", "place"].map((name) => [name, texts[`sort_${name}`]]);
  return el(
    "div",
    { class: "gm-annotated-filters", role: "group", "aria-label": texts.filters },
    box(data),
    values("tag", data),
    values("colour", data, (colour) => colourName(colour, data)),
    values("author", data),
    values("document", data),
    values("release", data),
    choose("group", texts.group, groups, asked.group),
    choose("sort", texts.sort, sorts, asked.sort),
  );
}
