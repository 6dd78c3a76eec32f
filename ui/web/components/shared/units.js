// Where in a file something stands, in words; ui/web/units.py says it on the server, of the same texts.
import { fill } from "./dom.js";

/** Return "4쪽(파일 7쪽)" where another number is printed on page 7 of a file, else "7쪽"; no page for a sheet. */
export function unitWords({ number, label = null, kind = "page", name = null }, texts) {
  if (kind !== "page") {
    const words = fill(texts[`unit_${kind}`] ?? "{n}", { n: number });
    return name ? `${words} “${name}”` : words;
  }
  return fill(label && label !== String(number) ? texts.unit_printed : texts.unit_page, { n: number, label });
}
