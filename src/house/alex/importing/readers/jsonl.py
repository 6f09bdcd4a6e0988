"""One passage a line, grouped by `doc`: the format of the test corpus."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from house.alex.importing.grouping import Grouping
from house.alex.importing.records import Record, Refusal
from house.ground.decoding import decode
from house.ground.unreadable import Unreadable

_EACH = 20  # so many broken lines are told one by one when nothing else is in the file


def read(data: bytes, name: str) -> Iterator[Record | Refusal]:
    """Lines may come in any order; a line that is not JSON is refused alone."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) and _is_utf8(data):
        lines = iter(BytesIO(data.removeprefix(b"\xef\xbb\xbf")))
    else:
        lines = iter(decode(data)[0].encode().splitlines())
    group = Grouping(name)
    refused: list[Refusal] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            group.add(number, _object(line))
        except Unreadable as why:
            refused.append(Refusal(name, why.code, line=number, facts=why.facts))
    if not any(document.sections for document in group.documents.values()):
        if not group.documents and not refused:
            raise Unreadable("empty")
        if group.documents or len(refused) > _EACH:
            raise Unreadable("no-passages")
    yield from refused
    yield from group.records()


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _object(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line.decode("utf-8"))
    except RecursionError:
        raise Unreadable("json-deep") from None
    except ValueError as problem:
        raise Unreadable("json", problem=str(problem)[:120]) from None
    if not isinstance(value, dict):
        raise Unreadable("json-object")
    return value
