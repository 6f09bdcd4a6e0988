"""A small house in a process of its own, to be killed.

`write` prints each note that is saved for good; `check` drains what a kill left behind and prints what
can be found and what still waits.
"""

# ruff: noqa: T201, E402 -- its lines are what the parent reads; settings come first

import sys
from itertools import count

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from house.access.viewer import VISITOR
from house.retrieval import meaning, outbox
from house.retrieval.asking import understand
from house.retrieval.indexing import rebuild_index
from house.retrieval.models import Passage
from house.retrieval.search import Filters
from house.retrieval.tests import things


def prepare() -> None:
    call_command("migrate", "retrieval", verbosity=0)
    if things.Note._meta.db_table not in connection.introspection.table_names():
        with connection.schema_editor() as editor:
            editor.create_model(things.Note)
    things.open_room()


def write() -> None:
    for number in count():
        note = things.write("note", f"lighthouse of the harbour, unique{number}x")
        print("saved", note.pk, flush=True)
        if number % 3 == 2:
            things.rewrite(note, text=f"windmill of the harbour, again{number}x")
            print("changed", note.pk, flush=True)
        if number % 10 == 9:
            rebuild_index()


def check() -> None:
    outbox.drain()
    for word in ("lighthouse", "windmill"):
        query, scope = understand(word).query(None), Filters().scope(VISITOR)
        found = meaning.engine().search(query, scope, by_words=1_000_000).objects
        print(word, *sorted(pk for _, pk in found))
    rows = things.Note.objects.count(), Passage.objects.count()
    print("counts", *rows, outbox.pending().words)


if __name__ == "__main__":
    prepare()
    {"write": write, "check": check}[sys.argv[1]]()
