"""Waiting without eval, which the house's policy forbids to the browser's own helpers."""

import time


def until(check, seconds=15):
    """Asks again until `check` says yes; fails with what it last said."""
    end = time.monotonic() + seconds
    while not (said := check()):
        assert time.monotonic() < end, f"still {said!r}"
        time.sleep(0.3)
    return said
