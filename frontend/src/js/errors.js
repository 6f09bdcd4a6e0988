// A refused form says so first: its summary takes focus, also after a full page load.
document.querySelector("[data-takes-focus]")?.focus();
