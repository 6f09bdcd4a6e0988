"""Which model answers now, and which vectors go with it.

`INDEX_ROOT/answering.json` names the space that searches use and the setting that made it. When the
setting changes, the space named there goes on answering, with its own model, until every passage
has a vector of the new one; then the name is changed and all processes follow. `filling.json` names
the space that the worker fills.
"""

import json
import logging
import threading
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from house.retrieval.embedding import Embedder, NoModel, load_embedder
from house.retrieval.embedding.loading import open_embedder
from house.retrieval.engines.base import VectorSpace
from house.retrieval.engines.files import read_text, replace_text
from house.retrieval.engines.sqlite import SQLiteEngine

log = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds that a page waits for a model still being loaded before it goes by words

_lock = threading.Lock()
_engines: dict[tuple[str, VectorSpace | None], SQLiteEngine] = {}
_former: dict[str, Embedder | None] = {}
_loading: threading.Thread | None = None
_loaded: set[tuple[str, str]] = set()


def space_of(embedder: Embedder) -> VectorSpace:
    return VectorSpace(
        embedder.model_id, embedder.basis_id, embedder.dimensions, embedder.token_dimensions
    )


def engine(space: VectorSpace | None = None) -> SQLiteEngine:
    """One for each process and space; without a space it knows words only."""
    key = (str(settings.INDEX_ROOT), space)
    with _lock:
        if key not in _engines:
            _engines[key] = SQLiteEngine(settings.INDEX_ROOT, space)
        return _engines[key]


def forget_engines(folder: Path) -> None:
    """Lets go of what this process holds open of the index in `folder`."""
    with _lock:
        for key in [key for key in _engines if key[0] == str(folder)]:
            del _engines[key]


def engine_to_fill() -> tuple[SQLiteEngine, Embedder] | None:
    """Where the present setting's vectors go; None without a model. Loads it."""
    embedder = load_embedder()
    if embedder is None:
        return None
    space = space_of(embedder)
    filling = _named("filling.json")
    if filling is None or filling[1] != space:
        _name("filling.json", space)
    return engine(space), embedder


def engine_to_ask(*, patience: float | None = PATIENCE) -> tuple[SQLiteEngine, Embedder | None]:
    """What a search reads, and the model its question goes through: None means by words only.

    With `patience` None it waits for as long as loading the model takes.
    """
    embedder = _present_embedder(patience)
    if embedder is None:
        return engine(), None
    wanted = space_of(embedder)
    answering = _named("answering.json")
    if answering is None:
        _name("answering.json", wanted)
        return engine(wanted), embedder
    url, space = answering
    if space == wanted:
        return engine(wanted), embedder
    former = _former_embedder(url, space)
    if former is None:  # its model is gone: better a growing new set than none
        return engine(wanted), embedder
    return engine(space), former


def finish_change() -> bool:
    """Let the newly filled space answer, if it isn't the one that does. True when it changed."""
    filled = engine_to_fill()
    if filled is None:
        return False
    space = space_of(filled[1])
    answering = _named("answering.json")
    if answering is not None and answering[1] == space:
        return False
    _name("answering.json", space)
    return answering is not None


def _present_embedder(patience: float | None) -> Embedder | None:
    global _loading  # noqa: PLW0603 -- one loading thread for each process
    if patience is None or _is_loaded():
        return load_embedder()
    with _lock:
        if _loading is None or not _loading.is_alive():
            _loading = threading.Thread(target=_load, name="load-model", daemon=True)
            _loading.start()
        thread = _loading
    thread.join(patience)
    return None if thread.is_alive() else load_embedder()


def _load() -> None:
    if load_embedder() is not None:
        _loaded.add(_setting())


def _is_loaded() -> bool:
    return _setting() in _loaded or settings.EMBEDDINGS_URL == "none"


def _setting() -> tuple[str, str]:
    return settings.EMBEDDINGS_URL, settings.EMBEDDINGS_MODEL


def _former_embedder(url: str, space: VectorSpace) -> Embedder | None:
    with _lock:
        if url not in _former:
            try:
                _former[url] = open_embedder(url)
            except (NoModel, OSError) as problem:
                log.warning("The model that answered before can't be opened: %s", problem)
                _former[url] = None
    embedder = _former[url]
    return embedder if embedder is not None and space_of(embedder) == space else None


def _named(file: str) -> tuple[str, VectorSpace] | None:
    text = read_text(settings.INDEX_ROOT / file)
    if not text:
        return None
    facts = json.loads(text)
    return facts["url"], VectorSpace(**facts["space"])


def _name(file: str, space: VectorSpace) -> None:
    settings.INDEX_ROOT.mkdir(parents=True, exist_ok=True)
    facts = {"url": settings.EMBEDDINGS_URL, "space": asdict(space)}
    replace_text(settings.INDEX_ROOT / file, json.dumps(facts))


def count_pending() -> int:
    """Passages without a vector of the space being filled. Loads no model."""
    if settings.EMBEDDINGS_URL == "none":
        return 0
    filling = _named("filling.json")
    mark = engine(filling[1] if filling else None).watermark()
    return mark.pending if filling else mark.passages
