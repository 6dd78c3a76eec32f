// The hits: page by page, or document by document with their best pages.
import { el, fill, marked } from "../shared/dom.js";
import { addressOf, readerAddress } from "./addresses.js";
import { basis, counted, gradeWord, number, origin, unit, visible } from "./wording.js";

/** Return the list of hits. */
export function hitList(data) {
  const { found, asked } = data;
  const draw = asked.grouped ? byDocument : byPage;
  return el("ol", { class: "gm-finding-hits", start: found.first, "aria-label": data.texts.hits }, draw(data));
}

function byPage(data) {
  const { found, asked, texts } = data;
  return found.hits.map((hit) => {
    const paper = found.papers[hit.document];
    return el(
      "li",
      { class: "gm-finding-hit", "data-hit": `${hit.document} ${hit.page}` },
      el("h3", {}, el("a", linkTo(hit, asked), paper.title), " ", el("span", { class: "gm-finding-where" }, unit(hit, texts))),
      passage(hit),
      el("p", { class: "gm-finding-about" }, origin(paper, texts), " ", rests(hit, texts), graded(hit, texts)),
      differences(hit, texts),
      notices(paper.notices, texts),
    );
  });
}

function byDocument(data) {
  const { found, asked, texts } = data;
  const groups = Object.groupBy(found.hits, (hit) => hit.document);
  return [...new Set(found.hits.map((hit) => hit.document))].map((document) => {
    const paper = found.papers[document];
    const [first] = groups[document];
    return el(
      "li",
      { class: "gm-finding-paper" },
      el("h3", {}, el("a", { href: readerAddress(first, asked), "data-go": true }, paper.title)),
      el("p", { class: "gm-finding-about" }, origin(paper, texts), el("b", {}, counted(texts, "in_document", paper.pages))),
      notices(paper.notices, texts),
      el("ul", {}, groups[document].map((hit) => pageOfPaper(hit, asked, texts))),
      paper.pages > groups[document].length && rest(paper, first, asked, texts),
    );
  });
}

function pageOfPaper(hit, asked, texts) {
  return el(
    "li",
    { class: "gm-finding-hit", "data-hit": `${hit.document} ${hit.page}` },
    el("h4", {}, el("a", linkTo(hit, asked), unit(hit, texts)), " ", rests(hit, texts), graded(hit, texts)),
    passage(hit),
    differences(hit, texts),
  );
}

// The reader lists all hits of a document; it is where one looks through them.
function rest(paper, first, asked, texts) {
  return el("p", {}, el("a", { href: readerAddress(first, asked), "data-go": true }, fill(texts.in_document_all, { n: number(paper.pages) })));
}

const linkTo = (hit, asked) => ({ href: readerAddress(hit, asked), "data-go": true, class: "gm-finding-open" });

function passage(hit) {
  const pieces = [hit.before && "… ", ...marked(hit.text, hit.marks), hit.after && " …"];
  return el("p", { class: "gm-finding-passage" }, pieces);
}

const rests = (hit, texts) => el("span", { class: `gm-finding-basis gm-${hit.basis}` }, basis(hit, texts));

/** Return the grade of a quotation in words, what it means on hover and focus. */
function graded(hit, texts) {
  const { grade } = hit;
  if (!grade) return null;
  const tip = `gm-grade-${hit.document.slice(0, 12)}-${hit.page}`;
  return el(
    "span",
    { class: `gm-finding-grade gm-${grade.word}`, tabindex: "0", role: "note", "aria-describedby": tip },
    el("span", { class: "gm-hidden" }, `${texts.grade}: `),
    gradeWord(grade, hit, texts),
    el("span", { role: "tooltip", id: tip }, texts[`${grade.word}_said`]),
  );
}

/** Return where a quotation and the text differ, each as written there. */
function differences({ grade }, texts) {
  if (!grade?.differences.length) return null;
  const line = ([quoted, stands]) =>
    el("li", {}, texts.you_quote, " ", el("q", {}, visible(quoted, texts)), " → ", texts.it_stands, " ", el("q", {}, visible(stands, texts)));
  const more = grade.more > 0 && el("li", {}, fill(texts.differences_more, { n: number(grade.more) }));
  return el("ul", { class: "gm-finding-differences" }, grade.differences.map(line), more);
}

/** Return the notices that go with papers. */
export function notices(found, texts) {
  return (found ?? []).map((notice) => el("p", { class: "gm-finding-notice" }, el("span", {}, texts.notice), " ", notice));
}

/** Return the places where a quotation stands altered. */
export function elsewhere({ found, asked, texts }) {
  if (!found.elsewhere.length) return null;
  const place = (hit) =>
    el(
      "li",
      { class: "gm-finding-hit" },
      el("h3", {}, el("a", linkTo(hit, asked), hit.title), " ", el("span", { class: "gm-finding-where" }, unit(hit, texts)), " ", rests(hit, texts), graded(hit, texts)),
      el("p", { class: "gm-finding-passage" }, hit.text.replaceAll("\n", " ")),
      differences(hit, texts),
    );
  return el(
    "section",
    { class: "gm-finding-elsewhere" },
    el("h2", {}, texts.elsewhere),
    el("p", { class: "gm-quiet" }, texts.elsewhere_said),
    el("ol", { class: "gm-finding-hits" }, found.elsewhere.map(place)),
  );
}

/** Return the links that sort the hits. */
export const sortLinks = ({ asked, texts }) =>
  ["relevance", "date", "document"].map((sort) => choice(texts[sort], addressOf(asked, { sort }), asked.sort === sort, `sort ${sort}`));

/** Return the links that show hits page by page or document by document. */
export const groupLinks = ({ asked, texts }) =>
  [false, true].map((grouped) =>
    choice(grouped ? texts.by_document : texts.by_page, addressOf(asked, { grouped }), asked.grouped === grouped, `group ${grouped}`),
  );

const choice = (name, href, current, at) => el("a", { href, "data-go": true, "aria-current": current ? "true" : null, "data-at": at }, name);
