"""How long something may take, measured so that a crowded machine is no fault of it."""

import time
from contextlib import contextmanager


@contextmanager
def at_most(seconds):
    """Of a processor's time for this thread: what it waits while others work does not count."""
    begun = time.thread_time()
    yield
    assert time.thread_time() - begun < seconds
