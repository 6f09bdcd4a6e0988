"""Facts for machines inside a page: schema.org as JSON-LD, safe in a `<script>` whatever people wrote."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

# Inside <script> these could end it or begin a comment; JSON reads the escapes as the letters.
_ESCAPES = {ord(letter): f"\\u{ord(letter):04X}" for letter in ("<", ">", "&", "\u2028", "\u2029")}


def in_script(data: dict[str, Any]) -> SafeString:
    """JSON that may stand inside a `<script type="application/ld+json">`; empty values left out."""
    told = {name: value for name, value in data.items() if value not in ("", [], None, {})}
    return mark_safe(json.dumps(told, ensure_ascii=False).translate(_ESCAPES))


def alliance() -> dict[str, str]:
    """Who publishes and organises what stands in the house."""
    return {"@type": "Organization", "name": "Sharing Cities Alliance", "url": settings.BASE_URL}
