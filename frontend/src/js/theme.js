// The theme buttons post a form without JavaScript; with it the page changes where it stands.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-theme-form]");
  if (!form) return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  const theme = body.get("theme");
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const button of document.querySelectorAll("[data-theme-form] button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
  await fetch(form.action, { method: "POST", body: new URLSearchParams(body), redirect: "manual" });
});
