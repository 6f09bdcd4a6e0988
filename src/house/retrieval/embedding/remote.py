"""Embeddings from an OpenAI-compatible address that the operator set.

The address is `https://host/v1` or the whole path with `/embeddings`. Of its query, `model`,
`query_prefix` and `passage_prefix` are read here (`https://host/v1?model=bge-m3`); the rest is sent.
"""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import numpy as np

from house.ground import egress
from house.ground.errors import Refused
from house.retrieval.embedding.base import Floats, NoModel, PassageVectors, QueryVectors
from house.retrieval.embedding.e5 import readable, unit

BATCH = 32
OURS = ("model", "query_prefix", "passage_prefix")


class RemoteEmbedder:
    basis_id = ""
    token_dimensions = 0

    def __init__(self, url: str, *, model: str = "", key: str = "", timeout: float = 20.0) -> None:
        """Asks once, to learn the dimensions; raises `NoModel` when there is no answer."""
        parts = urlsplit(url)
        asked = dict(parse_qsl(parts.query))
        chosen = {name: asked.pop(name, "") for name in OURS}
        path = parts.path.rstrip("/").removesuffix("/embeddings") + "/embeddings"
        self._url = urlunsplit((parts.scheme, parts.netloc, path, urlencode(asked), ""))
        self._model = chosen["model"] or model or "default"
        self._query_prefix = chosen["query_prefix"]
        self._passage_prefix = chosen["passage_prefix"]
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._timeout = timeout
        self.dimensions = 0
        self.dimensions = self._vectors(["query"]).shape[1]
        prefix = f" {self._passage_prefix}" if self._passage_prefix else ""
        self.model_id = f"{self._model}@{parts.hostname}:{self.dimensions}{prefix}"

    def encode_query(self, text: str) -> QueryVectors:
        return QueryVectors(self._vectors([self._query_prefix + readable(text)])[0])

    def encode_passages(self, texts: Sequence[str]) -> PassageVectors:
        rows = [np.zeros((0, self.dimensions), np.float32)]
        for start in range(0, len(texts), BATCH):
            batch = [self._passage_prefix + readable(text) for text in texts[start : start + BATCH]]
            rows.append(self._vectors(batch))
        raw = np.concatenate(rows)
        return PassageVectors(raw, np.ones(len(raw), np.float32))

    def _vectors(self, texts: list[str]) -> Floats:
        # Some servers refuse an empty string; a space means as little.
        body = {"model": self._model, "input": [text or " " for text in texts]}
        try:
            response = egress.request(
                "POST",
                self._url,
                trusted=True,
                headers=self._headers,
                json=body,
                timeout=self._timeout,
                limit=64 * 1024 * 1024,
            )
        except Refused as error:
            raise NoModel(f"The embeddings address can't be asked: {error}") from error
        if response.status_code != 200:
            raise NoModel(f"The embeddings address answers with status {response.status_code}.")
        try:
            data = sorted(response.json()["data"], key=lambda row: row["index"])
            rows = np.array([row["embedding"] for row in data], np.float32)
        except (ValueError, KeyError, TypeError) as error:
            raise NoModel("The embeddings address answers with something else.") from error
        if rows.ndim != 2 or len(rows) != len(texts) or not np.isfinite(rows).all():
            raise NoModel("The embeddings address answers with vectors of the wrong form.")
        if self.dimensions and rows.shape[1] != self.dimensions:
            raise NoModel("The embeddings address has changed the size of its vectors.")
        return unit(rows)
