// <button data-opens="id"> opens a native <dialog>, which traps focus and gives it back.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
    return;
  }
  const closer = event.target.closest("[data-closes]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog")?.close();
  } else if (event.target instanceof HTMLDialogElement) {
    event.target.close();
  }
});
