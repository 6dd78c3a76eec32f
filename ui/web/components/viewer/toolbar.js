// The slim bar over the paper. Built once; brought up to date as pages, hits and zoom change.
import { el, fill } from "../shared/dom.js";
import { navigate } from "../shared/navigate.js";
import { queryOf, shownOf } from "./asking.js";
import { icon } from "./icons.js";
import { layersMenu } from "./menu.js";
import { originalMenu } from "./original.js";
import { hitNumber, pagesMeant } from "./walking.js";

/** Make the bar: {node, update()}. */
export function makeToolbar(view) {
  const { texts } = view;
  const button = (sign, text, keys, act, more = {}) =>
    el(
      "button",
      {
        type: "button",
        class: "gm-viewer-tool",
        title: keys ? `${text} (${keys})` : text,
        "aria-label": text,
        onclick: act,
        ...more,
      },
      icon(sign),
    );
  const bar = { menu: layersMenu(view) };
  bar.thumbs = button("thumbnails", texts.thumbnails, "o", view.acts.thumbnails, { "aria-expanded": "false" });
  bar.previous = button("previous", texts.previous_page, "k", () => view.acts.flip(-1));
  bar.next = button("next", texts.next_page, "j", () => view.acts.flip(1));
  bar.page = el("input", {
    type: "text",
    class: "gm-viewer-goto",
    inputmode: "text",
    "aria-label": texts.go_to,
    title: `${texts.go_to} (g)`,
    autocomplete: "off",
  });
  bar.of = el("span", { class: "gm-viewer-of" });
  bar.meant = el("div", {
    class: "gm-viewer-menu gm-viewer-meant",
    role: "group",
    "aria-label": texts.which_page,
    hidden: true,
  });
  bar.zoom = el("button", {
    type: "button",
    class: "gm-viewer-percent",
    title: `${texts.actual_size}`,
    onclick: () => view.acts.zoomTo(1),
  });
  bar.text = button("text", texts.text_view, "x", view.acts.text, { "aria-pressed": "false" });
  bar.facts = button("facts", texts.facts, "i", view.acts.facts, { "aria-expanded": "false" });
  bar.notes = el(
    "button",
    {
      type: "button",
      class: "gm-viewer-tool gm-viewer-notesbutton",
      "aria-expanded": "false",
      title: texts.notes,
      onclick: view.acts.notes,
    },
    icon("note"),
    el("span", {}),
  );
  bar.download = el(
    "a",
    { class: "gm-viewer-tool", download: true, title: texts.download, "aria-label": texts.download },
    icon("download"),
  );
  bar.original = originalMenu(view);
  bar.print = el(
    "a",
    { class: "gm-viewer-tool", target: "_blank", rel: "noopener", title: texts.print, "aria-label": texts.print },
    icon("print"),
  );
  bar.like = el("a", { class: "gm-viewer-tool", "data-go": true, title: texts.like, "aria-label": texts.like }, icon("like"));
  bar.find = finding(view, bar);
  bar.page.addEventListener("keydown", (event) => typedPage(view, bar, event));
  bar.page.addEventListener("blur", () => (bar.page.value = String(view.data.page.number)));
  const zooming = el(
    "span",
    { class: "gm-viewer-group gm-viewer-onpaper" },
    button("minus", texts.smaller, "−", () => view.acts.zoom(-1)),
    bar.zoom,
    button("plus", texts.larger, "+", () => view.acts.zoom(1)),
    button("width", texts.fit_width, "0", () => view.acts.zoomTo("width")),
    button("page", texts.fit_page, "", () => view.acts.zoomTo("page")),
    button("turn", texts.rotate, "", view.acts.rotate),
  );
  bar.node = el(
    "div",
    { class: "gm-viewer-bar", role: "toolbar", "aria-label": texts.toolbar },
    el("span", { class: "gm-viewer-group" }, bar.thumbs, bar.previous, bar.page, bar.of, bar.next, bar.meant),
    zooming,
    el("span", { class: "gm-viewer-group" }, bar.text, bar.menu.node, bar.like),
    bar.find,
    el("span", { class: "gm-viewer-group gm-viewer-last" }, bar.notes, bar.facts, bar.download, bar.original.node, bar.print),
  );
  bar.update = () => update(view, bar);
  return bar;
}

function finding(view, bar) {
  const { texts } = view;
  const find = (event) => {
    event.preventDefault();
    const typed = bar.query.value.trim();
    const asked = view.data.hits?.query ?? "";
    const query = queryOf(typed);
    if (typed && (query === asked || typed === shownOf(asked))) {
      if (view.data.hits.total) view.acts.hit(1);
      bar.fault.hidden = !view.data.hits.error;
      return;
    }
    view.finding = true;
    bar.waits = view.data;
    navigate(view.address({ page: view.data.page.number, q: query, hit: query ? "1" : null, bridge: null, without: null }));
    showFound(view, bar);
  };
  bar.query = el("input", {
    type: "search",
    "data-search": true,
    "aria-label": texts.find,
    placeholder: texts.find,
    title: `${texts.find} (f)`,
    autocomplete: "off",
    "aria-describedby": "gm-viewer-fault",
    oninput: () => (bar.fault.hidden = true),
    onkeydown: (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault(); // the browser would empty the box, the marks would stay
      bar.fault.hidden = true;
      view.focusPaper();
    },
  });
  bar.fault = el("p", { class: "gm-viewer-fault gm-viewer-wrong", id: "gm-viewer-fault", role: "alert", hidden: true });
  bar.count = el("span", { class: "gm-viewer-count", role: "status" });
  const step = (sign, text, keys, way) =>
    el(
      "button",
      {
        type: "button",
        class: "gm-viewer-tool",
        title: `${text} (${keys})`,
        "aria-label": text,
        onclick: () => view.acts.hit(way),
      },
      icon(sign),
    );
  bar.steps = el(
    "span",
    { class: "gm-viewer-group", hidden: true },
    step("previous", texts.previous_hit, "p", -1),
    step("next", texts.next_hit, "n", 1),
  );
  return el("form", { class: "gm-viewer-find", role: "search", onsubmit: find }, bar.query, bar.count, bar.steps, bar.fault);
}

function typedPage(view, bar, event) {
  if (event.isComposing || event.key !== "Enter") return;
  event.preventDefault();
  const { document } = view.data;
  const meant = pagesMeant(bar.page.value, document.pages ?? 1, document.labels ?? []);
  if (meant.length === 1) view.acts.goTo(meant[0].page);
  else if (!meant.length)
    view.say(fill(view.texts.no_such_page, { page: bar.page.value, n: document.pages ?? 1 }), true);
  else offerPages(view, bar, meant);
}

function offerPages(view, bar, meant) {
  const labels = view.data.document.labels ?? [];
  const gone = () => (bar.meant.hidden = true);
  bar.meant.replaceChildren(
    ...meant.map(({ page }) => {
      const text = view.pageWords({ number: page, label: labels[page - 1] });
      return el(
        "button",
        {
          type: "button",
          onclick: () => {
            gone();
            view.acts.goTo(page);
          },
        },
        text,
      );
    }),
  );
  bar.meant.hidden = false;
  bar.meant.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    gone();
    bar.page.focus();
  };
  bar.meant.querySelector("button").focus();
}

function update(view, bar) {
  const { data, texts } = view;
  const { document, page, hits } = data;
  const pages = document.pages ?? page.number;
  if (window.document.activeElement !== bar.page) bar.page.value = String(page.number);
  const printed =
    page.label && page.label !== String(page.number) ? ` · ${fill(texts.printed, { label: page.label })}` : "";
  bar.of.textContent = `/ ${pages}${printed}`;
  bar.meant.hidden = true;
  bar.previous.disabled = page.number <= 1;
  bar.next.disabled = page.number >= pages;
  bar.zoom.textContent = `${Math.round(view.factor() * 100)}%`;
  bar.node.dataset.mode = view.mode;
  bar.text.setAttribute("aria-pressed", String(view.mode === "text"));
  bar.text.disabled = !page.picture;
  bar.thumbs.setAttribute("aria-expanded", String(view.open.thumbnails));
  bar.facts.setAttribute("aria-expanded", String(view.open.facts));
  bar.notes.setAttribute("aria-expanded", String(view.open.notes));
  bar.notes.lastChild.textContent = data.annotations.length ? String(data.annotations.length) : "";
  bar.notes.setAttribute("aria-label", fill(texts.notes_n, { n: data.annotations.length }));
  bar.download.hidden = !document.original || document.withheld;
  bar.original.update();
  bar.download.href = document.original ?? "#";
  bar.like.href = `/?like=${document.id}:${page.number}`;
  bar.print.hidden = !page.print;
  bar.print.href = page.print ?? "#";
  const query = hits?.query ?? "";
  if (query !== bar.shown) {
    bar.query.value = hits?.error ? query : shownOf(query); // else what is being typed stays
    bar.fault.textContent = hits?.error ?? "";
    bar.fault.hidden = !hits?.error;
  }
  bar.shown = query;
  showFound(view, bar);
  bar.menu.update();
}

// While the answer to another query is on its way, the old count says nothing.
function showFound(view, bar) {
  const hits = bar.waits === view.data ? null : view.data.hits;
  bar.steps.hidden = !hits?.total;
  bar.count.textContent = counted(view, hits);
}

function counted(view, hits) {
  if (!hits || hits.error) return "";
  if (!hits.total) return view.texts.nothing_found;
  if (hits.counted === "pages") {
    const rank = hits.pages.findIndex(([page]) => page === view.data.page.number) + 1;
    return fill(view.texts.hit_pages_n, { n: rank ? `${rank} / ${hits.pages.length}` : hits.pages.length });
  }
  const number = hitNumber(hits.pages, view.data.page.number, view.hit);
  return number === null ? fill(view.texts.hits_n, { n: hits.total }) : `${number} / ${hits.total}`;
}
