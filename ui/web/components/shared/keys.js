// Shortcuts go by the key's place (event.code), so that they work under a Korean layout, where j arrives as ㅓ.

const WRITING = "input, textarea, select, [contenteditable=''], [contenteditable=true], [role=textbox], [role=combobox]";

/** Whether a key press is for a shortcut: not one of text being written, nor of a syllable being composed. */
export function isShortcut(event) {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const at = event.target;
  return !(at && typeof at.closest === "function" && at.closest(WRITING));
}

/**
 * Listen for shortcuts until the returned function is called. `actions` maps names to functions: "KeyJ", "Slash",
 * "Shift+Slash", "ArrowDown". Streamlit owns r and c. An action that returns false lets the press go on.
 */
export function shortcuts(actions) {
  const pressed = (event) => {
    if (!isShortcut(event)) return;
    const name = event.shiftKey ? `Shift+${event.code}` : event.code;
    const action = actions[name];
    if (action && action(event) !== false) event.preventDefault();
  };
  window.addEventListener("keydown", pressed);
  return () => window.removeEventListener("keydown", pressed);
}
