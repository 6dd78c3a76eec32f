// The hits: page by page, or document by document with their best pages.
import { el, fill, marked } from "../shared/dom.js";
import { addressOf, likeAddress, readerAddress } from "./addresses.js";
import { differences } from "./altered.js";
import { basis, counted, gradeWord, number, origin, unit } from "./wording.js";

/** Return the list of hits. */
export function hitList(data) {
  const { found, asked } = data;
  const draw = asked.grouped ? byDocument : byPage;
  return el("ol", { class: "gm-finding-hits", start: found.first, "aria-label": data.texts.hits }, draw(data));
}

function byPage(data) {
  const { found, asked, texts } = data;
  const from = found.total ? found.hits.findIndex((hit) => hit.missing) : -1;
  return found.hits.map((hit, at) => {
    const paper = found.papers[hit.document];
    return [
      at === from && el("li", { class: "gm-finding-divide" }, counted(texts, "partial_from", found.partial)),
      el(
        "li",
        { class: "gm-finding-hit", "data-hit": `${hit.document} ${hit.page}` },
        el("h3", {}, el("a", linkTo(hit, asked), paper.title), " ", el("span", { class: "gm-finding-where" }, unit(hit, texts))),
        passage(hit),
        lacks(hit, texts),
        el("p", { class: "gm-finding-about" }, origin(paper, texts), " ", rests(hit, texts), graded(hit, texts), more(hit, texts)),
        differences(hit, texts),
        notices(paper.notices, texts),
        found.hits.findIndex(({ document }) => document === hit.document) === at && also(paper, texts),
      ),
    ];
  });
}

/** Say which words a page lacks that has only some of them. */
function lacks({ missing }, texts) {
  if (!missing) return null;
  const words = missing.flatMap((word, at) => [at ? ", " : "", el("q", {}, word)]);
  return el("p", { class: "gm-finding-missing" }, missing.length ? [texts.partial_lacks, " ", words] : texts.partial_apart);
}

const more = (hit, texts) => el("a", { class: "gm-finding-like", href: likeAddress(hit), "data-go": true }, texts.like);

function byDocument(data) {
  const { found, asked, texts } = data;
  const groups = Object.groupBy(found.hits, (hit) => hit.document);
  const documents = [...new Set(found.hits.map((hit) => hit.document))];
  const from = found.total && found.partialDocuments ? documents.find((document) => !found.papers[document].pages) : null;
  return documents.map((document) => {
    const paper = found.papers[document];
    const [first] = groups[document];
    const whole = groups[document].filter((hit) => !hit.missing).length;
    return [document === from && el("li", { class: "gm-finding-divide" }, counted(texts, "partial_documents", found.partialDocuments)), el(
      "li",
      { class: "gm-finding-paper" },
      el("h3", {}, el("a", { href: readerAddress(first, asked), "data-go": true }, paper.title)),
      el("p", { class: "gm-finding-about" }, origin(paper, texts), paper.pages > 0 && el("b", {}, counted(texts, "in_document", paper.pages))),
      notices(paper.notices, texts),
      also(paper, texts),
      el("ul", {}, groups[document].map((hit) => pageOfPaper(hit, asked, texts))),
      paper.pages > whole && rest(paper, first, asked, texts),
    )];
  });
}

function pageOfPaper(hit, asked, texts) {
  return el(
    "li",
    { class: "gm-finding-hit", "data-hit": `${hit.document} ${hit.page}` },
    el("h4", {}, el("a", linkTo(hit, asked), unit(hit, texts)), " ", rests(hit, texts), graded(hit, texts), more(hit, texts)),
    passage(hit),
    lacks(hit, texts),
    differences(hit, texts),
  );
}

// The reader lists all hits of a document; it is where one looks through them.
function rest(paper, first, asked, texts) {
  return el("p", {}, el("a", { href: readerAddress(first, asked), "data-go": true }, fill(texts.in_document_all, { n: number(paper.pages) })));
}

export const linkTo = (hit, asked) => ({ href: readerAddress(hit, asked), "data-go": true, class: "gm-finding-open" });

export function passage(hit) {
  const pieces = [hit.before && "… ", ...marked(hit.text, hit.marks), hit.after && " …"];
  return el("p", { class: "gm-finding-passage" }, pieces);
}

export const rests = (hit, texts) => el("span", { class: `gm-finding-basis gm-${hit.basis}` }, basis(hit, texts));

/** Return the grade of a quotation in words, what it means on hover and focus. */
export function graded(hit, texts) {
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

/** Say which papers are nearly the same, once a paper: other versions, each a link that compares the two. */
function also({ also: others }, texts) {
  if (!others) return null;
  const link = ({ title, href }, at) => [at > 0 && ", ", el("a", { href, "data-go": true, title: texts.also_compare }, title)];
  return el("p", { class: "gm-finding-about gm-finding-also" }, texts.also_in, " ", others.map(link));
}

/** Return the notices that go with papers. */
export function notices(found, texts) {
  return (found ?? []).map((notice) => el("p", { class: "gm-finding-notice" }, el("span", {}, texts.notice), " ", notice));
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
