"""Static files with a digest in their name, packed for the wire."""

from functools import cache
from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class PacksOnce(Compressor):
    """A file and its copy with a digest mostly hold the same bytes: packed once, written twice."""

    compress_brotli = staticmethod(cache(Compressor.compress_brotli))
    compress_gzip = staticmethod(cache(Compressor.compress_gzip))


class Storage(CompressedManifestStaticFilesStorage):
    def create_compressor(self, **options: Any) -> Compressor:
        return PacksOnce(**options)
