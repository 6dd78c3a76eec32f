// Times as people of a language write them.

/** A moment (ISO 8601) as short text: the day, and for `whole` the time of day to the second. */
export function when(moment, language, whole = false) {
  const time = new Date(moment ?? "");
  if (Number.isNaN(time.getTime())) return moment ?? "";
  const short = { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(
    language === "ko" ? "ko-KR" : "en-GB",
    whole ? { dateStyle: "full", timeStyle: "medium" } : short,
  ).format(time);
}

/** A count of bytes as people write it. */
export function bytes(size) {
  const units = ["B", "kB", "MB", "GB"];
  let at = 0;
  let left = size;
  while (left >= 1000 && at < units.length - 1) [left, at] = [left / 1000, at + 1];
  return `${at && left < 10 ? left.toFixed(1) : Math.round(left)} ${units[at]}`;
}
