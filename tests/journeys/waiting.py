"""Waiting without eval, which the house's policy forbids to the browser's own helpers."""

import time


def until(check, seconds=60):
    """Asks again until `check` says yes; fails with what it last said."""
    end = time.monotonic() + seconds
    while not (said := check()):
        assert time.monotonic() < end, f"still {said!r}"
        time.sleep(0.3)
    return said


def forgive(page, status):
    """Takes back the browser's complaint about a refusal that the test asked for, once it has come."""
    for _ in range(100):
        if any(status in said for said in page.complaints):
            break
        page.wait_for_timeout(50)
    page.complaints[:] = [said for said in page.complaints if status not in said]


def editor(page, label):
    """The rich text editor of a field, once the script has put it before its plain textarea."""
    return page.locator(f".editor [role=textbox][aria-label^='{label}']")
