// Copying that also works without a secure context (http on an office network), as plain text and as HTML.

/** Put text (and HTML, for Hancom and Word) on the clipboard; resolve to whether that worked. */
export async function copy(text, html = null) {
  if (copyByEvent(text, html)) return true;
  try {
    if (html && window.ClipboardItem && navigator.clipboard?.write) {
      const as = (type, body) => new Blob([body], { type });
      const item = new ClipboardItem({ "text/plain": as("text/plain", text), "text/html": as("text/html", html) });
      await navigator.clipboard.write([item]);
    } else {
      await navigator.clipboard.writeText(text);
    }
    return true;
  } catch {
    return false;
  }
}

// execCommand is old, but the only way outside a secure context, and it takes both forms at once.
function copyByEvent(text, html) {
  let done = false;
  const filled = (event) => {
    event.clipboardData.setData("text/plain", text);
    if (html) event.clipboardData.setData("text/html", html);
    event.preventDefault();
    event.stopImmediatePropagation();
    done = true;
  };
  document.addEventListener("copy", filled, { capture: true });
  try {
    return document.execCommand("copy") && done;
  } catch {
    return false;
  } finally {
    document.removeEventListener("copy", filled, { capture: true });
  }
}

/** Turn plain text into HTML that shows just that text, line by line. */
export function asHtml(text) {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  return escaped.split("\n").map((line) => `<p>${line}</p>`).join("");
}
