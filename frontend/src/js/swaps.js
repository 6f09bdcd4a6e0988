// htmx, configured once for the whole house.
import htmx from "htmx.org";
import { failed } from "./toast.js";
import { expectHtml } from "./trusted.js";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  scrollBehavior: "auto",
  timeout: 30000,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

const sameOrigin = (xhr) => !xhr.responseURL || new URL(xhr.responseURL).origin === window.location.origin;

document.addEventListener("htmx:beforeSwap", (event) => {
  if (sameOrigin(event.detail.xhr)) expectHtml();
  else event.preventDefault();
});

document.addEventListener("htmx:responseError", ({ detail }) => failed(detail.xhr.status));
document.addEventListener("htmx:sendError", () => failed("offline"));
document.addEventListener("htmx:timeout", () => failed("offline"));

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const summary = detail.elt.querySelector?.("[data-takes-focus]");
  if (summary) summary.focus();
});

// A swapped part tells its one sentence to screen readers, and keeps open what the reader opened.
const opened = new Map();
let focusedId = "";

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  opened.clear();
  focusedId = detail.target.contains(document.activeElement) ? document.activeElement.id : "";
  for (const details of detail.target.querySelectorAll("details[id]")) opened.set(details.id, details.open);
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  for (const [id, open] of opened) {
    const details = document.getElementById(id);
    if (details) details.open = open;
  }
  // htmx gives focus back before the details are open again, and what is hidden takes none.
  if (focusedId) document.getElementById(focusedId)?.focus();
  const said = document.getElementById(detail.target.id)?.dataset.says;
  if (said) document.getElementById("announcer").textContent = said;
});

// Filters, and details of a row, stand open beside what they belong to where there is room for both.
if (window.matchMedia("(min-width: 56rem)").matches) {
  for (const details of document.querySelectorAll("#filters, [data-opens-beside]")) details.open = true;
}
