// Where in a file something stands, in words; ui/web/units.py says it on the server, of the same texts.
import { fill } from "./dom.js";

/**
 * Return "4쪽(파일 7쪽)" where another number is printed on page 7 of a file, else "7쪽"; no page for a sheet. A section
 * goes by its heading and paragraphs, a sheet or mail by its name.
 */
export function unitWords({ number, label = null, kind = "page", name = null, address = null }, texts) {
  if (kind === "page") {
    return fill(label && label !== String(number) ? texts.unit_printed : texts.unit_page, { n: number, label });
  }
  const named = name ? `“${name}”` : "";
  let words = named;
  if (kind === "sheet" || kind === "message") {
    words = fill(texts[`unit_${kind}`] ?? "{n}", { n: named || number });
  } else if (kind !== "section" || !(named || address)) {
    const said = fill(texts[`unit_${kind.replace(" ", "_")}`] ?? "{n}", { n: number });
    words = [said, named].filter(Boolean).join(" ");
  }
  return [words, address].filter(Boolean).join(", ");
}
