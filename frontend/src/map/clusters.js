// What lies near together on the screen becomes one disc. Only what is seen is looked at, for every drawing
// anew: a pass over 50,000 points and a few hundred cells costs milliseconds, so a filter needs no new index.
const CELL = 24; // pixels
const NEAR = 46;

/**
 * `view`: {scale (pixels of the world's width), left, top (of the view, in those pixels), wide, high}.
 * Gives [{x, y, count, first, group, members}] in pixels of the view.
 */
export function gather(points, chosen, view, groupOf) {
  const cells = inCells(points, chosen, view, groupOf);
  return merge([...cells.values()].sort((a, b) => b.count - a.count));
}

function inCells({ x, y, kinds }, chosen, { scale, left, top, wide, high }, groupOf) {
  const cells = new Map();
  const columns = Math.ceil((wide + 4 * NEAR) / CELL) + 4;
  // Cells stand still on the world, so that discs don't change while the map is moved.
  const [firstColumn, firstRow] = [Math.floor((left - NEAR) / CELL), Math.floor((top - NEAR) / CELL)];
  for (let i = 0; i < chosen.length; i += 1) {
    const n = chosen[i];
    let px = x[n] * scale - left;
    if (px < -NEAR) px += scale; // the same place, one turn further round the world
    else if (px > wide + NEAR) px -= scale;
    const py = y[n] * scale - top;
    if (px < -NEAR || py < -NEAR || px > wide + NEAR || py > high + NEAR) continue;
    const column = Math.floor((px + left) / CELL) - firstColumn;
    const key = (Math.floor((py + top) / CELL) - firstRow) * columns + column;
    const cell = cells.get(key);
    if (cell) {
      cell.sumX += px;
      cell.sumY += py;
      cell.count += 1;
      if (cell.group !== "mixed" && cell.group !== groupOf(kinds[n])) cell.group = "mixed";
      if (cell.members.length < 30) cell.members.push(n);
    } else {
      cells.set(key, { sumX: px, sumY: py, count: 1, members: [n], group: groupOf(kinds[n]) });
    }
  }
  return cells;
}

/** The fullest cells take in what lies close to their middle. */
function merge(cells) {
  const discs = [];
  const taken = new Uint8Array(cells.length);
  const middles = cells.map((cell) => [cell.sumX / cell.count, cell.sumY / cell.count]);
  for (let a = 0; a < cells.length; a += 1) {
    if (taken[a]) continue;
    const disc = { ...cells[a], members: cells[a].members.slice() };
    const [ax, ay] = middles[a];
    for (let b = a + 1; b < cells.length; b += 1) {
      if (taken[b] || Math.hypot(middles[b][0] - ax, middles[b][1] - ay) > NEAR) continue;
      taken[b] = 1;
      disc.sumX += cells[b].sumX;
      disc.sumY += cells[b].sumY;
      disc.count += cells[b].count;
      disc.members.push(...cells[b].members.slice(0, 30 - disc.members.length));
      if (disc.group !== cells[b].group) disc.group = "mixed";
    }
    discs.push({
      x: disc.sumX / disc.count, y: disc.sumY / disc.count, count: disc.count,
      members: disc.members, group: disc.group,
    });
  }
  return discs;
}

export const radiusOf = (count) => (count === 1 ? 7 : Math.min(26, 9 + 3.6 * Math.log2(count)));
