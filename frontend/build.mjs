// Builds everything a page loads into src/house/front/static/front/.
// front.js + front.css for every page, editor.js + editor.css for writing pages, one sprite.
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import * as esbuild from "esbuild";
import { land } from "./land.mjs";
import { sprite } from "./sprite.mjs";
import { stylesheet } from "./tokens.mjs";
import { worldmap } from "./worldmap.mjs";

const out = new URL("../src/house/front/static/front/", import.meta.url).pathname;

/** `@import "tokens.css"` is written by tokens.mjs, so there is one table of colours. */
const tokens = {
  name: "tokens",
  setup(build) {
    build.onResolve({ filter: /^tokens\.css$/ }, ({ path }) => ({ path, namespace: "tokens" }));
    build.onLoad({ filter: /.*/, namespace: "tokens" }, () => ({ contents: stylesheet(), loader: "css" }));
  },
};

/** Leaflet asks old browsers for SVG and VML by writing markup, which our Trusted Types refuse; ours all know SVG. */
const leaflet = {
  name: "leaflet",
  setup(build) {
    build.onLoad({ filter: /leaflet-src\.esm\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text.replace("div.innerHTML = '<svg/>';", "").replace("div.innerHTML = '<v:shape adj=\"1\"/>';", "");
      if (contents.length > text.length - 50) throw new Error("Leaflet has changed: look for what it writes as markup");
      return { contents, loader: "js" };
    });
  },
};

const entries = {
  front: "src/front.js",
  "front-css": "src/front.css",
  editor: "src/editor/index.js",
  "editor-css": "src/editor/editor.css",
  player: "src/player/index.js",
  passkeys: "src/passkeys/index.js",
  triage: "src/triage/index.js",
  map: "src/map/index.js",
  "map-css": "src/map/map.css",
};

const options = {
  entryPoints: Object.entries(entries)
    .filter(([, path]) => existsSync(path))
    .map(([name, path]) => ({ in: path, out: name.replace("-css", "") })),
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome109", "firefox115", "safari16.4"],
  loader: { ".woff2": "file", ".png": "dataurl" },
  assetNames: "[name]",
  legalComments: "none",
  plugins: [tokens, leaflet],
  logLevel: "warning",
};

await mkdir(out, { recursive: true });
await writeFile(`${out}sprite.svg`, await sprite());
await writeFile(`${out}world.svg`, await worldmap());
await land(`${out}land/`);
await copyFile("src/mark.svg", `${out}mark.svg`);

if (process.argv.includes("--watch")) {
  const context = await esbuild.context(options);
  await context.watch();
} else {
  await esbuild.build(options);
  for (const name of ["front.css", "front.js"]) {
    const { length } = await readFile(`${out}${name}`);
    console.log(`${name} ${(length / 1024).toFixed(1)} KB`);
  }
}
