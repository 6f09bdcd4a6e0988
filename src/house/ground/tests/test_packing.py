import gzip
import os
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from house.ground.packing import STAMP, PacksOnce, is_packed


@pytest.fixture
def static(settings, tmp_path):
    """Two static files of a house, and the folder in which they are packed."""
    source, packed = tmp_path / "source", tmp_path / "packed"
    source.mkdir()
    (source / "mark.svg").write_text("<svg></svg>")
    (source / "page.css").write_text("body { background: url(mark.svg) }")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = packed
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "house.ground.packing.Storage"},
    }
    return SimpleNamespace(source=source, packed=packed)


def pack():
    call_command("collectstatic", interactive=False, verbosity=0)


def test_a_copy_with_a_digest_in_its_name_is_packed_only_once(tmp_path):
    text = b"Where do the tenants go? " * 50
    names = ["page.css", "page.0123abcd.css"]
    PacksOnce.compress_gzip.cache_clear()
    for name in names:
        (tmp_path / name).write_bytes(text)
        PacksOnce(quiet=True).compress(str(tmp_path / name))
    for name in names:
        assert gzip.decompress((tmp_path / f"{name}.gz").read_bytes()) == text
        assert (tmp_path / f"{name}.br").exists()
    assert PacksOnce.compress_gzip.cache_info().misses == 1


def test_what_is_packed_is_known_and_needs_no_second_packing(static):
    assert not is_packed()
    pack()
    assert is_packed()


def a_file_says_something_else(static):
    was = (static.source / "mark.svg").stat()
    (static.source / "mark.svg").write_text("<svg/>     ")
    os.utime(static.source / "mark.svg", ns=(was.st_atime_ns, was.st_mtime_ns))


def a_file_is_new(static):
    (static.source / "more.css").write_text("main { color: red }")


def a_file_is_gone(static):
    (static.source / "page.css").unlink()


def a_packed_file_is_lost(static):
    next(static.packed.glob("page.*.css")).unlink()


def a_packing_broke_off(static):
    (static.packed / STAMP).unlink()


@pytest.mark.parametrize(
    "change",
    [a_file_says_something_else, a_file_is_new, a_file_is_gone, a_packed_file_is_lost, a_packing_broke_off],
)  # fmt: skip
def test_whatever_changed_is_packed_again(static, change):
    pack()
    change(static)
    assert not is_packed()
    pack()
    assert is_packed()


def test_an_older_date_keeps_no_new_file_from_being_served(static):
    pack()
    (static.source / "mark.svg").write_text("<svg>new</svg>")
    os.utime(static.source / "mark.svg", (0, 0))
    pack()
    assert (static.packed / "mark.svg").read_text() == "<svg>new</svg>"
