// The page of releases. Its sections stay where they are; what changed is drawn again, what is being sent goes on.
import { el, rootOf } from "../shared/dom.js";
import { say } from "../shared/saying.js";
import { useToken } from "./asking.js";
import { coverage } from "./coverage.js";
import { files } from "./files.js";
import { deliveries, releases, troubles } from "./listed.js";
import { trash } from "./trash.js";
import { uploadPanel } from "./upload.js";
import { watch } from "./watching.js";
import { fill } from "./wording.js";

const views = new WeakMap();
const SECTIONS = ["top", "upload", "jobs", "releases", "not-searchable", "files", "trash", "deliveries"];
const OF_PAPERS = ["edit", "discard", "put_back"];

function made(parentElement, data, setTriggerValue) {
  const view = { number: (value) => value.toLocaleString(data.language), said: data.said?.number ?? 0 };
  view.parts = Object.fromEntries(SECTIONS.map((name) => [name, el("section", { id: name })]));
  rootOf(parentElement).replaceChildren(el("main", { tabindex: -1, class: "gm-releases-page" }, Object.values(view.parts)));
  view.act = (name, value) => {
    view.acted = value.release;
    setTriggerValue(name, value);
  };
  view.watching = watch(view.parts.jobs, data, (id) => setTriggerValue("finished", id));
  view.parts.upload.append(el("h2", {}, data.texts.add), uploadPanel(data, () => view.watching.look()));
  return view;
}

export default function page({ parentElement, data, setTriggerValue }) {
  useToken(data.token);
  const isNew = !views.has(parentElement);
  if (isNew) views.set(parentElement, made(parentElement, data, setTriggerValue));
  const view = views.get(parentElement);
  const { parts, number } = view;
  const { texts } = data;
  const fresh = data.said && data.said.number !== view.said;
  if (fresh) {
    view.said = data.said.number;
    say(data.said.text, { wrong: data.said.wrong });
  }
  parts.top.replaceChildren(...top(data, number));
  parts.releases.hidden = data.releases.length === 0;
  const open = parts.releases.querySelector(".gm-releases-editing");
  const ofPaper = OF_PAPERS.includes(data.said?.act);
  const keepsForm = data.said?.act === "put_back";
  if (!open || (fresh && !ofPaper && !data.said.wrong)) parts.releases.replaceChildren(...releases(data, texts, number, view.act).flat());
  if (fresh && !ofPaper) backTo(view, data.said.act);
  parts["not-searchable"].replaceChildren(...troubles(data, texts, number).flat());
  parts.deliveries.replaceChildren(...deliveries(data, texts, number));
  const editing = parts.files.querySelector(".gm-releases-editing");
  if (!editing || (fresh && ofPaper && !keepsForm)) parts.files.replaceChildren(...files(data, texts, number, view.act).filter(Boolean));
  parts.trash.replaceChildren(...trash(data, number, (document) => view.act("put_back", { document })));
  if (fresh && ofPaper && data.said.act !== "edit") onAt(parts);
  toAnchor(view);
  return () => {
    view.watching.stop();
    views.delete(parentElement);
  };
}

function top(data, number) {
  const { texts } = data;
  const { documents, total } = data.coverage;
  if (documents === 0) return [el("h1", {}, texts.title), el("p", {}, texts.nothing)];
  const line = [
    el("span", {}, fill(texts.counted, { files: number(documents), pages: number(total) })),
    data.troubles.length > 0 && el("a", { href: "/releases#not-searchable", "data-go": true }, texts.to_troubles),
  ];
  return [
    el("h1", {}, texts.title),
    el("p", { class: "gm-releases-line" }, line),
    coverage(data.coverage, texts.coverage, texts, number),
    savedNews(data, number),
  ].filter(Boolean);
}

// What came is new for searches that people keep.
function savedNews({ news, texts }, number) {
  if (!news.length) return null;
  const link = ([id, name, total]) => el("li", {}, el("a", { href: `/?new=${id}`, "data-go": true }, fill(texts.saved_news_n, { name, n: number(total) })));
  return el("div", { class: "gm-releases-news", role: "status" }, el("strong", {}, texts.saved_news), el("ul", {}, news.map(link)));
}

// The button that was pressed is gone: the keyboard goes on at the release, at the way back if it was withdrawn.
function backTo(view, act) {
  if (document.activeElement !== document.body) return;
  const one = [...view.parts.releases.querySelectorAll("article")].find((each) => each.dataset.release === view.acted);
  (one?.querySelector(act === "withdraw" ? "[data-undo]" : "h3"))?.focus();
}

// The paper's button is gone with its row: the keyboard goes on at the trash, at the files once that is empty.
function onAt(parts) {
  if (document.activeElement === document.body) (parts.trash.querySelector("h2") ?? parts.files.querySelector("h2"))?.focus();
}

// Once for each address: the browser has looked for the anchor before it was drawn.
function toAnchor(view) {
  if (view.at === location.href) return;
  view.at = location.href;
  const place = location.hash && view.parts[decodeURIComponent(location.hash.slice(1))];
  if (place) requestAnimationFrame(() => place.scrollIntoView());
}
