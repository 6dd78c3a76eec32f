// A table of the page as a grid below the paper, to be copied or downloaded.
import { copy } from "../shared/copying.js";
import { el, fill } from "../shared/dom.js";
import { say } from "../shared/saying.js";
import { icon } from "./icons.js";
import { tableAlone } from "./laying.js";
import { gridOf } from "./layout.js";
import { asTable, rowsOf, separated } from "./tablegrid.js";
import { COPY, acts, fileOf, nameOf } from "./tablebar.js";
import { ASKED } from "./tabletags.js";

const ABOVE = 48; // pixels of the paper that are seen above a table

/** Make the panel: {node, update(), next()}. */
export function makeTables(view) {
  const node = el("section", { class: "gm-viewer-table", hidden: true, tabindex: "-1" });
  const panel = { node, number: null, from: null };
  const { root, body } = view.nodes;
  body.append(node);
  const shut = () => {
    node.hidden = true;
    panel.number = null;
    delete root.dataset.table;
  };
  const close = () => {
    shut();
    (panel.from?.isConnected ? panel.from : view.nodes.stage).focus({ preventScroll: true });
  };
  const open = (number) => {
    const table = view.data.page.tables.find((each) => each.number === number);
    if (!table) return;
    panel.number = number;
    node.setAttribute("aria-label", nameOf(table, view.texts));
    node.replaceChildren(...contents(view, table, close));
    node.hidden = false;
    root.dataset.table = number;
    const tag = view.nodes.paper.querySelector(`.gm-viewer-tabletag[data-table="${number}"]`);
    if (tag) view.nodes.stage.scrollTop += tag.getBoundingClientRect().top - view.nodes.stage.getBoundingClientRect().top - ABOVE;
    node.focus({ preventScroll: true });
  };
  root.addEventListener(ASKED, (event) => {
    panel.from = event.target;
    open(event.detail);
  });
  root.addEventListener(COPY, (event) => copyTable(view, event.detail));
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  panel.update = () => {
    const { document: paper, page } = view.data;
    const key = [paper.id, page.number, page.fingerprint].join();
    if (key !== panel.key) shut();
    panel.key = key;
    for (const link of root.querySelectorAll(".gm-viewer-tablefile")) link.href = fileOf(page, link.dataset.table);
  };
  // the key goes through the tables of a page, one after the other
  panel.next = () => {
    const { tables } = view.data.page;
    if (!tables.length) return say(view.texts.no_tables);
    const at = tables.findIndex(({ number }) => number === panel.number);
    const { number } = tables[(at + 1) % tables.length];
    panel.from = view.nodes.paper.querySelector(`.gm-viewer-tabletag[data-table="${number}"]`);
    return open(number);
  };
  return panel;
}

function contents(view, table, close) {
  const { texts, data } = view;
  const block = gridOf(table);
  const points = Array.from(data.page.text);
  const size = block && fill(texts.table_size, { rows: block.rows.length, columns: block.columns.length });
  const shut = el("button", { type: "button", class: "gm-viewer-tool", "aria-label": texts.close, title: texts.close, onclick: close }, icon("close"));
  return [
    el("header", {}, el("h2", {}, nameOf(table, texts)), el("span", { class: "gm-quiet" }, size), acts(table, texts, data.page), shut),
    tableAlone(table, data.page, points, texts) ?? el("p", {}, texts.table_large),
  ];
}

async function copyTable(view, number) {
  const { page } = view.data;
  const block = gridOf(page.tables.find((each) => each.number === number));
  if (!block) return say(view.texts.table_large, { wrong: true });
  const rows = rowsOf(block, Array.from(page.text));
  const done = await copy(separated(rows), asTable(rows));
  return done ? say(fill(view.texts.table_copied, { n: number })) : say(view.texts.copy_failed, { wrong: true });
}
