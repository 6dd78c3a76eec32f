// Two versions of a paper side by side: what differs is listed, marked in both, and stepped through with N and P.
import { el, rootOf } from "../shared/dom.js";
import { shortcuts } from "../shared/keys.js";
import { addressWith, navigate, readdress } from "../shared/navigate.js";
import { legend, makeBar } from "./bar.js";
import { fromEmpty, stepped } from "./cutting.js";
import { choice, groups, papers, summary } from "./listed.js";
import { sheets } from "./sheets.js";
import { spoken } from "./wording.js";

const ZOOMS = [1, 1.25, 1.5, 2, 3];
const views = new WeakMap();

function made(root, trigger) {
  const view = { root, trigger, data: null, chosen: null, zoom: 1, asText: false, spacing: false, waiting: null };
  view.live = el("div", { class: "gm-hidden", role: "status", "aria-live": "polite" });
  view.target = (way) => {
    const { data, chosen } = view;
    const here = data.differences.map(({ n }) => n);
    if (chosen === null && !here.length) return fromEmpty(data.pairs.map(({ count }) => count), data.at, way);
    return stepped(chosen, here, way, data.total);
  };
  view.step = (way) => {
    const next = view.target(way);
    if (next === null) {
      const { texts, total } = view.data;
      if (total) view.live.textContent = way > 0 ? texts.last_difference : texts.first_difference;
    } else if (view.data.differences.some(({ n }) => n === next)) view.choose(next);
    else navigate(addressWith({ diff: next, page: null, page_b: null }));
  };
  view.pair = (way) => {
    const pair = view.data.pairs[view.data.at + way];
    if (pair) navigate(pair.href);
  };
  view.choose = (n) => {
    view.chosen = n;
    readdress(addressWith({ diff: n }));
    show(view, true);
  };
  view.resize = (way) => {
    const at = ZOOMS.indexOf(view.zoom) + way;
    if (at < 0 || at >= ZOOMS.length) return;
    view.zoom = ZOOMS[at];
    draw(view);
  };
  view.toggleText = () => {
    view.asText = !view.asText;
    draw(view);
  };
  view.showSpacing = (on) => {
    view.spacing = on;
    show(view, false);
  };
  return view;
}

const compared = (view, act) => () => (view.data?.state === "compared" ? act() : false);

const keysOf = (view) => ({
  KeyN: compared(view, () => view.step(1)),
  KeyP: compared(view, () => view.step(-1)),
  KeyJ: compared(view, () => view.pair(1)),
  KeyK: compared(view, () => view.pair(-1)),
  KeyX: compared(view, () => view.toggleText()),
  Equal: compared(view, () => view.resize(1)),
  "Shift+Equal": compared(view, () => view.resize(1)),
  NumpadAdd: compared(view, () => view.resize(1)),
  Minus: compared(view, () => view.resize(-1)),
  NumpadSubtract: compared(view, () => view.resize(-1)),
});

/** Draw all of it anew; what had the focus keeps it. */
function draw(view) {
  const { data, root } = view;
  const { texts } = data;
  const at = document.activeElement?.closest?.("[data-at]")?.dataset.at;
  const body = { choose: choosing, error: failing, waiting, compared: comparison }[data.state](view);
  const main = el("main", { class: "gm-comparing-page", tabindex: "-1" }, el("h1", {}, texts.title), body, view.live);
  main.style.setProperty("--gm-zoom", view.zoom);
  main.dataset.dark = String(isDark(root));
  root.replaceChildren(main);
  view.main = main;
  if (at) main.querySelector(`[data-at="${CSS.escape(at)}"]`)?.focus({ preventScroll: true });
  if (data.state === "compared") {
    show(view, false);
    main.querySelector(".gm-comparing-strip [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }
}

const choosing = ({ data }) => choice(data);
const failing = ({ data }) => [data.one && papers(data), el("p", { role: "alert", class: "gm-comparing-nothing" }, data.error)];

function waiting(view) {
  const { data } = view;
  ask(view, data.when_done);
  return [papers(data), el("p", { class: "gm-comparing-waiting", role: "status" }, data.texts.waiting)];
}

// The server is told to draw again when the comparison is there: this asks until it is.
async function ask(view, address) {
  if (view.waiting === address) return;
  view.waiting = address;
  for (;;) {
    let answer = null;
    try {
      answer = await fetch(address, { credentials: "same-origin" });
      if (view.data.when_done !== address) return;
      if (answer.ok && (await answer.json()).said) break;
    } catch {
      answer = null;
    }
    if (!answer?.ok) {
      const place = view.main.querySelector(".gm-comparing-waiting");
      if (place) place.textContent = view.data.texts.waiting_failed;
      view.waiting = null;
      return;
    }
  }
  view.waiting = null;
  view.trigger("ready", Date.now());
}

function comparison(view) {
  const { data } = view;
  view.bar = makeBar(view);
  return [papers(data), summary(data), groups(data), legend(view), view.bar.node, sheets(view)];
}

/** Show which difference is chosen, in both pages, the bar and the lists; `reveal` scrolls to it. */
function show(view, reveal) {
  const { main, chosen, data } = view;
  main.classList.toggle("gm-comparing-blanks", view.spacing);
  for (const node of main.querySelectorAll("[data-n]")) node.classList.toggle("gm-chosen", Number(node.dataset.n) === chosen);
  for (const node of main.querySelectorAll("[data-row]")) {
    if (Number(node.dataset.row) === chosen) node.setAttribute("aria-current", "true");
    else node.removeAttribute("aria-current");
  }
  view.bar.update();
  const present = data.differences.find(({ n }) => n === chosen);
  if (!reveal || !present) return;
  view.live.textContent = spoken(present, data.texts);
  const marks = [...main.querySelectorAll(".gm-chosen")];
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  (marks[0] ?? view.bar.node).scrollIntoView({ block: "center", inline: "nearest", behavior: still ? "auto" : "smooth" });
}

function isDark(node) {
  const numbers = getComputedStyle(node).color.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0];
  return (numbers[0] + numbers[1] + numbers[2]) / 3 > 128;
}

export default function comparing({ parentElement, data, setTriggerValue }) {
  if (!views.has(parentElement)) views.set(parentElement, made(rootOf(parentElement), setTriggerValue));
  const view = views.get(parentElement);
  view.trigger = setTriggerValue;
  const before = view.data;
  view.data = data;
  view.chosen = data.chosen ?? null;
  draw(view);
  // another pair, or a difference that the address names: bring the pages into sight, not the head
  const moved = before?.state === "compared" && before.at !== data.at;
  if (data.state === "compared" && view.chosen !== null) requestAnimationFrame(() => show(view, true));
  else if (moved) view.bar.node.scrollIntoView({ block: "start" });
  view.end ??= shortcuts(keysOf(view));
  return () => {
    view.end();
    views.delete(parentElement);
  };
}
