"""The same questions put to plain FTS5 and to modelsearch's database search, in a process of its own.

Run as `python -m house.retrieval.bench.peers PASSAGES.jsonl QUESTIONS.jsonl FOLDER`; prints JSON.
Both get title, heading and text of each passage and are asked for the best twenty, words joined by
OR (with AND most questions find nothing).
"""

import json
import sqlite3
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from house.retrieval.analysis import words_of
from house.retrieval.bench.figures import Times, times_of

PAGE = 20
MOST_FOR_MODELSEARCH = 20_000  # passages; beyond, one question takes it many minutes


def main(passages: Path, questions: Path, folder: Path) -> dict[str, Any]:
    rows = [json.loads(line) for line in passages.read_text(encoding="utf-8").splitlines()]
    asked = [json.loads(line)["question"] for line in questions.read_text().splitlines()]
    found: dict[str, Any] = {
        "fts5": plain_fts5(rows, asked, folder).facts(),
    }
    if find_spec("modelsearch") is not None and len(rows) < MOST_FOR_MODELSEARCH:
        found["modelsearch"] = modelsearch(rows, asked, folder).facts()
    return found


def plain_fts5(rows: Sequence[dict], questions: Sequence[str], folder: Path) -> Times:
    """SQLite's own: porter stems, accents folded, BM25."""
    db = sqlite3.connect(folder / "fts5.sqlite")
    db.execute(
        "CREATE VIRTUAL TABLE t USING fts5 (title, heading, body, tokenize='porter unicode61')"
    )
    db.executemany(
        "INSERT INTO t VALUES (?, ?, ?)", [(r["title"], r["heading"], r["text"]) for r in rows]
    )
    db.commit()

    def ask(question: str) -> None:
        words = " OR ".join(f'"{word}"' for word in dict.fromkeys(words_of(question)))
        sql = f"SELECT rowid, bm25(t) FROM t WHERE t MATCH ? ORDER BY rank LIMIT {PAGE}"  # noqa: S608 -- a number
        db.execute(sql, (words,)).fetchall()

    return times_of(questions, ask, rounds=2)


def modelsearch(rows: Sequence[dict], questions: Sequence[str], folder: Path) -> Times:
    """Wagtail's search backend, as a package of its own, on the same SQLite.

    A question can take it a minute, so it is asked as few as fit into one.
    """
    ask = _modelsearch_on(rows, folder / "modelsearch.sqlite")
    return times_of(questions, ask, rounds=1, warm=False, seconds=60)


def _modelsearch_on(rows: Sequence[dict], path: Path) -> Callable[[str], None]:
    import django  # noqa: PLC0415 -- this process has settings of its own
    from django.conf import settings  # noqa: PLC0415

    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "modelsearch"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": path}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        MODELSEARCH_BACKENDS={
            "default": {"BACKEND": "modelsearch.backends.database", "AUTO_UPDATE": False}
        },
        USE_TZ=True,
    )
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection, models  # noqa: PLC0415
    from modelsearch import index  # noqa: PLC0415
    from modelsearch.backends import get_search_backend  # noqa: PLC0415
    from modelsearch.query import PlainText  # noqa: PLC0415

    class Page(index.Indexed, models.Model):
        title = models.TextField()
        heading = models.TextField()
        body = models.TextField()
        search_fields = (
            index.SearchField("title", boost=2),
            index.SearchField("heading"),
            index.SearchField("body"),
        )

        class Meta:
            app_label = "modelsearch"

        def __str__(self) -> str:
            return self.title

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Page)
    pages = Page.objects.bulk_create(
        [Page(title=r["title"], heading=r["heading"], body=r["text"]) for r in rows],
        batch_size=1000,
    )
    backend = get_search_backend()
    for i in range(0, len(pages), 500):
        backend.get_index_for_model(Page).add_items(Page, pages[i : i + 500])

    def ask(question: str) -> None:
        list(backend.search(PlainText(question, operator="or"), Page)[:PAGE])

    return ask


if __name__ == "__main__":
    print(json.dumps(main(*map(Path, sys.argv[1:4]))))
