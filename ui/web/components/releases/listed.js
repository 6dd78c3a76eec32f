// The releases, what cannot be searched and what to do, and the log of deliveries.
import { el } from "../shared/dom.js";
import { releaseOf } from "./release.js";
import { fill } from "./wording.js";

export function releases(data, texts, number, act) {
  return [el("h2", {}, texts.releases_head), data.releases.map((release) => releaseOf(release, texts, number, act))];
}

export function troubles(data, texts, number) {
  if (data.coverage.documents === 0) return [];
  const groups = data.troubles.map((group) =>
    el(
      "section",
      { class: "gm-releases-trouble" },
      el(
        "h3",
        {},
        el("span", { class: `gm-releases-swatch gm-is-${group.state}`, "aria-hidden": "true" }),
        `${texts[group.state]}: ${texts[`reason_${group.reason}`]} `,
        el("span", { class: "gm-quiet" }, fill(texts.files, { n: number(group.count) })),
      ),
      el("p", {}, texts[`advice_${group.reason}`]),
      el("ul", {}, group.files.map((file) => el("li", {}, named(file, group.reason, texts)))),
      group.count > group.files.length &&
        el(
          "p",
          {},
          el("a", { href: `/releases?state=${group.state}#files`, "data-go": true }, fill(texts.and_more, { n: number(group.count - group.files.length) })),
        ),
    ),
  );
  return [el("h2", {}, texts.troubles), groups.length ? groups : el("p", {}, texts.no_troubles)];
}

function named(file, reason, texts) {
  const pages = file.short[reason];
  const title = file.names[0] ?? file.title;
  return [
    file.readable ? el("a", { href: `/reader?doc=${file.id}&page=${pages?.first ?? 1}`, "data-go": true }, title) : title,
    pages && el("span", { class: "gm-quiet" }, ` ${fill(texts.on_pages, { pages: pages.said, reason: texts[`reason_${reason}`] })}`),
  ];
}

export function deliveries(data, texts, number) {
  if (data.deliveries.length === 0) return [];
  const rows = data.deliveries.map((row) =>
    el(
      "tr",
      {},
      el("td", {}, row.received ?? texts.undated),
      el("td", {}, row.release),
      el("td", {}, row.source ?? texts.uploaded),
      el("td", { class: "gm-releases-number" }, number(row.files)),
      el("td", { class: "gm-releases-number" }, number(row.pages)),
    ),
  );
  const heads = [texts.received, texts.release, texts.delivery_source, texts.files_head, texts.page_count];
  return [
    el("h2", {}, texts.deliveries),
    el("table", {}, el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))), el("tbody", {}, rows)),
  ];
}
