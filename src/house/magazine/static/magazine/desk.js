// What Wagtail leaves unsaid to who can't see: which field a text is, and which heading is the page's own.
const say = () => {
  for (const text of document.querySelectorAll('.public-DraftEditor-content:not([aria-labelledby])')) {
    const field = text.closest('[aria-labelledby]');
    if (field) text.setAttribute('aria-labelledby', field.getAttribute('aria-labelledby'));
  }
  document.querySelector('h2#header-title')?.setAttribute('aria-level', '1');
};
new MutationObserver(say).observe(document.body, { childList: true, subtree: true });
say();
