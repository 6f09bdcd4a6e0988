// The discs, drawn on one canvas over the map. Told apart by number and colour; what each is, the list says.
import { DomUtil, Layer } from "leaflet/dist/leaflet-src.esm.js";
import { gather, radiusOf } from "./clusters.js";

export const Dots = Layer.extend({
  initialize(points, groupOf, colours) {
    Object.assign(this, { points, groupOf, colours, chosen: new Uint32Array(0), discs: [], marked: null });
  },

  onAdd(map) {
    this.canvas = DomUtil.create("canvas", "atlas-map__dots leaflet-zoom-hide", map.getPanes().overlayPane);
    this.canvas.setAttribute("aria-hidden", "true");
    map.on("moveend zoomend resize", this.draw, this);
    this.draw();
  },

  onRemove(map) {
    map.off("moveend zoomend resize", this.draw, this);
    this.canvas.remove();
  },

  choose(chosen) {
    this.chosen = chosen;
    this.marked = null;
    if (this._map) this.draw();
  },

  draw() {
    const map = this._map;
    const { x: wide, y: high } = map.getSize();
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    if (this.canvas.width !== wide * ratio || this.canvas.height !== high * ratio) {
      this.canvas.width = wide * ratio;
      this.canvas.height = high * ratio;
      this.canvas.style.width = `${wide}px`;
      this.canvas.style.height = `${high}px`;
    }
    DomUtil.setPosition(this.canvas, map.containerPointToLayerPoint([0, 0]));
    const corner = map.getPixelBounds().min;
    const view = { scale: 256 * 2 ** map.getZoom(), left: corner.x, top: corner.y, wide, high };
    // However often the map was turned round the world, points are looked for where it is now.
    view.left -= Math.floor(corner.x / view.scale) * view.scale;
    this.discs = gather(this.points, this.chosen, view, this.groupOf);
    const context = this.canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, wide, high);
    for (const disc of this.discs) this.paint(context, disc);
  },

  paint(context, { x, y, count, group, members }) {
    const radius = radiusOf(count);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = this.colours[group] || this.colours.mixed;
    context.fill();
    context.lineWidth = members[0] === this.marked ? 4 : 2;
    context.strokeStyle = members[0] === this.marked ? this.colours.mark : this.colours.paper;
    context.stroke();
    if (count > 1) {
      context.fillStyle = this.colours.paper;
      context.font = `600 ${radius > 14 ? 13 : 11}px sans-serif`;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(count > 9999 ? `${Math.round(count / 1000)}k` : String(count), x, y);
    }
  },

  /** The disc nearest to a point of the view, within reach of a thumb. */
  nearest({ x, y }, reach = 22) {
    let [best, least] = [null, Infinity];
    for (const disc of this.discs) {
      const far = Math.hypot(disc.x - x, disc.y - y) - radiusOf(disc.count);
      if (far < reach && far < least) [best, least] = [disc, far];
    }
    return best;
  },

  mark(disc) {
    this.marked = disc ? disc.members[0] : null;
    this.draw();
  },
});
