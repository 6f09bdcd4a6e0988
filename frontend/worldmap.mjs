// The land of the world as one path, for the map of cities (vocabulary/worldmap.py places the cities with the same projection).
// Source: Natural Earth 1:50m and 1:110m (public domain) from the package world-atlas.
import { readFile } from "node:fs/promises";
import { feature } from "topojson-client";

const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796];
export const SCALE = 184.73;

/** Equal Earth (Šavrič, Patterson, Jenny 2018): areas are true, so no part of the world looks larger than it is. */
export function place([longitude, latitude]) {
  const t = Math.asin((Math.sqrt(3) / 2) * Math.sin((latitude * Math.PI) / 180));
  const t2 = t * t;
  const t6 = t2 ** 3;
  const x = (2 * Math.sqrt(3) * ((longitude * Math.PI) / 180) * Math.cos(t)) / (3 * (9 * A4 * t6 * t2 + 7 * A3 * t6 + 3 * A2 * t2 + A1));
  const y = t * (A4 * t6 * t2 + A3 * t6 + A2 * t2 + A1);
  return [500 + x * SCALE, 250 - y * SCALE];
}

const inside = ([x, y], [left, top, right, bottom]) => x >= left && x <= right && y >= top && y <= bottom;

function ringsOf(geometry) {
  if (geometry.type === "Polygon") return geometry.coordinates;
  if (geometry.type === "MultiPolygon") return geometry.coordinates.flat();
  if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap(ringsOf);
  return [];
}

async function path(name, { step, box, digits }) {
  const file = new URL(`node_modules/world-atlas/${name}.json`, import.meta.url);
  const atlas = JSON.parse(await readFile(file, "utf8"));
  const land = feature(atlas, atlas.objects.land);
  const geometries = land.type === "FeatureCollection" ? land.features.map((each) => each.geometry) : [land.geometry];
  let made = "";
  for (const ring of geometries.flatMap(ringsOf)) {
    if (ring.every(([, latitude]) => latitude < -56)) continue; // the ice that no city stands on
    const points = ring.map(place);
    if (box && !points.some((point) => inside(point, box))) continue;
    const kept = [];
    for (const point of points) {
      const last = kept.at(-1);
      const least = box && !inside(point, box) ? 8 : step; // what lies outside the frame is only there to close the shape
      if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= least) kept.push(point);
    }
    // Where a coast crosses the date line the drawing begins anew at its other edge.
    const pen = ([x, y], at) => `${at === 0 || Math.abs(x - kept[at - 1][0]) > 400 ? "M" : "L"}${x.toFixed(digits)} ${y.toFixed(digits)}`;
    if (kept.length > 2) made += `${kept.map(pen).join("")}Z`;
  }
  return made;
}

export async function worldmap() {
  const world = await path("land-110m", { step: 0.7, digits: 1 });
  const europe = await path("land-50m", { step: 0.2, digits: 2, box: [455, 45, 585, 130] });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 480"><defs><path id="land" d="${world}"/><path id="europe" d="${europe}"/></defs></svg>\n`;
}
