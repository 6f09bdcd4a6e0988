"""A translation hint from a LibreTranslate-compatible server, if the operator has set one."""

import hashlib
import logging
from collections.abc import Sequence

from django.conf import settings
from django.core.cache import cache

from house.ground import egress
from house.ground.text import clean

log = logging.getLogger(__name__)
KEPT = 7 * 24 * 3600  # seconds
PATIENCE = 6.0  # a hint isn't worth a longer wait


def translate(texts: Sequence[str], *, source: str, target: str) -> list[str]:
    """One translation for each text, plain text; empty where there is none. Never raises."""
    if not settings.TRANSLATE_URL or not texts or source == target:
        return ["" for _text in texts]
    keys = [_key(text, source, target) for text in texts]
    known = cache.get_many(keys)
    missing = [text for text, key in zip(texts, keys, strict=True) if key not in known]
    if missing:
        fresh = dict(zip(missing, _ask(missing, source, target), strict=True))
        made = {_key(text, source, target): told for text, told in fresh.items() if told}
        cache.set_many(made, KEPT)
        known |= made
    return [known.get(key, "") for key in keys]


def _ask(texts: list[str], source: str, target: str) -> list[str]:
    nothing = ["" for _text in texts]
    asked = {"q": texts, "source": source, "target": target, "format": "text"}
    if settings.TRANSLATE_KEY:
        asked["api_key"] = settings.TRANSLATE_KEY
    url = settings.TRANSLATE_URL.rstrip("/").removesuffix("/translate") + "/translate"
    try:
        response = egress.request(
            "POST", url, trusted=True, json=asked, limit=1024 * 1024, timeout=PATIENCE
        )
        told = response.json()["translatedText"] if response.is_success else None
    except (egress.Unreachable, ValueError, KeyError, TypeError) as problem:
        log.warning("No translation from %s to %s: %s", source, target, problem)
        return nothing
    if not isinstance(told, list) or len(told) != len(texts):
        log.warning("No translation from %s to %s: an answer of another shape", source, target)
        return nothing
    # Whatever the server sends is text: templates escape it, controls and overrides are removed.
    return [clean(one).strip() if isinstance(one, str) else "" for one in told]


def _key(text: str, source: str, target: str) -> str:
    return f"translation:{source}:{target}:{hashlib.sha256(text.encode()).hexdigest()}"
