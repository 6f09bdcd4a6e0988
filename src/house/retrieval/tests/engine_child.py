"""What the contract runs in processes of its own, to kill them or to let them read beside a writer.

`write FOLDER` prints a line after each thing that is done for good; `read FOLDER SECONDS` searches
from four threads and prints how often, or the first error.
"""

# ruff: noqa: T201 -- its lines are what the parent reads

import sys
import threading
import time
from itertools import count
from pathlib import Path

from house.retrieval.engines.sqlite import SQLiteEngine
from house.retrieval.tests.engine_samples import (
    EVERYONE,
    SPACE,
    asking,
    document,
    found,
    put_vectors,
)


def text_of(pk: int) -> str:
    return f"harbour number{pk} rules for boats"


def write(folder: Path) -> None:
    engine = SQLiteEngine(folder, SPACE)
    first = int(time.time() * 1000) % 10**9 * 1000
    for pk in count(first):
        engine.upsert([document(pk, text_of(pk))])
        print("put", pk, flush=True)
        put_vectors(engine, text_of(pk))
        print("embedded", pk, flush=True)
        if pk % 5 == 4:
            engine.delete([("note", pk - 1)])
            print("deleted", pk - 1, flush=True)
        if pk % 7 == 6:
            mine = [document(other, text_of(other)) for other in _numbers(engine)]
            engine.rebuild(mine, reload=lambda things: [document(p, text_of(p)) for _, p in things])
            print("rebuilt", pk, flush=True)


def _numbers(engine: SQLiteEngine) -> list[int]:
    return [pk for _, pk in engine.list_documents(EVERYONE)]


def read(folder: Path, seconds: float) -> None:
    engine = SQLiteEngine(folder, SPACE)
    until = time.monotonic() + seconds
    counts, errors = [0] * 4, []

    def look(thread: int) -> None:
        try:
            while time.monotonic() < until:
                found(engine, asking("harbour", like="harbour"))
                counts[thread] += 1
        except Exception as problem:  # noqa: BLE001 -- any error is what the parent asks for
            errors.append(repr(problem))

    threads = [threading.Thread(target=look, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(errors[0] if errors else f"searched {sum(counts)}", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(Path(sys.argv[2]))
    else:
        read(Path(sys.argv[2]), float(sys.argv[3]))
