// Coasts for the map, made of world-atlas (Natural Earth): small steps of whole numbers instead of TopoJSON.
// world.json: the whole world, coarse. c-<column>-<row>.json: what lies in 30° of each, fine.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { feature } from "topojson-client";

export const CELL = 30;
const source = (name) => new URL(`node_modules/world-atlas/${name}.json`, import.meta.url);

async function ringsOf(name) {
  const atlas = JSON.parse(await readFile(source(name), "utf8"));
  const land = feature(atlas, atlas.objects.land);
  const polygons = land.features.flatMap(({ geometry }) =>
    geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates,
  );
  return polygons.flat().flatMap(flatten);
}

/**
 * Rings that cross the date line or lie round a pole, as rings of a flat map from -180 to 180. world-atlas has
 * them for a globe, where no edge is cut.
 */
function flatten(ring) {
  let turn = 0;
  const open = ring.map(([lon, lat], n) => {
    const before = n ? ring[n - 1][0] : lon;
    if (lon - before > 180) turn -= 360;
    else if (before - lon > 180) turn += 360;
    return [lon + turn, lat];
  });
  const [first, last] = [open[0], open.at(-1)];
  if (Math.abs(last[0] - first[0]) > 180) open.push([last[0], -90], [first[0], -90]); // round the South Pole
  const lons = open.map(([lon]) => lon);
  if (Math.min(...lons) >= -180 && Math.max(...lons) <= 180) return [open];
  return [-360, 0, 360]
    .map((shift) => boxed(open.map(([lon, lat]) => [lon + shift, lat]), [-180, -90, 180, 90]))
    .filter((part) => part.length > 2);
}

/** Steps from point to point in 1/scale degrees; points that fall on one another are left out. */
function packed(ring, scale) {
  const steps = [];
  let [lastX, lastY] = [0, 0];
  for (const [lon, lat] of ring) {
    const [x, y] = [Math.round(lon * scale), Math.round(lat * scale)];
    if (steps.length && x === lastX && y === lastY) continue;
    steps.push(x - lastX, y - lastY);
    [lastX, lastY] = [x, y];
  }
  return steps.length >= 6 ? steps : null;
}

/** Sutherland and Hodgman: the part of a ring on one side of a line. */
function clip(ring, axis, edge, keepsAbove) {
  const inside = (point) => (keepsAbove ? point[axis] >= edge : point[axis] <= edge);
  const made = [];
  for (let n = 0; n < ring.length; n += 1) {
    const [here, before] = [ring[n], ring[(n + ring.length - 1) % ring.length]];
    if (inside(here) !== inside(before)) {
      const share = (edge - before[axis]) / (here[axis] - before[axis]);
      const cut = [0, 1].map((i) => before[i] + share * (here[i] - before[i]));
      cut[axis] = edge;
      made.push(cut);
    }
    if (inside(here)) made.push(here);
  }
  return made;
}

const boxed = (ring, [west, south, east, north]) =>
  [[0, west, true], [0, east, false], [1, south, true], [1, north, false]].reduce(
    (part, [axis, edge, above]) => (part.length ? clip(part, axis, edge, above) : part),
    ring,
  );

export async function land(out) {
  await mkdir(out, { recursive: true });
  const coarse = (await ringsOf("land-110m")).map((ring) => packed(ring, 100)).filter(Boolean);
  const fine = await ringsOf("land-10m");
  const cells = [];
  for (let column = 0; column < 360 / CELL; column += 1) {
    for (let row = 0; row < 180 / CELL; row += 1) {
      const box = [column * CELL - 180, row * CELL - 90, column * CELL - 150, row * CELL - 60];
      const rings = fine.map((ring) => packed(boxed(ring, box), 1000)).filter(Boolean);
      if (!rings.length) continue;
      cells.push(`${column}-${row}`);
      await writeFile(`${out}c-${column}-${row}.json`, JSON.stringify({ rings }));
    }
  }
  await writeFile(`${out}world.json`, JSON.stringify({ rings: coarse, cells }));
}
