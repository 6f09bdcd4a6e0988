"""Which embedder this house uses: one setting, `HOUSE_EMBEDDINGS_URL`.

unset            the built-in model, exported under HOUSE_DATA/models at first use
none             no model: search answers by words
/folder, file:…  a model folder (see `folder`)
http(s)://…      an OpenAI-compatible address (see `remote`)
"""

import logging
import sys
import threading
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from house.retrieval.embedding.base import Embedder, NoModel

log = logging.getLogger(__name__)

RETRY = 30.0  # seconds before a model that couldn't be loaded is tried again

_lock = threading.Lock()
_loaded: dict[tuple[str, str], Embedder] = {}
_failed: dict[tuple[str, str], float] = {}


def load_embedder() -> Embedder | None:
    """The embedder of this process; None when there is none, now or by choice. First call: seconds."""
    wanted = (settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL)
    if wanted in _loaded:
        return _loaded[wanted]
    if settings.EMBEDDINGS_URL == "none":
        return None
    with _lock:
        if wanted in _loaded:
            return _loaded[wanted]
        if time.monotonic() - _failed.get(wanted, -RETRY) < RETRY:
            return None
        try:
            _loaded[wanted] = open_embedder(settings.EMBEDDINGS_URL)
        except (NoModel, OSError) as error:
            _failed[wanted] = time.monotonic()
            log.warning("Search answers by words only: %s", error)
            return None
        return _loaded[wanted]


def open_embedder(url: str) -> Embedder:
    """A new embedder for an address of the setting. Raises `NoModel` with a sentence."""
    # The runtime is heavy, and most commands of the house never search.
    from house.retrieval.embedding.builtin import BuiltInEmbedder  # noqa: PLC0415
    from house.retrieval.embedding.folder import FolderEmbedder  # noqa: PLC0415
    from house.retrieval.embedding.remote import RemoteEmbedder  # noqa: PLC0415

    parts = urlsplit(url)
    threads = settings.EMBEDDINGS_THREADS
    if parts.scheme in {"http", "https"}:
        return RemoteEmbedder(url, model=settings.EMBEDDINGS_MODEL, key=settings.EMBEDDINGS_KEY)
    if parts.scheme == "file":
        return FolderEmbedder(Path(unquote(parts.path)), threads=threads)
    if url.startswith(("/", "./", "../", "~")):
        return FolderEmbedder(Path(url).expanduser(), threads=threads)
    if url:
        raise NoModel(f"HOUSE_EMBEDDINGS_URL is neither an address nor a folder: {url}")
    return BuiltInEmbedder(settings.DATA / "models", threads=threads, say=_say)


def _say(line: str) -> None:
    """For whoever started the process: the export keeps a first start waiting."""
    sys.stderr.write(f"{line}\n")
