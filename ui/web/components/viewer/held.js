// What is in a file that holds others, and the page of a paper that has none of its own.
import { el, fill } from "../shared/dom.js";
import { addressWith } from "../shared/navigate.js";
import { describing } from "./describing.js";
import { bytes } from "./moments.js";

/** The address of a paper in the reader, nothing of the present one kept but the query. */
export const readerOf = (id) =>
  addressWith({ doc: id, page: null, at: null, hit: null, annotation: null }, "/reader");

/** Make the list of the files in a paper and of those that could not be taken out; `view` has texts and stateOf. */
export function heldList(view, held, attached = false) {
  const { texts } = view;
  if (!held) return null;
  const file = ({ document, folder, name, size, pages, state, reason }) =>
    el(
      "li",
      {},
      folder && el("span", { class: "gm-quiet" }, `${folder}/`),
      el("a", { href: readerOf(document), "data-go": true }, name),
      el(
        "span",
        { class: "gm-quiet" },
        ` ${[bytes(size), pages && fill(texts.held_pages, { n: pages }), view.stateOf({ state, reason })].filter(Boolean).join(" · ")}`,
      ),
    );
  const lost = ({ reason, detail }) =>
    el("li", {}, detail, el("span", { class: "gm-quiet" }, ` ${texts[`reason_${reason.toLowerCase().replaceAll(" ", "_")}`] ?? reason}`));
  const title = fill(attached ? texts.held_attached : texts.held, { n: held.files.length });
  return el(
    "section",
    { class: "gm-viewer-held" },
    held.files.length > 0 && [el("h3", {}, title), el("ul", {}, held.files.map(file))],
    held.lost.length > 0 && [el("h3", {}, fill(texts.held_lost, { n: held.lost.length })), el("ul", {}, held.lost.map(lost))],
    held.more > 0 && el("p", { class: "gm-quiet" }, fill(texts.held_more, { n: held.more })),
  );
}

/** Links to the files that a paper came in, each once; none where it came as itself. */
export function parentLinks(texts, occurrences) {
  const parents = new Map((occurrences ?? []).flatMap(({ parent }) => (parent ? [[parent.document, parent.name]] : [])));
  return [...parents].map(([id, name]) => [`${texts.came_in}: `, el("a", { href: readerOf(id), "data-go": true }, name)]);
}

/** The page of a paper without pages: what it is, why nothing was read, what is in it. */
export function unpaged(texts, { unpaged: paper, error }) {
  const told = { texts };
  describing(told);
  const known = [paper.agencies?.join(", "), paper.date, paper.releases?.join(", "), bytes(paper.size)];
  const whole = paper.state === "searchable";
  return [
    el("h1", {}, paper.title),
    el("p", { class: "gm-quiet" }, known.filter(Boolean).join(" · ")),
    parentLinks(texts, paper.occurrences).map((link) => el("p", {}, link)),
    paper.notices?.length ? el("p", {}, paper.notices.join(" · ")) : null,
    paper.held
      ? el("p", {}, [texts.no_pages, whole ? null : ` ${told.stateOf(paper)}`])
      : el("p", { role: "alert" }, error),
    paper.detail && !paper.held ? el("p", { class: "gm-quiet" }, paper.detail) : null,
    heldList(told, paper.held),
    el("p", {}, el("a", { href: paper.original, download: true, class: "gm-button" }, texts.download)),
  ];
}
