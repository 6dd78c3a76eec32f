// Numbers as people read them. No DOM here: tested with node.

const STEPS = ["B", "kB", "MB", "GB", "TB"];

/** A number of bytes in the steps of a file manager: 1.2 MB. */
export function size(bytes, language = "en") {
  let amount = bytes;
  let step = 0;
  while (amount >= 999.5 && step < STEPS.length - 1) {
    amount /= 1000;
    step += 1;
  }
  const digits = step > 0 && amount < 9.95 ? 1 : 0;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(amount)} ${STEPS[step]}`;
}

/** Time left in words: the name of the text and its number. Under a minute in steps of ten seconds. */
export function timeLeft(seconds) {
  if (seconds < 55) return ["left_seconds", Math.max(10, Math.ceil(seconds / 10) * 10)];
  if (seconds < 3570) return ["left_minutes", Math.max(1, Math.round(seconds / 60))];
  return ["left_hours", Math.round(seconds / 360) / 10];
}

/** Percent of a whole, never 100 before all is done and never 0 once something is. */
export function percent(part, whole) {
  if (whole <= 0) return 100;
  if (part <= 0) return 0;
  return part >= whole ? 100 : Math.min(99, Math.max(1, Math.round((part / whole) * 100)));
}

/** How far a list of files to be sent is: [{size, done, state}]. */
export function sendingSoFar(items) {
  const going = items.filter((item) => item.state !== "cancelled");
  const all = going.reduce((sum, item) => sum + item.size, 0);
  const done = going.reduce((sum, item) => sum + (item.state === "sent" ? item.size : Math.min(item.done, item.size)), 0);
  const count = (state) => going.filter((item) => item.state === state).length;
  return { files: going.length, sent: count("sent"), failed: count("failed"), all, share: percent(done, all) };
}

/** English of one: "1 pages" becomes "1 page". */
export const singular = (text) => text.replace(/(^|[^\d.,])1 (file|page|second|minute|hour)s\b/g, "$11 $2");
