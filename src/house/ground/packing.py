"""Static files with a digest in their name, packed for the wire: once, until something of them changes."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Says of which files what lies in STATIC_ROOT was made; written last, so that what broke off is not believed.
STAMP = "packed.txt"
PACKED_BY = ("django", "whitenoise", "brotli")


class PacksOnce(Compressor):
    """A file and its copy with a digest mostly hold the same bytes: packed once, written twice."""

    compress_brotli = staticmethod(cache(Compressor.compress_brotli))
    compress_gzip = staticmethod(cache(Compressor.compress_gzip))


class Storage(CompressedManifestStaticFilesStorage):
    def create_compressor(self, **options: Any) -> Compressor:
        return PacksOnce(**options)

    def get_modified_time(self, name: str) -> datetime:
        """Each packing copies all anew: what an installer lays down may be newer and bear an older date."""
        return datetime.min.replace(tzinfo=UTC)

    def post_process(self, paths: Any, *args: Any, **options: Any) -> Iterator[Any]:
        stamp = Path(self.path(STAMP))
        stamp.unlink(missing_ok=True)
        yield from super().post_process(paths, *args, **options)
        stamp.write_text(_digest(paths), encoding="ascii")


def is_packed() -> bool:
    """Does STATIC_ROOT hold just what would be packed now, whole?"""
    stamp = settings.STATIC_ROOT / STAMP
    if not stamp.exists() or stamp.read_text(encoding="ascii") != _digest(_found()):
        return False
    storage = Storage()
    return all(storage.exists(name) for name in storage.hashed_files.values())


def _found() -> dict[str, Any]:
    """What `collectstatic` collects: by name, where it lies; the first finder wins."""
    ignored = cast("StaticFilesConfig", apps.get_app_config("staticfiles")).ignore_patterns
    found: dict[str, Any] = {}
    for finder in get_finders():
        for path, storage in finder.list(ignored):
            prefix = getattr(storage, "prefix", None)
            found.setdefault(f"{prefix}/{path}" if prefix else path, (storage, path))
    return found


def _digest(found: Mapping[str, Any]) -> str:
    """By what the files say, not by their dates; and by what packs them."""
    tools = [f"{name} {version(name)}" for name in PACKED_BY]
    digest = hashlib.sha256(repr([settings.STATIC_URL, tools]).encode())
    digest.update(Path(__file__).read_bytes())
    for name, (storage, path) in sorted(found.items(), key=lambda item: item[0]):
        with storage.open(path) as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{name}\n{content}\n".encode())
    return digest.hexdigest()
