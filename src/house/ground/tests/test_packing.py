import gzip

from house.ground.packing import PacksOnce


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
