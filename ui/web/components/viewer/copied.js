// Copying a quotation or its citation, and saying what was copied.
import { fill } from "../shared/dom.js";
import { asHtml, copy } from "../shared/copying.js";
import { say } from "../shared/saying.js";
import { joined } from "./offsets.js";
import { copyOf, passage, passageNow } from "./passages.js";

const SHOWN = 40;
const short = (text) => (Array.from(text).length > SHOWN ? `${Array.from(text).slice(0, SHOWN).join("")}…` : text);

/** Copy the selected quotation with its citation ("quotation") or the citation alone ("citation"). */
export async function copySelected(view, what) {
  const { texts } = view;
  const span = view.chosenSpan();
  if (!span) return say(texts.select_first, { wrong: true });
  // without waiting where possible: some browsers copy only while the press itself is handled
  const address = view.passageAddress();
  const found = passageNow(address, span) ?? (await passage(address, span, texts.passage_failed));
  if (found.error) return say(found.error, { wrong: true });
  const taken =
    what === "citation" ? { plain: found.citation, html: asHtml(found.citation) } : copyOf(found, view.reading);
  const done = await copy(taken.plain, taken.html);
  if (!done) return say(texts.copy_failed, { wrong: true });
  const quotation = found.choices?.[view.reading] ?? found.text;
  const said =
    what === "citation"
      ? texts.copied_citation
      : found.choices?.length > 1
        ? texts.copied_one_reading
        : texts.copied_quotation;
  return say(fill(said, { text: short(what === "citation" ? found.citation : quotation) }));
}

/** Let the browser's own copying of a selection give the clean quotation. */
export function cleanCopies(view) {
  const filled = (event) => {
    const { span } = view;
    if (!span || event.defaultPrevented || !view.selectionIsOurs()) return;
    const found = passageNow(view.passageAddress(), span);
    const text = found && !found.error ? (found.choices?.[view.reading] ?? found.text) : joined(view.textOf(span));
    event.clipboardData.setData("text/plain", text);
    event.clipboardData.setData("text/html", asHtml(text));
    event.preventDefault();
    say(fill(view.texts.copied_words, { text: short(text) }));
  };
  document.addEventListener("copy", filled);
  return () => document.removeEventListener("copy", filled);
}
