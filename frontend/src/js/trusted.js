// The one Trusted Types policy of the house. It lets HTML in only while a swap of our own
// server's page (or an editor's paste into a detached document) runs, and never a script.
let expected = 0;

/** Lets HTML be parsed until the running event has been dealt with. */
export function expectHtml() {
  expected += 1;
  queueMicrotask(() => {
    expected -= 1;
  });
}

if (window.trustedTypes?.createPolicy) {
  window.trustedTypes.createPolicy("default", {
    createHTML: (html) => (expected > 0 && !/<script[\s>]/i.test(html) ? html : null),
    createScript: () => null,
    createScriptURL: () => null,
  });
}

// The editor and the map are other bundles; they announce what they are about to parse instead of sharing a module.
document.addEventListener("house:html", expectHtml);
