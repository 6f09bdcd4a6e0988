// The basemap: coasts drawn into tiles. The coarse world comes first; fine parts come when the map is near.
import { GridLayer } from "leaflet/dist/leaflet-src.esm.js";

const FINE = 5; // the zoom from which coarse coasts look wrong
const CELL = 30;
const RADIANS = Math.PI / 180;

const mercator = (lat) => {
  const sine = Math.sin(Math.max(-85.05, Math.min(85.05, lat)) * RADIANS);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};

/** Steps back to points of the world from 0 to 1, with the box around them. */
function ringOf(steps, scale) {
  const flat = new Float64Array(steps.length);
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  let [lon, lat] = [0, 0];
  for (let n = 0; n < steps.length; n += 2) {
    lon += steps[n];
    lat += steps[n + 1];
    const [x, y] = [lon / scale / 360 + 0.5, mercator(lat / scale)];
    flat[n] = x;
    flat[n + 1] = y;
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return { flat, box };
}

async function read(address, scale) {
  const response = await fetch(address);
  if (!response.ok) return { rings: [], cells: [] };
  const { rings, cells = [] } = await response.json();
  return { rings: rings.map((steps) => ringOf(steps, scale)), cells };
}

export const Land = GridLayer.extend({
  initialize(address, colours, options) {
    GridLayer.prototype.initialize.call(this, { tileSize: 512, updateWhenZooming: false, ...options });
    this.address = address;
    this.colours = colours;
    this.fine = new Map();
    this.world = read(address, 100);
  },

  createTile(coords, done) {
    const tile = document.createElement("canvas");
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    tile.width = tile.height = 512 * ratio;
    const context = tile.getContext("2d");
    context.scale(ratio, ratio);
    this.ringsFor(coords).then((rings) => {
      this.paint(context, coords, rings);
      done(null, tile);
    });
    return tile;
  },

  async ringsFor({ x, y, z }) {
    const world = await this.world;
    if (z < FINE) return world.rings;
    const names = cellsOf(x, y, z).filter((name) => world.cells.includes(name));
    const parts = await Promise.all(names.map((name) => this.cell(name)));
    return parts.flatMap(({ rings }) => rings);
  },

  cell(name) {
    if (!this.fine.has(name)) {
      this.fine.set(name, read(new URL(`c-${name}.json`, new URL(this.address, location.href)), 1000));
    }
    return this.fine.get(name);
  },

  paint(context, { x, y, z }, rings) {
    const world = 256 * 2 ** z;
    const turns = Math.ceil(world / 512);
    const [left, top] = [(((x % turns) + turns) % turns) * 512, y * 512];
    context.beginPath();
    for (const { flat, box } of rings) {
      if (box[2] * world < left - 2 || box[0] * world > left + 514) continue;
      if (box[3] * world < top - 2 || box[1] * world > top + 514) continue;
      context.moveTo(flat[0] * world - left, flat[1] * world - top);
      for (let n = 2; n < flat.length; n += 2) context.lineTo(flat[n] * world - left, flat[n + 1] * world - top);
      context.closePath();
    }
    context.fillStyle = this.colours.land;
    context.fill("evenodd");
    context.strokeStyle = this.colours.coast;
    context.lineWidth = 0.8;
    if (z < FINE) context.stroke(); // fine parts end at straight edges, which are no coast
  },
});

/** Names of the fine parts that a tile touches. */
function cellsOf(x, y, z) {
  const world = 256 * 2 ** z;
  const turns = Math.max(1, Math.ceil(world / 512));
  const column = ((x % turns) + turns) % turns;
  const lon = (pixel) => Math.max(-180, Math.min(179.999, (pixel / world) * 360 - 180));
  const lat = (pixel) => Math.atan(Math.sinh(Math.PI * (1 - (2 * pixel) / world))) / RADIANS;
  const [west, east] = [lon(column * 512), lon(column * 512 + 512)];
  const [north, south] = [lat(y * 512), lat(y * 512 + 512)];
  const names = [];
  for (let c = Math.floor((west + 180) / CELL); c <= Math.floor((east + 180) / CELL); c += 1) {
    for (let r = Math.floor((south + 90) / CELL); r <= Math.floor((north + 90) / CELL); r += 1) names.push(`${c}-${r}`);
  }
  return names;
}
