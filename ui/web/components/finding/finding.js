// The search page. The box is made once; facets, chips, head and hits are drawn anew when the data change.
import { el, fill, rootOf } from "../shared/dom.js";
import { shortcuts } from "../shared/keys.js";
import { active, addressOf, pagesAround } from "./addresses.js";
import { searchBox, showQuery } from "./box.js";
import { coverageLine } from "./coverage.js";
import { chips, facetLists } from "./facets.js";
import { elsewhere } from "./elsewhere.js";
import { groupLinks, hitList, notices, sortLinks } from "./hits.js";
import { likeLead } from "./like.js";
import { meant } from "./meant.js";
import { helpPopover, writeHelp } from "./popover.js";
import { numbersList } from "./numbers.js";
import { newsHead, savedList } from "./saved.js";
import { saver } from "./saver.js";
import { say } from "../shared/saying.js";
import { cameFrom, opening } from "./returning.js";
import { beginning, fault, nothing, otherWays } from "./states.js";
import { busyLine } from "./waiting.js";
import { widening } from "./widening.js";
import { counted, number } from "./wording.js";

const WIDE = window.matchMedia("(min-width: 900px)");
const views = new WeakMap();

function made(root, setTriggerValue) {
  const view = { data: null, unfolded: new Set(), act: setTriggerValue };
  // A new query keeps the filters, as long as the reader sees them.
  view.addressFor = (q) => addressOf(view.data.asked, { like: "", ...(q ? { q } : { q, chosen: {}, excluded: {}, without: [], bridge: true }) });
  view.saver = saver((name) => view.act("save", { name, ...pick(view.data.asked) }));
  view.busy = busyLine();
  view.box = searchBox(view.addressFor);
  view.help = helpPopover();
  view.heading = el("h1", { class: "gm-finding-title" });
  view.status = el("p", { class: "gm-hidden", role: "status" });
  view.summary = el("summary");
  view.lists = el("div");
  view.facets = el("details", { class: "gm-finding-facets" }, view.summary, view.lists);
  view.results = el("div", { class: "gm-finding-results" });
  const bar = el("div", { class: "gm-finding-bar" }, view.box.form, view.help.place);
  view.main = el("main", { tabindex: "-1", class: "gm-finding" }, view.heading, bar, view.status, view.busy.node, el("div", { class: "gm-finding-body" }, view.facets, view.results));
  root.replaceChildren(view.main);
  const unfold = () => (view.facets.open = WIDE.matches);
  unfold();
  WIDE.addEventListener("change", unfold);
  view.box.input.addEventListener("keydown", (event) => {
    if (event.code === "ArrowDown" && !event.isComposing && move(view, 1) !== false) event.preventDefault();
  });
  view.results.addEventListener("click", (event) => opening(event, hitLinks(view)));
  const unlisten = shortcuts({ KeyJ: () => move(view, 1), KeyK: () => move(view, -1) });
  view.end = () => {
    unlisten();
    view.help.end();
    view.busy.end();
    WIDE.removeEventListener("change", unfold);
  };
  return view;
}

const pick = ({ q, sort, chosen, excluded }) => ({ q, sort, chosen, excluded });

const hitLinks = (view) => [...view.results.querySelectorAll(".gm-finding-open")];

/** Put a reader who comes back from a paper where they left. */
function putBack(view) {
  const left = cameFrom(hitLinks(view));
  if (!left) return;
  left.focus({ preventScroll: true });
  left.closest(".gm-finding-hit").scrollIntoView({ block: "center" });
}

/** Move the focus to the next hit, or the one before. */
function move(view, step) {
  const links = hitLinks(view);
  const at = links.findIndex((link) => link.closest(".gm-finding-hit").contains(document.activeElement));
  const next = links[at < 0 ? 0 : at + step];
  if (!next) return false;
  next.focus({ preventScroll: true });
  next.closest(".gm-finding-hit").scrollIntoView({ block: "nearest" });
  return true;
}

/** Draw anew; what had the focus has it again if it is still there, else the page has. */
function draw(view) {
  const { data } = view;
  const inside = view.main.contains(document.activeElement);
  const at = inside && document.activeElement.closest("[data-at]")?.dataset.at;
  const on = active(data.asked).length;
  view.summary.textContent = on ? fill(data.texts.facets_on, { n: on }) : data.texts.facets;
  const lists = facetLists(data, view.unfolded, () => draw(view));
  view.lists.replaceChildren(...lists);
  view.facets.hidden = lists.length === 0;
  view.main.classList.toggle("gm-finding-with-facets", lists.length > 0);
  view.main.classList.toggle("gm-finding-blank", Boolean(data.begin));
  view.results.replaceChildren(...results(data, view).flat(Infinity).filter(Boolean));
  if (at) [...view.main.querySelectorAll("[data-at]")].find((each) => each.dataset.at === at)?.focus({ preventScroll: true });
  if (inside && !view.main.contains(document.activeElement)) view.main.focus({ preventScroll: true });
}

function results(data, view) {
  const { begin, found, texts } = data;
  if (begin) return [begin.documents > 0 && beginning(data, savedList({ ...data, said: data.said?.number === view.past ? null : data.said }, view.act)), coverageLine(data), !begin.documents && beginning(data)];
  if (data.fault) return [fault(data)];
  if (data.news) return [newsHead(data, view.act), found && [coverageLine(data), notices(found.notices, texts), hitList({ ...data, asked: { ...data.asked, q: data.news.q } })]];
  if (data.numbers) return [chips(data), numbersList(data, view.unfolded, () => draw(view)), coverageLine({ ...data, unfinished: data.numbers.unfinished })];
  const lead = [chips(data), widening(data), data.like && likeLead(data)];
  if (!found) return lead;
  if (!found.hits.length) return [lead, data.like ? coverageLine(data) : nothing(data, el("div", { class: "gm-finding-head" }, tools(data, view)))];
  const listed = [notices(found.notices, texts), hitList(data), paging(data), elsewhere(data)];
  return [lead, head(data, view), coverageLine(data), meant(data), !found.total && found.hints && otherWays(data), listed];
}

function totalSaid({ found, like, texts }) {
  if (like) return texts.like_head;
  if (!found.total) return counted(texts, "partial_only", found.partial);
  const one = found.total === 1 && found.documents === 1;
  return fill(one ? texts.total_one : texts.total, { total: number(found.total), documents: number(found.documents) });
}

/** What can be done with a search: keeping it, and its report. */
function tools({ asked, report, texts }, view) {
  if (!asked.q) return null;
  const link = report && el("a", { href: report, download: true, title: texts.report_said }, texts.report);
  const numbers = el("a", { href: addressOf(asked, { numbers: true }), "data-go": true, "data-at": "numbers", title: texts.numbers_said }, texts.numbers);
  return [el("div", { class: "gm-finding-tools" }, numbers, view.saver.button, link), view.saver.form];
}

function head(data, view) {
  const { found, texts } = data;
  return el(
    "div",
    { class: "gm-finding-head" },
    el("h2", {}, totalSaid(data), el("small", {}, fill(texts.took, { n: number(found.took) }))),
    el("div", { role: "group", "aria-label": texts.sort }, sortLinks(data)),
    el("div", { role: "group", "aria-label": texts.group }, groupLinks(data)),
    tools(data, view),
  );
}

function paging({ found, asked, texts }) {
  const all = asked.grouped ? found.documents + found.partialDocuments : found.total + found.partial;
  const last = Math.ceil(all / found.step);
  if (last < 2) return null;
  const range = { total: number(all), first: number(found.first), last: number(Math.min(all, found.first + found.step - 1)) };
  const link = (page, name) => el("a", { href: addressOf(asked, { page }), "data-go": true, "aria-current": page === asked.page ? "page" : null }, name);
  return el(
    "nav",
    { class: "gm-finding-paging", "aria-label": texts.pages },
    el("span", {}, fill(asked.grouped ? texts.range_documents : texts.range, range)),
    el(
      "ul",
      {},
      asked.page > 1 && el("li", {}, link(asked.page - 1, texts.previous)),
      pagesAround(asked.page, last).map((page) => el("li", {}, page ? link(page, number(page)) : "…")),
      asked.page < last && el("li", {}, link(asked.page + 1, texts.next)),
    ),
  );
}

function write(view) {
  const { data, box, heading } = view;
  const { texts } = data;
  heading.textContent = data.begin?.documents ? texts.begin : texts.title;
  box.input.setAttribute("aria-label", texts.box);
  box.input.placeholder = texts.placeholder;
  box.button.textContent = texts.submit;
  view.saver.write(texts, data.asked);
  view.busy.write(texts);
  writeHelp(view.help, texts, (q) => addressOf(data.asked, { q, like: "", numbers: false, chosen: {}, excluded: {}, without: [] }));
  view.status.textContent = data.found ? (data.found.hits.length ? totalSaid(data) : texts.none) : "";
  document.title = data.asked.q ? fill(texts.window, { q: data.asked.q }) : texts.window_blank;
}

function saySaid(view, before) {
  const { said } = view.data;
  if (!said || said.number === before) return;
  view.saver.came(said);
  if (said.act !== "remove" || said.wrong) say(fill(said.text, { name: said.value ?? "" }), { wrong: said.wrong });
}

export default function finding({ parentElement, data, setTriggerValue }) {
  const root = rootOf(parentElement);
  let view = views.get(root);
  const known = Boolean(view);
  if (!view) views.set(root, (view = made(root, setTriggerValue)));
  view.act = setTriggerValue;
  const said = view.data ? view.data.said?.number : data.said?.number; // what was said before this page is not said again
  const begun = data.begin && !view.data?.begin;
  const turned = view.data && (view.data.asked.q !== data.asked.q || view.data.asked.page !== data.asked.page || view.data.asked.like !== data.asked.like || view.data.asked.numbers !== data.asked.numbers);
  if (!known || turned) view.past = data.said?.number; // another page: what was said before is over
  view.data = data;
  view.busy.stop();
  showQuery(view.box, data.asked.q);
  write(view);
  draw(view);
  saySaid(view, said);
  if (begun) view.box.input.focus({ preventScroll: true });
  if (!known) putBack(view);
  if (turned) view.main.scrollIntoView({ block: "start" });
  return () => {
    view.end();
    views.delete(root);
  };
}
