// Did you mean: other forms of a query, for words of it that stand nowhere.
import { el } from "../shared/dom.js";
import { addressOf } from "./addresses.js";
import { counted } from "./wording.js";

/** Return them as one line of links, or null where there are none. */
export function meant({ found, asked, texts }) {
  if (!found.meant?.length) return null;
  const link = ({ q, total }, at) => [
    at ? " · " : " ",
    el("a", { href: addressOf(asked, { q }), "data-go": true, "data-at": `meant ${q}` }, q),
    el("small", {}, ` ${counted(texts, "pages_n", total)}`),
  ];
  return el("p", { class: "gm-finding-meant" }, texts.meant, found.meant.map(link));
}
