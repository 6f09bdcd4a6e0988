// The map beside the list: Leaflet moves it, our own canvases draw it. Loaded only on pages that hold a map.
import { CRS, Map as LeafletMap, TileLayer } from "leaflet/dist/leaflet-src.esm.js";
import { Dots } from "./dots.js";
import { Here } from "./here.js";
import { Land } from "./land.js";
import { List, reveal } from "./list.js";
import { boundsOf, load, placesOf, select } from "./points.js";

const NEAREST = 14; // how near the map comes by itself
const NEAREST_BLANK = 9; // and where there are no streets, only coasts to know a place by
const GROUPS = ["mending", "things", "food", "space", "moving", "together"];

function coloursOf(frame) {
  const style = getComputedStyle(frame);
  const named = (name) => style.getPropertyValue(`--${name}`).trim();
  const made = { mixed: named("dot-mixed"), mark: named("focus"), paper: named("paper"), land: named("map-land"), coast: named("map-coast") };
  for (const group of GROUPS) made[group] = named(`dot-${group}`);
  return made;
}

function groups(points) {
  const of = points.head.kinds.map(({ group }) => group);
  return (bits) => of[31 - Math.clz32(bits & -bits)] ?? "mixed";
}

/** What the form asks; before JavaScript runs, what the page was asked. */
function asked(frame, form) {
  if (!form) {
    const { name, kinds, city, language, open } = frame.dataset;
    return { name, kinds: kinds.split(" ").filter(Boolean), city, language, open: open === "1" };
  }
  const data = new FormData(form);
  return {
    name: data.get("q").trim(), kinds: data.getAll("kind"), city: data.get("city"), language: data.get("language"),
    open: data.get("open") === "1",
  };
}

class AtlasMap {
  constructor(frame, points) {
    this.frame = frame;
    this.section = frame.closest("section");
    this.form = document.querySelector("[data-filters]");
    this.words = this.section.querySelector("[data-words]").dataset;
    this.points = points;
    this.here = new Here(frame, this.words);
    this.draw();
    this.listen();
    this.begin(!this.fromHash());
    frame.dataset.ready = "yes";
    performance.mark("map-ready");
  }

  draw() {
    const { frame } = this;
    const canvas = frame.querySelector("[data-canvas]");
    // Paper shows the picture in the map's place. Out of sight it is not fetched again before somebody prints.
    this.picture = frame.querySelector(".atlas-map__picture");
    this.picture.loading = "lazy";
    frame.classList.add("atlas-map__frame--moves");
    for (const part of frame.querySelectorAll("[data-canvas], [data-buttons]")) part.hidden = false;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", this.words.label);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.map = new LeafletMap(canvas, {
      crs: CRS.EPSG3857, zoomControl: false, attributionControl: false, minZoom: 1, maxZoom: 18, center: [30, 10], zoom: 2,
      zoomAnimation: !still, fadeAnimation: false, inertia: !still, worldCopyJump: true, zoomSnap: 1,
    });
    this.colours = coloursOf(frame);
    const base = frame.dataset.tiles ? new TileLayer(frame.dataset.tiles, { maxZoom: 19 }) : new Land(frame.dataset.land, this.colours);
    base.addTo(this.map);
    this.dots = new Dots(this.points, groups(this.points), this.colours).addTo(this.map);
  }

  listen() {
    const { map, frame } = this;
    map.on("click", ({ containerPoint }) => this.choose(this.dots.nearest(containerPoint)));
    map.on("moveend", () => this.moved());
    const canvas = frame.querySelector("[data-canvas]");
    canvas.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === canvas) this.choose(this.dots.nearest(map.getSize().divideBy(2), Infinity), canvas);
    });
    frame.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.here.close()) event.stopPropagation();
    });
    for (const button of frame.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => this.zoom(Number(button.dataset.zoom)));
    }
    this.form?.addEventListener("change", ({ target }) => {
      if (target.matches("[data-only-seen]")) this.onlySeen(target.checked);
      else if (target.name !== "q") this.filter({ fits: target.name === "city" });
    });
    this.form?.elements.q.addEventListener("input", () => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.name(), 250);
    });
    document.addEventListener("click", ({ target }) => {
      const place = target.closest?.("[data-show]")?.closest("[data-lat]");
      if (place) this.show(place, target);
    });
    document.addEventListener("house:remembered", () => {
      this.picture.src = new URL(this.picture.src).pathname + location.search;
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour());
    new MutationObserver(() => this.recolour()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    reveal(document);
    const seen = this.form?.querySelector("[data-seen]");
    if (seen && !document.body.classList.contains("embedded")) seen.hidden = false;
  }

  recolour() {
    Object.assign(this.colours, coloursOf(this.frame));
    this.map.eachLayer((layer) => layer.redraw?.());
    this.dots.draw();
  }

  begin(fits) {
    if (asked(this.frame, this.form).name) this.name({ fits });
    else this.filter({ fits });
  }

  /** Names are not among the points: which of them bear these words, the house is asked. */
  async name({ fits = true } = {}) {
    const { name } = asked(this.frame, this.form);
    const response = name ? await fetch(`${this.frame.dataset.named}?q=${encodeURIComponent(name)}`) : null;
    if (response && !response.ok) return;
    const ids = response ? (await response.json()).ids : null;
    if (asked(this.frame, this.form).name !== name) return; // typed on meanwhile
    this.named = ids && placesOf(this.points, ids);
    this.filter({ fits });
  }

  filter({ fits }) {
    const start = performance.now();
    const wanted = asked(this.frame, this.form);
    const chosen = this.form?.querySelector("[data-chosen]");
    if (chosen) chosen.textContent = wanted.kinds.length || "";
    this.chosen = select(this.points, { ...wanted, among: this.named });
    this.dots.choose(this.chosen);
    if (fits) this.fit(wanted);
    this.tell();
    this.frame.dataset.took = (performance.now() - start).toFixed(1);
  }

  fit({ city } = {}) {
    const place = city && this.points.head.cities.find(([slug]) => slug === city);
    const maxZoom = this.frame.dataset.tiles ? NEAREST : NEAREST_BLANK;
    if (place) this.map.setView([place[1], place[2]], Math.min(11, maxZoom), { animate: false });
    else {
      const bounds = boundsOf(this.points, this.chosen);
      if (bounds) this.map.fitBounds(bounds, { padding: [24, 24], maxZoom, animate: false });
    }
  }

  zoom(step) {
    if (step) this.map.setZoom(this.map.getZoom() + step);
    else this.fit();
  }

  choose(disc, from = null) {
    if (!disc) return void this.here.close();
    const { points, map } = this;
    const bounds = boundsOf(points, disc.members);
    const isOne = bounds[0][0] === bounds[1][0] && bounds[0][1] === bounds[1][1];
    if (disc.count > 1 && !isOne && map.getZoom() < map.getMaxZoom()) {
      if (disc.count > disc.members.length) {
        map.setView(map.containerPointToLatLng([disc.x, disc.y]), Math.min(18, map.getZoom() + 2));
      } else map.fitBounds(bounds, { padding: [60, 60], maxZoom: 18 });
      return;
    }
    this.dots.mark(disc);
    this.here.open(disc.members.map((n) => points.ids[n]), disc.count, from);
  }

  show(place, button) {
    const at = [Number(place.dataset.lat), Number(place.dataset.lon)];
    this.map.setView(at, Math.max(15, this.map.getZoom()), { animate: false });
    this.frame.scrollIntoView({ block: "nearest" });
    this.choose(this.dots.nearest(this.map.latLngToContainerPoint(at), 8), button.closest("button"));
  }

  moved() {
    const { lat, lng } = this.map.getCenter();
    history.replaceState(history.state, "", `#map=${this.map.getZoom()}/${lat.toFixed(4)}/${lng.toFixed(4)}`);
    this.tell();
    if (this.form?.querySelector("[data-only-seen]")?.checked) {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.onlySeen(true), 250);
    }
  }

  fromHash() {
    const match = /^#map=(\d+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(location.hash);
    if (!match) return false;
    this.map.setView([Number(match[2]), Number(match[3])], Number(match[1]), { animate: false });
    return true;
  }

  tell() {
    const count = this.dots.discs.reduce((sum, disc) => sum + disc.count, 0);
    this.section.querySelector("[data-told]").textContent =
      count === 1 ? this.words.seenOne : this.words.seen.replace("{count}", count.toLocaleString());
  }

  onlySeen(isOn) {
    const field = this.form.querySelector("[data-bbox]");
    const bounds = this.map.getBounds();
    field.disabled = !isOn;
    field.value = isOn ? [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((edge) => edge.toFixed(4)).join(",") : "";
    this.form.dispatchEvent(new CustomEvent("seen"));
  }
}

// First, so that the house works on the list while the map is drawn.
for (const form of document.querySelectorAll("form[data-list]")) new List(form);
for (const frame of document.querySelectorAll("[data-map]")) {
  load(frame.dataset.points)
    .then((points) => new AtlasMap(frame, points))
    .catch((problem) => {
      frame.closest("section").querySelector("[data-told]").textContent = frame.closest("section").querySelector("[data-words]").dataset.failed;
      console.warn(problem);
    });
}
