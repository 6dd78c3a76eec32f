// Short messages at the foot of the window, also spoken by screen readers.
import { el } from "./dom.js";

const STAYS = { done: 4000, wrong: 8000 }; // milliseconds
const CROSS = "pointer-events:auto;margin:0 -.4rem 0 .8rem;padding:0 .4rem;border:0;background:none;color:inherit;font:inherit;cursor:pointer";

let timer = 0;
let shown = null;

/** Say what was done or what went wrong; the latter stays longer, and goes by its ×, by Escape or with the page. */
export function say(text, { wrong = false } = {}) {
  shown ??= place();
  window.clearTimeout(timer);
  shown.text.textContent = text;
  shown.close.hidden = !wrong;
  shown.close.setAttribute("aria-label", document.documentElement.lang.startsWith("en") ? "Close" : "닫기");
  shown.node.className = wrong ? "gm-shown gm-wrong" : "gm-shown";
  timer = window.setTimeout(hush, wrong ? STAYS.wrong : STAYS.done);
}

/** Take the message away. */
export function hush() {
  window.clearTimeout(timer);
  shown?.node.classList.remove("gm-shown");
  if (shown) shown.close.hidden = true; // nor can it be reached by keyboard
}

function place() {
  const text = el("span", { role: "status", "aria-live": "polite" });
  const close = el("button", { type: "button", hidden: true, onclick: hush }, "×");
  close.style.cssText = CROSS;
  const node = el("div", { id: "gm-said" }, text, close);
  document.body.append(node);
  const hushWrong = () => node.classList.contains("gm-wrong") && hush();
  window.addEventListener("keydown", (event) => event.key === "Escape" && hushWrong(), true);
  window.addEventListener("popstate", hushWrong);
  return { node, text, close };
}
