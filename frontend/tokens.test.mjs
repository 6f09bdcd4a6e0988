import assert from "node:assert/strict";
import test from "node:test";
import { broken, contrast, hex, hues, palette, themes } from "./tokens.mjs";

for (const theme of Object.keys(themes)) {
  test(`every promise of contrast holds in the ${theme} theme`, () => {
    assert.deepEqual(broken(theme), []);
  });
}

test("both themes name the same colours", () => {
  assert.deepEqual(Object.keys(palette("light")), Object.keys(palette("dark")));
});

test("rooms differ in hue and in nothing else", () => {
  for (const theme of Object.keys(themes)) {
    const colours = palette(theme);
    assert.equal(new Set(Object.keys(hues).map((name) => colours[name].slice(0, 2).join())).size, 1);
  }
});

test("the arithmetic agrees with known colours", () => {
  assert.equal(hex([1, 0, 0]), "#ffffff");
  assert.equal(hex([0.627955, 0.257683, 29.2339]), "#ff0000");
  assert.equal(contrast([1, 0, 0], [0, 0, 0]).toFixed(1), "21.0");
});
