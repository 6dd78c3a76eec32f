// A line that says that a search takes its time; it comes only where one does.
import { el } from "../shared/dom.js";

const AFTER = 700; // milliseconds
const LONGEST = 30_000;

/** Make the line: it shows some time after a step to another address, until stop() is called. */
export function busyLine() {
  const node = el("p", { class: "gm-finding-busy", role: "status" });
  let text = "";
  const timers = [];
  const stop = () => {
    while (timers.length) window.clearTimeout(timers.pop());
    node.textContent = "";
  };
  const began = () => {
    stop();
    if (location.pathname !== "/") return;
    timers.push(window.setTimeout(() => (node.textContent = text), AFTER), window.setTimeout(stop, LONGEST));
  };
  window.addEventListener("popstate", began);
  const end = () => {
    stop();
    window.removeEventListener("popstate", began);
  };
  const write = (texts) => (text = texts.busy);
  return { node, stop, end, write };
}
