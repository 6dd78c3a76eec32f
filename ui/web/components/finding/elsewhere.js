// The places where a quotation stands altered: no hits of it, but what one may have meant.
import { el } from "../shared/dom.js";
import { comparedPassage, differences } from "./altered.js";
import { graded, linkTo, rests } from "./hits.js";
import { unit } from "./wording.js";

/** Return them, or null where there are none. */
export function elsewhere({ found, asked, texts }) {
  if (!found.elsewhere.length) return null;
  const place = (hit) =>
    el(
      "li",
      { class: "gm-finding-hit" },
      el("h3", {}, el("a", linkTo(hit, asked), hit.title), " ", el("span", { class: "gm-finding-where" }, unit(hit, texts)), " ", rests(hit, texts), graded(hit, texts)),
      comparedPassage(hit.pieces, texts),
      differences(hit, texts),
    );
  return el(
    "section",
    { class: "gm-finding-elsewhere" },
    el("h2", {}, found.total ? texts.elsewhere : texts.nearest),
    el("p", { class: "gm-quiet" }, found.total ? texts.elsewhere_said : texts.nearest_said),
    el("ol", { class: "gm-finding-hits" }, found.elsewhere.map(place)),
  );
}
