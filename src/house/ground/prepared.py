"""Queries that every request asks: written as SQL once, asked with other values each time.

Django builds a query anew for each asking. For a few short ones with subqueries that costs fifty times
what the database takes, on every page. Worth it only where a profile says so.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Value


@dataclass(frozen=True)
class _Place:
    name: str


def place(name: str) -> Value:
    """Stands in the query for the value that `Prepared.rows` is given under this name."""
    return Value(_Place(name))


class Prepared:
    """`make` builds the query, a `values_list` with `place(…)` for what changes; called once in a process."""

    def __init__(self, make: Callable[[], QuerySet[Any, Any]]) -> None:
        self._make = make

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...]]:
        return self._make().query.sql_with_params()

    def rows(self, **given: int | str | datetime.date) -> list[tuple[Any, ...]]:
        """As the database's driver gives them: with SQLite days are text, yes and no are numbers."""
        sql, values = self._written
        known = {name: _as_stored(value) for name, value in given.items()}
        with connection.cursor() as cursor:
            cursor.execute(sql, [known[v.name] if isinstance(v, _Place) else v for v in values])
            return cursor.fetchall()


def _as_stored(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, datetime.date):
        return connection.ops.adapt_datefield_value(value)
    return value
