// How a page without a picture is laid out: runs of text, tables, notes, the head of a letter. Pure arithmetic.

const APART = { note: "note_frame", comment: "comment_frame", "text in a picture": "picture_frame" };
const MOST_CELLS = 60_000; // places of a grid, those without a cell included; larger ones stay text

/**
 * Cut a page's text (as code points) into blocks, in order, which may hold others:
 * {kind: "run" | "letter" | "apart" | "grid", start, end, inside, …}. A grid has `rows`, `columns` and `cells`.
 */
export function blocksOf(page, points) {
  const found = [...grids(page.tables ?? []), ...frames(page.furniture ?? []), ...letter(page, points)];
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  return within(0, points.length, found, points);
}

const frames = (furniture) =>
  furniture.filter(([kind]) => kind in APART).map(([kind, start, end]) => ({ kind: "apart", label: APART[kind], start, end }));

function letter(page, points) {
  if (page.kind !== "message") return [];
  const end = points.findIndex((point, at) => point === "\n" && points[at + 1] === "\n");
  return [{ kind: "letter", start: 0, end: end < 0 ? points.length : end + 1 }];
}

const grids = (tables) =>
  tables.flatMap((table) => {
    const grid = table.running ? gridOf(table) : null;
    return grid && grid.end > grid.start ? [grid] : [];
  });

/** A table of the page's data as a block, a cell in several pieces with a run for each; null where it is too large. */
export function gridOf({ number, cells: given }) {
  const cells = given.map(([row, column, start, end, down, across, ...more]) => {
    const pieces = [[start, end], ...more].filter(([from, to]) => to > from);
    return { row, column, start, end, down, across, inside: pieces.map(([from, to]) => ({ kind: "run", start: from, end: to })) };
  });
  // only rows and columns that a cell begins in: a sheet may have a cell far from all others
  const shown = (of) => [...new Set(cells.map(of))].sort((a, b) => a - b);
  const [rows, columns] = [shown(({ row }) => row), shown(({ column }) => column)];
  if (rows.length * columns.length > MOST_CELLS) return null;
  return { kind: "grid", number, start: cells[0].start, end: cells.at(-1).end, cells, rows, columns };
}

// Of blocks that cut into each other, the first stays.
function within(start, end, blocks, points) {
  const made = [];
  let at = start;
  const left = [...blocks];
  while (left.length) {
    const block = left.shift();
    if (block.start < at || block.end > end || block.end <= block.start) continue;
    if (block.start > at) made.push(run(at, block.start, points, made.length > 0, true));
    const inner = [];
    while (left.length && left[0].start < block.end) inner.push(left.shift());
    made.push(filled(block, inner, points));
    at = block.end;
  }
  if (at < end) made.push(run(at, end, points, made.length > 0, false));
  return made.filter(({ kind, start: from, end: to }) => kind !== "run" || to > from);
}

function filled(block, inner, points) {
  if (block.kind !== "grid") return { ...block, inside: within(block.start, block.end, inner, points) };
  const cells = block.cells.map((cell) => {
    const held = inner.filter(({ start, end }) => cell.start <= start && end <= cell.end && start < cell.end);
    return { ...cell, inside: within(cell.start, cell.end, held, points) };
  });
  return { ...block, cells };
}

// The line end between a text and a block is the block's own edge.
function run(start, end, points, after, before) {
  const from = after && points[start] === "\n" ? start + 1 : start;
  const to = before && end > from && points[end - 1] === "\n" ? end - 1 : end;
  return { kind: "run", start: from, end: to };
}

/** How many of the rows (or columns) that are shown a cell covers: at the least the one it begins in. */
export const covers = (shown, first, count) => Math.max(1, shown.filter((each) => each >= first && each < first + count).length);

/** The letters of a sheet's column, from 1: 1 is A, 27 is AA. */
export function columnLetters(column) {
  let letters = "";
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters;
}

/** Where the names of a letter's head stand ("From:"), in code points: [[start, end]]. */
export function letterNames(points, { start, end }) {
  const names = [];
  for (let line = start; line < end; ) {
    const stop = points.indexOf("\n", line);
    const last = stop < 0 || stop > end ? end : stop;
    const colon = points.indexOf(":", line);
    if (colon > line && colon < Math.min(last, line + 30)) names.push([line, colon + 1]);
    line = last + 1;
  }
  return names;
}
