"""What the wheel and the source distribution hold: all that a run needs, nothing that only a developer needs."""

import os
import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from tracker.read.encoder.big_look import GRAPHS as BIG_GRAPHS
from tracker.read.encoder.small_look import GRAPHS

ROOT = Path(__file__).parents[2]
STOREYS = ("tracker", "db", "jobs")
LEFT_OUT = ("tracker/timeline.png", "tracker/read/training/")
"""The picture of the README and the training: only for those who have the repository."""
LARGEST_WHEEL = 120_000_000
"""Bytes; nine tenths of it are the reader's two looks: the big one buys the stage of one step in ten."""
LICENCES = (
    "LICENSE",
    "tracker/read/data/GAZETTEER_LICENCES.md",
    "tracker/read/model/LICENCES.md",
    "tracker/read/model/LICENCE-APACHE-2.0.txt",
    "tracker/publish/report/data/LICENCES.md",
)
NEEDED = (
    "db/migrations/env.py",
    "db/migrations/script.py.mako",
    "db/migrations/first/timeline.py",
    "db/migrations/versions/v0100_first_tables.py",
    "jobs/demo/site/287g/participating-agencies.xlsx",
    "jobs/demo/site/manifest.toml",
    "jobs/demo/site/orders/before/go-12.pdf",
    "jobs/demo/site/v1/oakford/Matters/31/Histories.json",
    "jobs/demo/site/feeds/lakefront-ledger.xml",
    "jobs/demo/site/pages/lakefront-ledger/2017-07-04-milwaukee-police-immigration-rules.html",
    "jobs/deploy/templates/Containerfile.j2",
    "jobs/deploy/templates/compose.yaml.j2",
    "jobs/deploy/templates/confined.j2",
    "jobs/deploy/templates/install.sh",
    "jobs/deploy/templates/tracker.service.j2",
    "jobs/deploy/templates/tracker-worker@.service.j2",
    "jobs/tracker.toml.example",
    "tracker/gather/data/starter_feeds.csv",
    "tracker/gather/data/zones.tsv.gz",
    "tracker/gather/tracking.txt",
    "tracker/publish/report/data/us_outline.json",
    "tracker/publish/report/data/state_outlines.json",
    "tracker/publish/report/static/style.css",
    "tracker/publish/report/templates/place.html.j2",
    "tracker/publish/mail/templates/digest.html.j2",
    "tracker/py.typed",
    "tracker/read/data/gazetteer.tsv.gz",
    "tracker/read/data/states.csv",
    "tracker/read/data/screen.csv",
    "tracker/read/data/topics.toml",
    "tracker/read/documents/rules_or_form.npz",
    "tracker/read/records/matter_topics.npz",
    "tracker/read/documents/policy_topics.npz",
    *(f"tracker/read/model/{graph}.onnx" for graph in GRAPHS),
    *(f"tracker/read/model/big/{graph}.onnx" for graph in BIG_GRAPHS),
    *(f"tracker/read/model/big/{name}" for name in ("card.json", "thresholds.json")),
    *(f"tracker/read/model/{name}" for name in ("card.json", "thresholds.json", "tokenizer.json")),
    "tracker/timeline/data/rarity.json",
    "tracker/timeline/data/same_policy.json",
    "tracker/timeline/data/words.toml",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution; .ci/run names the one that it builds."""
    if already := os.environ.get("DIST_FOLDER"):
        return Path(already)
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    return out


@pytest.fixture(scope="module")
def wheel(built: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(next(built.glob("*.whl")))


def files_of_the_packages() -> set[str]:
    paths = [path for folder in STOREYS for path in (ROOT / folder).rglob("*") if path.is_file()]
    return {path.relative_to(ROOT).as_posix() for path in paths if "__pycache__" not in path.parts}


def metadata(wheel: zipfile.ZipFile) -> str:
    return next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))


def test_the_wheel_holds_the_packages_whole_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == {name for name in files_of_the_packages() if not name.startswith(LEFT_OUT)}


@pytest.mark.parametrize("name", NEEDED)
def test_the_wheel_holds_what_a_run_needs(wheel: zipfile.ZipFile, name: str) -> None:
    assert wheel.getinfo(name).file_size or name.endswith("py.typed")


def test_the_wheel_carries_its_licences_and_names_them(wheel: zipfile.ZipFile) -> None:
    folder = metadata(wheel).removesuffix("METADATA")
    assert [name for name in LICENCES if f"{folder}licenses/{name}" not in wheel.namelist()] == []
    fields = Parser().parsestr(wheel.read(metadata(wheel)).decode())
    assert fields["License-Expression"] == "MIT AND CC-BY-4.0 AND ISC AND Apache-2.0"
    assert set(fields.get_all("License-File", [])) == set(LICENCES)


def test_the_wheel_is_small(built: Path) -> None:
    assert next(built.glob("*.whl")).stat().st_size < LARGEST_WHEEL


def test_the_source_distribution_can_be_tested_and_built(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    top = {"pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "tests/conftest.py", "tests/eval/gate.py"}
    assert (top | files_of_the_packages()) - held == set()
