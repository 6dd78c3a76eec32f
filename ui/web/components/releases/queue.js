// Files on their way to the server. They live here, not in the page's element: another page does not stop them.
import { sendingSoFar } from "./arithmetic.js";
import { ask, routeTo } from "./asking.js";

const AT_ONCE = 2;
export const queue = { job: null, items: [], wanted: null, limit: Infinity, onChange: () => {}, onStart: () => {} };
let made = null; // the promise of the job
let numbers = 0;

/** Add [{file, path}] and begin to send them. */
export function add(files) {
  for (const { file, path } of files) {
    numbers += 1;
    const item = { number: numbers, file, path, size: file.size, done: 0, state: "queued", why: null, request: null };
    if (file.size > queue.limit) Object.assign(item, { state: "failed", why: "too_large" });
    queue.items.push(item);
  }
  pump();
}

/** Go on with files that an earlier page has sent. */
export function adopt(job) {
  made = Promise.resolve(job);
  queue.job = job;
  numbers = 1_000_000; // past the numbers of that page
  queue.onChange();
}

export function cancel(item) {
  item.request?.abort();
  if (item.state === "sent") ask("DELETE", `/${queue.job}/${item.number}`).catch(() => {});
  item.state = "cancelled";
  pump();
}

export function cancelAll() {
  queue.items.forEach((item) => item.request?.abort());
  if (queue.job) ask("DELETE", `/${queue.job}`).catch(() => {});
  clear();
}

export function retry(item) {
  if (item.size > queue.limit) return;
  Object.assign(item, { state: "queued", done: 0, why: null });
  pump();
}

/** Ingest when everything has been sent; `about` is the form. */
export function startWith(about) {
  queue.wanted = about;
  pump();
}

export const sending = () => queue.items.some((item) => item.state === "queued" || item.state === "sending");

function clear() {
  Object.assign(queue, { job: null, items: [], wanted: null });
  made = null;
  queue.onChange();
}

async function pump() {
  queue.onChange();
  const busy = queue.items.filter((item) => item.state === "sending").length;
  const next = queue.items.filter((item) => item.state === "queued").slice(0, AT_ONCE - busy);
  for (const item of next) {
    item.state = "sending";
    send(item);
  }
  if (queue.wanted && !sending() && sendingSoFar(queue.items).failed === 0) await begin();
}

async function send(item) {
  try {
    made ??= ask("POST", "").then((told) => told.job);
    queue.job = await made;
  } catch (refusal) {
    made = null;
    Object.assign(item, { state: "failed", why: refusal.why });
    pump();
    return;
  }
  if (item.state === "sending") put(item);
}

function put(item) {
  const request = new XMLHttpRequest(); // fetch tells nothing of how much was sent
  item.request = request;
  request.open("PUT", routeTo(`/${queue.job}/${item.number}`, { path: item.path, modified: item.file.lastModified }));
  request.upload.addEventListener("progress", (event) => {
    item.done = event.loaded;
    queue.onChange();
  });
  request.addEventListener("loadend", () => {
    item.request = null;
    if (item.state === "sending") settle(item, request);
    pump();
  });
  request.send(item.file);
}

function settle(item, request) {
  if (request.status === 200) {
    item.state = "sent";
    return;
  }
  item.state = "failed";
  try {
    item.why = JSON.parse(request.responseText).why ?? "broken_off";
  } catch {
    item.why = request.status ? "broken_off" : "offline";
  }
}

async function begin() {
  const { wanted } = queue;
  queue.wanted = null;
  try {
    await ask("POST", `/${queue.job}/start`, { body: wanted });
    clear();
    queue.onStart(null);
  } catch (refusal) {
    queue.onChange();
    queue.onStart(refusal);
  }
}

window.addEventListener("beforeunload", (event) => {
  if (sending()) event.preventDefault();
});
