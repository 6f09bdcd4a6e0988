// What Wagtail leaves unsaid to who can't see: which field a text or one of a list is, and which heading is the page's own.
const say = () => {
  for (const text of document.querySelectorAll('.public-DraftEditor-content:not([aria-labelledby])')) {
    const field = text.closest('[aria-labelledby]');
    if (field) text.setAttribute('aria-labelledby', field.getAttribute('aria-labelledby'));
  }
  for (const field of document.querySelectorAll('[data-streamfield-list-container] :is(select, input:not([type=hidden])):not([aria-label])')) {
    const list = field.closest('[data-streamfield-list-container]').parentElement.parentElement;
    const label = list.querySelector(':scope > .w-field__label')?.textContent.trim();
    if (label && !field.labels?.length) field.setAttribute('aria-label', label);
  }
  document.querySelector('h2#header-title')?.setAttribute('aria-level', '1');
};
new MutationObserver(say).observe(document.body, { childList: true, subtree: true });
say();
