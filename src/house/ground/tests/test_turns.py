"""Requests of one process work one after another; who is slow is overtaken once."""

import threading
import time

import pytest

from house.ground.turns import Line


class Work:
    """Threads in a line, and the order in which they began and ended."""

    def __init__(self, line):
        self.line, self.told, self.threads = line, [], []

    def begin(self, name, until=None):
        def run():
            with self.line.turn():
                self.told.append(f"{name} begins")
                if until is not None:
                    assert until.wait(20)
                self.told.append(f"{name} ends")

        self.threads.append(threading.Thread(target=run, daemon=True))
        self.threads[-1].start()

    def waits_for(self, told):
        self._until(lambda: told in self.told)

    def waits_until_in_line(self, count):
        """Who works and who waits: a thread that was started may not have come to the line yet."""
        self._until(lambda: len(self.line._waiting) == count)

    def _until(self, holds):
        end = time.monotonic() + 20
        while not holds():
            assert time.monotonic() < end, self.told
            time.sleep(0.002)

    def end(self):
        for thread in self.threads:
            thread.join(20)
            assert not thread.is_alive()
        return self.told


def test_one_works_and_the_others_wait_in_the_order_they_came():
    work, done = Work(Line(longest=60)), threading.Event()
    work.begin("a", until=done)
    work.waits_for("a begins")
    for place, name in enumerate("bcd", start=2):
        work.begin(name)
        work.waits_until_in_line(place)
    assert work.told == ["a begins"]
    done.set()
    assert work.end() == [f"{name} {what}" for name in "abcd" for what in ("begins", "ends")]


def test_who_works_longer_than_a_turn_is_passed_and_ends_beside_the_others():
    work, done = Work(Line(longest=0.05)), threading.Event()
    work.begin("slow", until=done)
    work.waits_for("slow begins")
    work.begin("quick")
    work.waits_for("quick ends")
    assert "slow ends" not in work.told
    # She stands in nobody's way any more: the next one does not wait for a turn's length again.
    later, held = Work(work.line), threading.Event()
    later.begin("next", until=held)
    later.waits_for("next begins")
    done.set()
    work.end()
    held.set()
    assert later.end() == ["next begins", "next ends"]
    with work.line.turn():  # and nobody was left standing in the line
        pass


def test_a_turn_that_breaks_lets_the_next_one_begin():
    line = Line(longest=60)
    with pytest.raises(ValueError, match="broken"), line.turn():
        raise ValueError("broken")
    work = Work(line)
    work.begin("next")
    assert work.end() == ["next begins", "next ends"]
