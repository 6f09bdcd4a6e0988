"""One round of the worker: who is told of what happened, which mails are due, and off they go.

A round is enqueued each minute, and at once after a transaction that caused something. Rounds of
several workers may run at the same time: each row is taken by one of them.
"""

import time
from collections.abc import Callable

from django.db import connection, transaction

LONGEST = 40.0  # seconds that one round sends; what is left goes with the next, so that no other work waits


def soon() -> None:
    """Have a round begin once the caller's transaction is through; once a transaction."""
    if start not in (hook[1] for hook in connection.run_on_commit):
        transaction.on_commit(start, robust=True)


def go(*, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Gives how many letters were dealt with."""
    from house.notices import delivery, digests, fanning, gathering, rhythms  # noqa: PLC0415 -- they post letters

    until = time.monotonic() + LONGEST
    rhythms.keep_up()
    fanning.fan_out()
    gathering.gather()
    digests.open_due()
    return delivery.deliver(should_stop=lambda: should_stop() or time.monotonic() > until)


def start() -> None:
    from house.notices.tasks import go_round  # noqa: PLC0415 -- tasks look at what calls this

    go_round.enqueue()
