// The margin: cards beside their places where there is room, one after the other in a drawer where there is not.
import { el, fill } from "../shared/dom.js";
import { drawCards } from "./cards.js";
import { boxesIn } from "./paper.js";
import { stacked } from "./stacking.js";

const GAP = 10;

/** Make the margin: the list of cards and of forms for new ones. */
export function makeNotes(view) {
  const list = el("ul", { class: "gm-viewer-cards" });
  const lost = el("ul", { class: "gm-viewer-cards gm-viewer-unplaced" });
  const lostTitle = el("h3", { hidden: true }, view.texts.unplaced);
  const hint = el("p", { class: "gm-quiet gm-viewer-hint" }, view.texts.notes_hint);
  const node = el(
    "aside",
    { class: "gm-viewer-notes", "aria-label": view.texts.notes },
    el("h2", { class: "gm-hidden" }, view.texts.notes),
    lostTitle,
    lost,
    hint,
    list,
  );
  const sizes = new ResizeObserver(() => placeNotes(view)); // a note being typed grows
  return { node, list, lost, lostTitle, hint, sizes };
}

/** Draw the cards of view.data. */
export function drawNotes(view) {
  const { annotations } = view.data;
  const { notes } = view;
  const placed = annotations.filter(({ start }) => start !== null);
  const unplaced = annotations.filter(({ start }) => start === null);
  const known = Object.entries(view.cards);
  const within = (ids) => Object.fromEntries(known.filter(([id]) => ids.some((each) => each.id === id)));
  for (const [id, card] of known) if (!annotations.some((each) => each.id === id)) card.node.remove();
  view.cards = {
    ...drawCards(view, notes.list, within(placed), placed),
    ...drawCards(view, notes.lost, within(unplaced), unplaced),
  };
  for (const { node, at } of view.forms.values()) if (at) notes.list.append(node);
  notes.lostTitle.hidden = unplaced.length === 0;
  notes.lostTitle.textContent = fill(view.texts.unplaced, { n: unplaced.length });
}

/** Put each card at the height of its place. */
export function placeNotes(view) {
  const { notes, cards, forms } = view;
  for (const card of notes.list.children) notes.sizes.observe(card);
  notes.hint.hidden = Object.keys(cards).length > 0 || forms.size > 0;
  for (const [id, { node }] of Object.entries(cards)) node.classList.toggle("gm-active", id === view.active);
  const placed = [
    ...Object.values(cards)
      .filter(({ annotation }) => annotation.start !== null)
      .map(({ node, annotation }) => ({ node, span: annotation })),
    ...[...forms.values()].filter(({ at }) => at).map(({ node, at }) => ({ node, span: at })),
  ];
  const beside = view.wide && !notes.node.hidden;
  notes.list.classList.toggle("gm-viewer-beside", beside);
  if (!beside) {
    for (const { node } of placed) node.style.transform = "";
    notes.list.style.height = "";
    return;
  }
  if (!placed.length) {
    notes.list.style.height = ""; // and no need to ask where anything stands
    return;
  }
  const frame = view.nodes.stage.getBoundingClientRect();
  const top = notes.list.getBoundingClientRect().top - frame.top + view.nodes.stage.scrollTop;
  for (const each of placed) each.wanted = Math.max(0, (boxesIn(view, each.span)[0]?.y ?? 0) - top);
  placed.sort((a, b) => a.wanted - b.wanted || a.span.start - b.span.start);
  const heights = placed.map(({ node }) => node.offsetHeight);
  const held = placed.findIndex(({ node }) => node === cards[view.active]?.node);
  const tops = stacked(
    placed.map(({ wanted }) => wanted),
    heights,
    GAP,
    held,
  );
  placed.forEach(({ node }, at) => (node.style.transform = `translateY(${Math.round(tops[at])}px)`));
  notes.list.style.height = `${tops.at(-1) + heights.at(-1) + GAP}px`;
}
