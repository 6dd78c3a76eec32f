// Dragging over the page as text: Chromium selects nothing where the press is on the very middle of a letter.

const MOVED = 3; // pixels, below which a press is a click

/** Let a drag select by our own doing where the browser does not begin to. */
export function mendDrags(node) {
  node.addEventListener("pointerdown", (press) => {
    if (press.button !== 0 || press.pointerType !== "mouse" || press.shiftKey || !press.target.closest("[data-s]")) return;
    const ends = new AbortController();
    let [moves, ours] = [0, false];
    const moved = (event) => {
      if (Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY) < MOVED) return;
      moves += 1;
      const selection = document.getSelection();
      ours ||= moves > 1 && selection.isCollapsed; // of the first move, the browser has not heard yet
      if (ours) extend(selection, node, press, event);
      else if (!selection.isCollapsed) ends.abort();
    };
    const done = (event) => {
      if (event.type === "pointerup") moved(event);
      ends.abort();
    };
    document.addEventListener("pointermove", moved, ends);
    for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, done, ends);
  });
}

function extend(selection, node, press, event) {
  const [anchor, focus] = [press, event].map(({ clientX, clientY }) => placeUnder(node, clientX, clientY));
  if (anchor && focus) selection.setBaseAndExtent(...anchor, ...focus);
}

// The place in the text under a point, or under the point of the text's frame that is nearest to it.
function placeUnder(node, x, y) {
  const { left, top, right, bottom } = node.getBoundingClientRect();
  const at = [Math.max(left + 1, Math.min(right - 1, x)), Math.max(top + 1, Math.min(bottom - 1, y))];
  const found = document.caretPositionFromPoint?.(...at) ?? document.caretRangeFromPoint?.(...at);
  const place = found && [found.offsetNode ?? found.startContainer, found.offset ?? found.startOffset];
  return place && node.contains(place[0]) ? place : null;
}
