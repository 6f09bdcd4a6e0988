"""The body of a call: JSON, without what no database keeps."""

import re
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

# NUL, and halves of letters: JSON can name both by their numbers alone.
_UNKEPT = re.compile("[\0\ud800-\udfff]")


class Keepable(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        told = super().parse_body(request)
        return _kept(told) if b"\\u" in request.body else told


def _kept(value: Any) -> Any:
    if isinstance(value, str):
        return _UNKEPT.sub("", value)
    if isinstance(value, dict):
        return {_kept(name): _kept(each) for name, each in value.items()}
    return [_kept(each) for each in value] if isinstance(value, list) else value
