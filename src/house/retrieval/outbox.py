"""What changed waits here, in the record database, until the index has it.

`touch` writes with the change itself, so neither can be there without the other. Whoever commits
drains at once (words within a second); what a kill leaves behind, the worker takes up. Meaning
follows in the worker: `embed_pending`.
"""

# every row in this file: the index holds every audience and is asked with a viewer's tokens

import fcntl
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from house.ground import pages
from house.retrieval import meaning
from house.retrieval.embedding import NoModel, passage_text
from house.retrieval.indexing import (
    Progress,
    documents_and_gone,
    index_documents,
    rebuild_index,
)
from house.retrieval.models import OutboxRow, Passage

log = logging.getLogger(__name__)

BATCH = 100  # things
RETRIES = (10, 60, 600, 3600)  # seconds until a thing that could not be read is tried again
EMBEDDED_AT_ONCE = 32  # passages; what a kill can cost
PATIENCE = 2.0  # seconds that a commit waits for another process's draining before leaving it to it

_own = threading.local()


@dataclass(frozen=True, slots=True)
class Pending:
    """Things that wait for words, passages that wait for meaning, things that could not be read."""

    words: int
    vectors: int
    stuck: int = 0


def touch(kind: str, pk: int) -> None:
    """Say inside the transaction that changes a thing (deletes it too) that it changed."""
    OutboxRow.objects.create(kind=kind, object_id=pk)
    waiting = [hook[1] for hook in connection.run_on_commit]
    if pages.changed not in waiting:
        transaction.on_commit(pages.changed, robust=True)
    if getattr(_own, "held", 0):
        return
    if drain_after_commit not in waiting:
        transaction.on_commit(drain_after_commit, robust=True)


def touch_many(kind: str, pks: Sequence[int]) -> None:
    OutboxRow.objects.bulk_create([OutboxRow(kind=kind, object_id=pk) for pk in pks])
    transaction.on_commit(pages.changed, robust=True)
    if pks and not getattr(_own, "held", 0):
        transaction.on_commit(drain_after_commit, robust=True)


@contextmanager
def held() -> Iterator[None]:
    """For long writers: commits inside don't drain; call `drain` where it suits, it is at the end."""
    _own.held = getattr(_own, "held", 0) + 1
    try:
        yield
    finally:
        _own.held -= 1
        if not _own.held and not connection.in_atomic_block:
            drain()


def drain_after_commit() -> None:
    drain(patience=PATIENCE)


def drain(*, patience: float | None = None) -> int:
    """Index what waits; gives how many things. With `patience`, leaves it to whoever is at it."""
    done = 0
    with _draining(patience) as is_mine:
        while is_mine:
            rows = list(_due()[:BATCH])
            if not rows:
                break
            _index(rows)
            done += len(rows)
    return done


def embed_pending(
    *,
    progress: Progress | None = None,
    should_stop: Callable[[], bool] = lambda: False,
    most: int | None = None,
) -> int:
    """Give passages without a vector theirs, oldest first; gives how many. Safe to kill and repeat.

    Raises `NoModel` when there is none or it doesn't answer.
    """
    filled = meaning.engine_to_fill()
    if filled is None:
        raise NoModel("There is no embedding model: search goes by words.")
    engine, embedder = filled
    progress = progress or Progress()
    progress.start(engine.watermark().pending)
    done = 0
    while not should_stop() and (most is None or done < most):
        digests = engine.pending(EMBEDDED_AT_ONCE)
        if not digests:
            meaning.finish_change()
            break
        texts = {
            digest: passage_text(title, heading, text)
            for digest, title, heading, text in Passage.objects.filter(
                digest__in=digests
            ).values_list("digest", "title", "heading", "text")
        }
        missing = [digest for digest in digests if digest not in texts]
        if missing:  # dropped between the two stores; the outbox row that will say so still waits
            drain()
            if engine.pending(EMBEDDED_AT_ONCE) == digests:
                texts |= dict.fromkeys(missing, "")
        wanted = sorted(texts, key=lambda digest: len(texts[digest]))
        engine.put_vectors(wanted, embedder.encode_passages([texts[digest] for digest in wanted]))
        done += len(wanted)
        progress.advance(len(wanted))
    return done


def catch_up(*, should_stop: Callable[[], bool] = lambda: False) -> bool:
    """The worker's turn: words first, then some meaning. True while more waits.

    An index that is lost, or of an earlier format, is built anew from what the rooms hold.
    """
    if not meaning.engine().watermark().generation and Passage.objects.exists():
        log.warning("The index is empty although there are passages: building it anew.")
        rebuild_index()
    drain()
    try:
        done = embed_pending(should_stop=should_stop, most=4 * EMBEDDED_AT_ONCE)
    except NoModel:
        return False
    if not done:
        meaning.engine().tidy()
    return bool(done)


def pending() -> Pending:
    """For progress displays. Loads no model: counts against the space that answers now."""
    waiting = OutboxRow.objects.filter(attempts=0).count()
    stuck = OutboxRow.objects.filter(attempts__gt=0).count()
    return Pending(words=waiting, vectors=meaning.count_pending(), stuck=stuck)


def _due() -> QuerySet[OutboxRow]:
    return OutboxRow.objects.filter(not_before__lte=timezone.now()).order_by("pk")


def _index(rows: list[OutboxRow]) -> None:
    try:
        documents, gone = documents_and_gone([(row.kind, row.object_id) for row in rows])
        index_documents(documents, gone=gone)
    except Exception as problem:  # one thing that can't be read must not keep all others out
        if len(rows) > 1:
            for row in rows:
                _index([row])
            return
        log.exception("Could not index %s", rows[0])
        attempts = rows[0].attempts
        wait = RETRIES[min(attempts, len(RETRIES) - 1)]
        OutboxRow.objects.filter(pk=rows[0].pk).update(
            attempts=attempts + 1,
            not_before=timezone.now() + timedelta(seconds=wait),
            problem=repr(problem)[:1000],
        )
        return
    OutboxRow.objects.filter(pk__in=[row.pk for row in rows]).delete()


@contextmanager
def _draining(patience: float | None) -> Iterator[bool]:
    """True for the one process and thread that may drain now."""
    settings.INDEX_ROOT.mkdir(parents=True, exist_ok=True)
    until = None if patience is None else time.monotonic() + patience
    with (settings.INDEX_ROOT / "drain.lock").open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if until is None else fcntl.LOCK_NB))
                break
            except BlockingIOError:
                if until is not None and time.monotonic() > until:
                    yield False
                    return
                time.sleep(0.02)
        yield True
