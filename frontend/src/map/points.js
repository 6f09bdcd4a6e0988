// All points as columns of numbers (`points.py` tells the layout), and which of them are asked for.
const NO_CITY = 0xffff;
const RADIANS = Math.PI / 180;

export async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`points: ${response.status}`);
  return unpack(await response.arrayBuffer());
}

export function unpack(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  let at = 4 + length;
  const column = (Type) => {
    const made = new Type(buffer, at, head.count);
    at += made.byteLength;
    return made;
  };
  const ids = column(Uint32Array);
  for (let n = 1; n < ids.length; n += 1) ids[n] += ids[n - 1];
  const points = {
    head, ids, lon: column(Int32Array), lat: column(Int32Array), kinds: column(Uint32Array),
    opens: column(Uint32Array), closes: column(Uint32Array), city: column(Uint16Array), languages: column(Uint16Array),
  };
  return Object.assign(points, project(points));
}

/** Web Mercator, from 0, 0 (north-west) to 1, 1: worked out once, so that drawing only multiplies. */
function project({ lon, lat }) {
  const x = new Float64Array(lon.length);
  const y = new Float64Array(lon.length);
  for (let n = 0; n < lon.length; n += 1) {
    const sine = Math.sin(Math.max(-85.05, Math.min(85.05, lat[n] / 1e5)) * RADIANS);
    x[n] = lon[n] / 36e6 + 0.5;
    y[n] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }
  return { x, y };
}

/** One truth for each point: whether its id is among `ids`, which go up as those of the points do. */
export function placesOf({ ids: all }, ids) {
  const found = new Uint8Array(all.length);
  let n = 0;
  for (const id of ids) {
    while (n < all.length && all[n] < id) n += 1;
    if (all[n] === id) found[n] = 1;
  }
  return found;
}

/** The numbers of those that fit: any of `kinds`, {city, language} by name, open as a truth; `among`: see `placesOf`. */
export function select(points, { kinds: wanted, city, language, open, among = null }, now = Date.now()) {
  const { head, kinds, languages, opens, closes } = points;
  const kindBits = wanted.reduce((bits, kind) => bits | (1 << head.kinds.findIndex(({ name }) => name === kind)), 0);
  const spoken = language ? head.languages.indexOf(language) : -1;
  const languageBit = language ? (spoken < 0 ? 0 : 1 << spoken) : 0;
  const cityPlace = city ? head.cities.findIndex(([slug]) => slug === city) : NO_CITY;
  const minute = Math.floor(now / 60000);
  const found = new Uint32Array(head.count);
  let count = 0;
  for (let n = 0; n < head.count; n += 1) {
    if (among && !among[n]) continue;
    if (wanted.length && !(kinds[n] & kindBits)) continue;
    if (city && points.city[n] !== cityPlace) continue;
    if (language && !(languages[n] & languageBit)) continue;
    if (open && !(opens[n] <= minute && minute < closes[n])) continue;
    found[count] = n;
    count += 1;
  }
  return found.subarray(0, count);
}

export function boundsOf(points, chosen) {
  if (!chosen.length) return null;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const n of chosen) {
    west = Math.min(west, points.lon[n]);
    east = Math.max(east, points.lon[n]);
    south = Math.min(south, points.lat[n]);
    north = Math.max(north, points.lat[n]);
  }
  return [[south / 1e5, west / 1e5], [north / 1e5, east / 1e5]];
}
