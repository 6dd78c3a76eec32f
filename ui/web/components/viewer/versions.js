// Other versions of the paper, in the drawer: how much alike they are, what differs, and the way to compare them.
import { el, fill } from "../shared/dom.js";
import { readerOf } from "./held.js";

const COUNTED = 5; // versions whose differences are counted without being asked for
const told = new Map(); // what differs, by the address that says it

/** Make the list; none where the paper has no versions. */
export function otherVersions(texts, versions) {
  if (!versions.length) return null;
  const counts = [];
  const items = versions.map(({ document, title, date, likeness, compare, differences }, number) => {
    const count = el("div", { class: "gm-quiet", role: "status" });
    if (number < COUNTED) counts.push([count, differences]);
    return el(
      "li",
      {},
      el("a", { href: readerOf(document), "data-go": true }, title),
      el("div", { class: "gm-quiet" }, [date, fill(texts.version_alike, { n: likeness })].filter(Boolean).join(" · ")),
      count,
      el("a", { href: compare, "data-go": true, class: "gm-viewer-compare" }, texts.version_compare),
    );
  });
  queueMicrotask(() => count(counts, texts)); // once the list is in the page
  return el("section", { class: "gm-viewer-versions" }, el("h3", {}, fill(texts.other_versions, { n: versions.length })), el("ul", {}, items));
}

// One after the other: comparing two long papers takes the server seconds.
async function count(counts, texts) {
  for (const [place, address] of counts) {
    if (!told.has(address)) {
      place.textContent = texts.version_counting;
      const said = await asked(address);
      if (said) told.set(address, said);
    }
    place.textContent = told.get(address) ?? "";
    if (!place.isConnected) return; // the drawer shows another page by now
  }
}

async function asked(address) {
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    return answer.ok ? (await answer.json()).said : "";
  } catch {
    return "";
  }
}
