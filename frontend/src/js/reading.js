// <a data-reads="CODE"> in the form #read: following the link marks the notice as read. Without
// JavaScript the button beside it does.
document.addEventListener("click", ({ target }) => {
  const link = target.closest("[data-reads]");
  const form = document.getElementById("read");
  if (!link || !form) return;
  const sent = new FormData();
  sent.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  sent.set("code", link.dataset.reads);
  sent.set("quietly", "1");
  navigator.sendBeacon(form.action, sent);
});
