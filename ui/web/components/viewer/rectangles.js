// Where text stands on the page: lines, the rectangles of a span on them, the offset nearest a point. Pure arithmetic.
//
// A line as the server gives it is [start, end, direction, low, high, first edge, step, step, …] in 1/100 pt: code point
// i lies between the edges i - start and i - start + 1 along the line, and between low and high across it. Directions
// are degrees clockwise: 0 runs to the right, 90 down, 180 left, 270 up.

const HUNDREDTHS = 100;
const ACROSS = 3; // a point beside a line is nearer to it than one as far above or below

/** Read the server's lines into {start, end, direction, low, high, edges}, in PDF points. */
export function linesOf(rows) {
  return rows.map(([start, end, direction, low, high, first, ...steps]) => {
    const edges = [first];
    for (const step of steps) edges.push(edges.at(-1) + step);
    return {
      start,
      end,
      direction,
      low: low / HUNDREDTHS,
      high: high / HUNDREDTHS,
      edges: edges.map((edge) => edge / HUNDREDTHS),
    };
  });
}

/** The box of the code points [start, end) of one line: {x, y, width, height}. */
export function boxOn(line, start, end) {
  const [one, other] = [line.edges[start - line.start], line.edges[end - line.start]];
  const [first, size] = [Math.min(one, other), Math.abs(other - one)];
  const thick = line.high - line.low;
  return line.direction % 180 === 0
    ? { x: first, y: line.low, width: size, height: thick }
    : { x: line.low, y: first, width: thick, height: size };
}

/** One rectangle for each line that a span touches, in the order of the text; none without a width. */
export function rectangles(lines, span) {
  return lines
    .filter((line) => line.start < span.end && span.start < line.end)
    .map((line) => boxOn(line, Math.max(line.start, span.start), Math.min(line.end, span.end)))
    .filter((box) => box.width > 0 && box.height > 0);
}

/** Whether a point lies in a rectangle, or at most `slack` beside it. */
export const inside = (box, x, y, slack = 0) =>
  x >= box.x - slack && x <= box.x + box.width + slack && y >= box.y - slack && y <= box.y + box.height + slack;

/** The offset between two characters that is nearest a point, wherever on the page it is; null without lines. */
export function nearest(lines, x, y) {
  let best = null;
  let least = Infinity;
  for (const line of lines) {
    const box = boxOn(line, line.start, line.end);
    const aside = Math.max(0, box.x - x, x - box.x - box.width);
    const above = Math.max(0, box.y - y, y - box.y - box.height);
    const far = line.direction % 180 === 0 ? aside + ACROSS * above : ACROSS * aside + above;
    if (far < least) [best, least] = [line, far];
  }
  return best && offsetOn(best, best.direction % 180 === 0 ? x : y);
}

function offsetOn(line, along) {
  const backwards = line.direction === 180 || line.direction === 270;
  const reached = (at) => {
    const middle = (line.edges[at] + line.edges[at + 1]) / 2;
    return backwards ? along < middle : along > middle;
  };
  let count = 0;
  while (count < line.end - line.start && reached(count)) count += 1;
  return line.start + count;
}

/** The CSS matrix that shows a page of this size turned clockwise and scaled, and the size it then has. */
export function turned({ width, height }, degrees, scale = 1) {
  const turn = ((degrees % 360) + 360) % 360;
  const matrices = {
    0: [1, 0, 0, 1, 0, 0],
    90: [0, 1, -1, 0, height, 0],
    180: [-1, 0, 0, -1, width, height],
    270: [0, -1, 1, 0, 0, width],
  };
  const size = turn % 180 === 0 ? { width, height } : { width: height, height: width };
  return { matrix: matrices[turn].map((each) => each * scale), width: size.width * scale, height: size.height * scale };
}

/** Where a rectangle of the page comes to lie in the picture of it that `turned` describes. */
export function shownAt(box, matrix) {
  const [a, b, c, d, e, f] = matrix;
  const corners = [
    [box.x, box.y],
    [box.x + box.width, box.y + box.height],
  ];
  const [[x0, y0], [x1, y1]] = corners.map(([x, y]) => [a * x + c * y + e, b * x + d * y + f]);
  return { x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) };
}

/** Which point of the page lies under a point of the picture of it: the inverse of the matrix. */
export function pageAt(matrix, x, y) {
  const [a, b, c, d, e, f] = matrix;
  const size = a * d - b * c;
  return { x: (d * (x - e) - c * (y - f)) / size, y: (a * (y - f) - b * (x - e)) / size };
}
