// The head of every page: name, places to go, language. It also holds what the whole page needs once.
import { el, rootOf } from "../shared/dom.js";
import { shortcuts } from "../shared/keys.js";
import { followLinks, keepAddress, navigate } from "../shared/navigate.js";

const YEAR = 365 * 24 * 3600;
let installed = false;

function speak(language) {
  document.cookie = `gongmun_language=${language}; path=/; max-age=${YEAR}; samesite=lax`;
  location.reload(); // Streamlit reads cookies when it connects
}

function toSearchBox() {
  const box = document.querySelector("[data-search]");
  if (box) {
    box.focus();
    box.select();
  } else navigate("/");
}

function install() {
  if (installed) return;
  installed = true;
  keepAddress();
  document.addEventListener("click", followLinks);
  shortcuts({ Slash: toSearchBox, "Shift+Slash": () => navigate("/help") });
}

function toContent(event) {
  event.preventDefault();
  const main = document.querySelector("main[tabindex]") ?? document.querySelector("[data-testid=stMain]");
  main?.focus();
}

export default function masthead({ parentElement, data }) {
  install();
  document.documentElement.lang = data.language;
  if (data.title) document.title = data.title; // the search page and the reader say what they show
  const { texts } = data;
  const links = data.links.map((link) =>
    el("li", {}, el("a", { href: link.href, "data-go": true, "aria-current": link.current ? "page" : null }, link.name)),
  );
  const other = data.language === "ko" ? "en" : "ko";
  const head = el(
    "header",
    { class: "gm-head" },
    el("a", { class: "gm-skip", href: "#content", onclick: toContent }, texts.skip),
    el("a", { class: "gm-brand", href: "/", "data-go": true }, el("strong", {}, texts.brand), el("span", {}, data.corpus)),
    el("nav", { "aria-label": texts.places }, el("ul", {}, links)),
    el("button", { type: "button", class: "gm-language", lang: other, onclick: () => speak(other) }, texts.other_language),
  );
  rootOf(parentElement).replaceChildren(head);
}
