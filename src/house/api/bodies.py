"""The body of a call: JSON, without what no database keeps."""

from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from house.ground.text import keepable


class Keepable(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        told = super().parse_body(request)
        # Both stand in JSON by their numbers alone.
        return keepable(told) if b"\\u" in request.body else told
