// The help popover beside the box: the query language, a line a construct, each with an example that is a link.
import { el } from "../shared/dom.js";

const LINES = 16;

/** Make the button and what it opens; Escape, a click elsewhere and a followed example close it. */
export function helpPopover() {
  const panel = el("div", { class: "gm-finding-help", id: "gm-finding-help", role: "region", hidden: true });
  const button = el("button", { type: "button", class: "gm-finding-ask", "aria-expanded": "false", "aria-controls": panel.id }, "?");
  const place = el("div", { class: "gm-finding-asking" }, button, panel);
  const show = (open) => {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => show(panel.hidden));
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    show(false);
    button.focus();
  });
  panel.addEventListener("click", (event) => event.target.closest("a, button") && show(false));
  const elsewhere = (event) => place.contains(event.target) || show(false);
  document.addEventListener("pointerdown", elsewhere);
  place.addEventListener("focusout", (event) => event.relatedTarget && elsewhere({ target: event.relatedTarget }));
  const end = () => document.removeEventListener("pointerdown", elsewhere);
  return { place, button, panel, end };
}

/** Write the popover in a language; `addressFor(query)` gives an example's address. */
export function writeHelp(help, texts, addressFor) {
  help.button.setAttribute("aria-label", texts.help);
  help.button.title = texts.help;
  help.panel.setAttribute("aria-label", texts.help);
  const lines = Array.from({ length: LINES }, (_, i) => texts[`help_${i + 1}`]).flatMap((query, i) => [
    el("dt", {}, el("a", { href: addressFor(query), "data-go": true }, query)),
    el("dd", {}, texts[`help_${i + 1}_said`]),
  ]);
  help.panel.replaceChildren(
    el("h2", {}, texts.help),
    el("dl", {}, lines),
    el("p", { class: "gm-quiet" }, texts.keys),
    el("p", {}, el("a", { href: "/help", "data-go": true }, texts.help_more), el("button", { type: "button" }, texts.close)),
  );
}
