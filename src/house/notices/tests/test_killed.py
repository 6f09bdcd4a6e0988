"""None lost and none doubled, though workers are killed by -9 and the mail server refuses, delays and drops."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path

import pytest

from house.notices.tests.conftest import Listening
from tests.own_house import own_house

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


class Server:
    """Delays, refuses now and then, drops now and then, and kills its client where it is told to."""

    def __init__(self):
        self.taken = []
        self.random = random.Random(4)
        self.moody = False
        self.kill_at = ""
        self.victim = 0
        self.was_taken = False
        self.noted, self.again = set(), []

    async def at(self, point):
        """Kill who talks to us, here and now: it does nothing more."""
        if self.kill_at == point:
            self.kill_at = ""
            while not self.victim:  # noqa: ASYNC110 -- the test, in another thread, is not told its number yet
                await asyncio.sleep(0.005)
            os.kill(self.victim, signal.SIGKILL)
            await asyncio.sleep(5)

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.was_taken:  # it goes on, so it has noted that we took the last one
            await self.at("after it was taken")
        if taken := vars(session).pop("taken", None):
            self.noted.add(taken)
        await self.at("at its beginning")
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 5.1.1 No such user"
        if self.moody and self.random.random() < 0.15:
            return "451 later"
        if self.moody and self.random.random() < 0.05:
            server.transport.close()
            return "421 gone"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await self.at("before it is taken")
        await asyncio.sleep(self.random.random() * 0.01)
        if self.moody and self.random.random() < 0.05:
            server.transport.close()
            return "421 gone"
        session.taken = message_from_bytes(envelope.content)["Message-ID"].strip("<>")
        self.taken.append(session.taken)
        if session.taken in self.noted:
            self.again.append(session.taken)
        self.was_taken = True
        return "250 OK"


@pytest.fixture(scope="module")
def server():
    handler = Server()
    controller = Listening(handler)
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


@pytest.fixture(scope="module")
def house(tmp_path_factory, server):
    with own_house(tmp_path_factory.mktemp("killed")) as environment:
        process = subprocess.Popen(
            [sys.executable, "-m", "house.notices.tests.killed_workers", str(server.port)],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

        def ask(word):
            process.stdin.write(f"{word}\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def wait_for(condition, seconds=120):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.01)


def is_alive(pid):
    """A killed child of the other process stays a zombie until that one ends."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def finish(house):
    last = house("work")["worker"]
    wait_for(lambda: not is_alive(last))
    return house("state")


def expected(state):
    """One letter and one digest a person; nothing for those whom the server refuses for good."""
    by_state = Counter(state["letters"].values())
    assert by_state["waiting"] == by_state["sending"] == 0
    assert state["waiting"] == 0
    return Counter(key for key, became in state["letters"].items() if became == "sent")


def test_killed_at_each_point_of_the_conversation_none_is_lost_or_doubled(house, server):
    house("seed 20")
    for point in ("at its beginning", "before it is taken", "after it was taken") * 4:
        server.was_taken, server.kill_at, server.victim = False, point, 0
        server.victim = house("work")["worker"]
        wait_for(lambda: not is_alive(server.victim))
    state = finish(house)
    assert len(expected(state)) == 36
    assert Counter(server.taken) == expected(state)


def test_two_workers_killed_at_any_moment_with_a_moody_server_lose_nothing(house, server):
    """Killed between the server's taking and the word of it, one in hundreds comes twice under one Message-ID:
    who receives it recognises it. None is lost, and none comes twice for any other reason."""
    server.moody = True
    house("seed 30")
    kills = 0
    while kills < 12:
        house("seed 2")  # there is work on a quick machine too
        workers = [house("work")["worker"] for _ in range(2)]
        time.sleep(server.random.random() * 0.4)
        for worker in workers:
            if is_alive(worker):
                os.kill(worker, signal.SIGKILL)
                kills += 1
    server.moody = False
    state = finish(house)
    assert len(expected(state)) >= 54
    assert set(server.taken) == set(expected(state))
    assert server.again == []
    assert len(server.taken) - len(set(server.taken)) <= kills
