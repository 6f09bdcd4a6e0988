// What Wagtail leaves unsaid to who can't see: which field a text or one of a list is, which heading is the page's own,
// and that a search found nothing. How much it found is said at once and stays a heading.
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
  for (const found of document.querySelectorAll('h2[role=alert], #listing-results .nice-padding:not([role]) > p:only-child')) {
    found.removeAttribute('role');
    found.parentElement.setAttribute('role', 'alert');
  }
  document.querySelector('h2#header-title')?.setAttribute('aria-level', '1');
};
new MutationObserver(say).observe(document.body, { childList: true, subtree: true });
say();
