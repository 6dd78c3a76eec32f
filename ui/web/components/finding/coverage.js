// The line that says what was searched, and what could not be.
import { el, fill } from "../shared/dom.js";
import { counted, number } from "./wording.js";

/** Return what was searched, in words, with a link to what was not. */
export function coverageLine({ coverage, behind, unfinished = [], ingesting, texts }) {
  if (!coverage.total && !coverage.files) return ingesting ? el("p", { class: "gm-finding-late", role: "note" }, texts.ingesting) : null;
  const missing = coverage.total - coverage.searched;
  const whole = coverage.searched - coverage.part;
  const said = [
    fill(whole < coverage.total ? texts.covered_some : texts.covered, { total: number(coverage.total), searched: number(whole) }),
    coverage.part > 0 && counted(texts, "covered_part", coverage.part),
    missing > 0 && fill(texts.missing_pages, { n: number(missing) }),
    coverage.files > 0 && counted(texts, "missing_files", coverage.files),
  ].filter(Boolean);
  const link = said.length > 1 && el("a", { href: "/releases#not-searchable", "data-go": true }, texts.missing_link);
  return el(
    "div",
    { class: "gm-finding-coverage" },
    el("p", {}, said.join(" · "), link && [" · ", link]),
    ingesting && el("p", { class: "gm-finding-late" }, texts.ingesting),
    behind > 0 && el("p", { class: "gm-finding-late" }, counted(texts, "behind", behind)),
    unfinished.map(([part, pages, done]) =>
      el("p", { class: "gm-finding-late" }, fill(texts.unfinished, { part, pages: number(pages), done: number(done) })),
    ),
  );
}
