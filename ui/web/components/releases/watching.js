// Jobs as they go: asked of the server every second while one runs, so that any browser shows the same.
import { el } from "../shared/dom.js";
import { say } from "../shared/saying.js";
import { percent, size, timeLeft } from "./arithmetic.js";
import { ask } from "./asking.js";
import { adopt, queue } from "./queue.js";
import { fill } from "./wording.js";

const [SOON, LATER, KEPT] = [1000, 10_000, 8];
const LIVE = new Set(["running", "waiting"]);

/** Watch all jobs, drawn in `place`; `finished` is called when one has ended. Returns {look, stop}. */
export function watch(place, data, finished) {
  const view = { place, data, finished, shown: new Map(), timer: 0, ended: false };
  view.heading = el("h2", { hidden: true }, data.texts.jobs);
  view.writer = el("p", { class: "gm-releases-writer", hidden: true });
  view.list = el("div");
  view.live = el("p", { class: "gm-hidden", role: "status", "aria-live": "polite" });
  place.replaceChildren(view.heading, view.writer, view.list, view.live);
  const look = () => {
    clearTimeout(view.timer);
    if (!view.ended) lookAt(view).then((soon) => (view.timer = setTimeout(look, soon ? SOON : LATER)));
  };
  look();
  const stop = () => {
    view.ended = true;
    clearTimeout(view.timer);
  };
  return { look, stop };
}

async function lookAt(view) {
  let told;
  try {
    told = await ask("GET", "");
  } catch {
    return false; // the next look may reach the server
  }
  const jobs = told.jobs.filter((job) => job.id !== queue.job && (job.phase !== "open" || job.chosen > 0)).slice(0, KEPT);
  const ids = new Set(jobs.map((job) => job.id));
  for (const [id, one] of view.shown) {
    if (ids.has(id)) continue;
    one.element.remove();
    view.shown.delete(id);
  }
  for (const job of jobs) await update(view, job);
  jobs.forEach((job, at) => {
    const { element } = view.shown.get(job.id);
    if (view.list.children[at] !== element) view.list.insertBefore(element, view.list.children[at] ?? null);
  });
  view.heading.hidden = jobs.length === 0;
  view.writer.hidden = !told.writer;
  if (told.writer) view.writer.textContent = fill(view.data.texts.writer, { ...told.writer, since: new Date(told.writer.since).toLocaleTimeString(view.data.language) });
  return jobs.some((job) => LIVE.has(job.phase));
}

async function update(view, job) {
  if (!view.shown.has(job.id)) view.shown.set(job.id, made(view, job));
  const one = view.shown.get(job.id);
  const wasLive = LIVE.has(one.phase);
  if (one.told > job.told) {
    one.told = 0; // started again: the list begins anew
    one.outcomes.replaceChildren();
  }
  if (one.told < job.told && (LIVE.has(job.phase) || wasLive || one.details.open)) await outcomes(view, one, job);
  draw(view, one, job);
  one.phase = job.phase;
  if (wasLive && !LIVE.has(job.phase)) view.finished(job.id);
}

function made(view, job) {
  const { texts } = view.data;
  const outcomesList = el("ul", { class: "gm-releases-outcomes" });
  const details = el("details", { hidden: true }, el("summary", {}, texts.outcomes), outcomesList);
  const one = { phase: null, told: 0, spoken: "", details, outcomes: outcomesList };
  one.words = el("p", { class: "gm-releases-words" });
  one.bar = el("progress", { max: 100, value: 0, "aria-label": job.name || texts.jobs });
  one.buttons = el("p", { class: "gm-releases-line" });
  one.title = el("h3", {});
  one.element = el("article", { class: "gm-releases-job", "data-job": job.id }, one.title, one.bar, one.words, one.buttons, details);
  details.addEventListener("toggle", () => details.open && outcomes(view, one, { ...job, told: Infinity }).catch(() => {}));
  return one;
}

async function outcomes(view, one, job) {
  while (one.told < job.told) {
    const from = one.told;
    const told = await ask("GET", `/${job.id}`, { query: { from } }).catch(() => ({ outcomes: [] }));
    if (told.outcomes.length === 0 || one.told !== from) return;
    one.told += told.outcomes.length;
    one.outcomes.append(...told.outcomes.map((outcome) => line(outcome, view.data)));
  }
}

function line(outcome, { texts }) {
  const reason = outcome.reason.toLowerCase().replaceAll(" ", "_");
  const state = { searchable: "searchable", "searchable by OCR": "ocr", "searchable in part": "part" }[outcome.state] ?? "none";
  const before = { unchanged: texts.unchanged, "known already": texts.known }[outcome.verdict];
  return el(
    "li",
    {},
    el("span", { class: `gm-releases-swatch gm-is-${state}`, "aria-hidden": "true" }),
    outcome.document && outcome.pages > 0 ? el("a", { href: `/reader?doc=${outcome.document}&page=1`, "data-go": true }, outcome.path) : outcome.path,
    " ",
    el("span", {}, texts[state], before && ` (${before})`),
    reason && el("span", { class: "gm-quiet" }, ` ${texts[`reason_${reason}`] ?? ""}. ${texts[`advice_${reason}`] ?? ""}`),
  );
}

function draw(view, one, job) {
  const { texts, language } = view.data;
  const when = job.at ? new Date(job.at).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" }) : "";
  one.title.replaceChildren(job.name || texts.add, " ", el("span", { class: "gm-quiet" }, when));
  const far = job.phase === "done" ? 100 : percent(job.share, 1);
  one.bar.value = job.phase === "done" || far < 100 ? far : 99;
  one.bar.hidden = job.phase === "open" || job.phase === "done";
  const words = [sentence(job, texts, language), ...extra(job, texts)].join(" · ");
  one.words.textContent = words;
  one.details.hidden = job.told === 0;
  const spoken = `${job.phase} ${Math.floor(far / 20)}`;
  if (one.spoken && one.spoken !== spoken) view.live.textContent = `${job.name}: ${words}`;
  const stale = one.spoken.split(" ")[0] !== job.phase;
  one.spoken = spoken;
  if (stale) one.buttons.replaceChildren(...buttons(view, one, job));
}

function sentence(job, texts, language) {
  if (job.phase === "running" && job.of_files === 0) return fill(texts.job_starting, { n: job.chosen });
  const number = (value) => value.toLocaleString(language);
  const values = { n: number(job.phase === "done" ? job.told : job.chosen), files: number(job.files), of: number(job.of_files), pages: number(job.pages), error: job.error, size: size(job.size, language) };
  return fill(texts[`job_${job.phase}`], values);
}

function extra(job, texts) {
  const said = [];
  if (job.phase === "running" && job.rate > 0) said.push(fill(texts.rate, { n: job.rate < 10 ? job.rate.toFixed(1) : Math.round(job.rate) }));
  if (job.phase === "running" && job.left !== null) {
    const [name, n] = timeLeft(job.left);
    said.push(fill(texts[name], { n }));
  }
  if (job.failed > 0) said.push(fill(texts.job_trouble, { n: job.failed }));
  if (job.in_part > 0) said.push(fill(texts.job_in_part, { n: job.in_part }));
  if (job.phase === "running") said.push(texts.stay);
  return said;
}

function buttons(view, one, job) {
  const { texts } = view.data;
  const act = (text, method, path, after = () => {}) => {
    const clicked = () =>
      ask(method, `/${job.id}${path}`, { body: method === "POST" ? { password: one.password?.value ?? "" } : null }).then(after, (refusal) =>
        say(texts[`why_${refusal.why}`] ?? refusal.said, { wrong: true }),
      );
    return el("button", { type: "button", onclick: () => clicked().then(() => lookAt(view)) }, text);
  };
  const sure = act(texts.delete, "DELETE", "");
  sure.addEventListener("click", (event) => window.confirm(texts.delete_sure) || event.stopImmediatePropagation(), { capture: true });
  if (LIVE.has(job.phase)) return [act(texts.stop, "POST", "/stop")];
  if (job.phase === "open") return [el("button", { type: "button", onclick: () => take(view, job) }, texts.use), sure];
  if (job.phase === "done") return [el("a", { href: `/?q=${encodeURIComponent(`release:"${job.name.replaceAll('"', " ")}"`)}`, "data-go": true }, texts.search_them), act(texts.delete_done, "DELETE", "")];
  one.password = el("input", { type: "password", autocomplete: "new-password", maxlength: 500 });
  const restart = act(texts.again, "POST", "/again");
  return [restart, sure, el("label", { class: "gm-quiet" }, `${texts.password} `, one.password)];
}

function take(view, job) {
  adopt(job.id);
  say(view.data.texts.finish_form);
  lookAt(view);
}
