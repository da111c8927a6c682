"""A build of the report takes away and replaces what a build of it wrote, and nothing else."""

import runpy
import shutil
from pathlib import Path

import pytest

from support.timeline.list_catalogue import write_site
from tracker.errors import StorageError

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
FOREIGN = b"<!doctype html><title>Not yours</title>"


def build(out, places=None):
    places = samples["all_places"]() if places is None else places
    return write_site(iter(places), out, now=samples["NOW"], coverage=samples["all_coverage"]())


def less(out):
    """A build that knows one place only: pages of the others go away, and most files change."""
    return build(out, [samples["milwaukee"]()])


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write(path, content=FOREIGN):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_other_things_in_the_folder_stay(tmp_path):
    names = (".git/HEAD", "CNAME", "notes.txt", "blog/index.html", "wi/notes.txt", "mo/springfield/photo.jpg")
    foreign = [write(tmp_path / name) for name in names]
    empty = write(tmp_path / "empty/index.html", b"")
    build(tmp_path)
    assert less(tmp_path).pages_removed > 5
    assert [path.read_bytes() for path in foreign] == [FOREIGN] * len(foreign)
    assert empty.exists()


@pytest.mark.parametrize("name", ["index.html", "entries.json", "assets/style.css", "wi/milwaukee/index.html"])
def test_what_stands_in_the_place_of_a_file_of_ours_is_not_replaced(tmp_path, name):
    foreign = write(tmp_path / name)
    with pytest.raises(StorageError, match=rf"{name}: .*name another folder"):
        build(tmp_path)
    assert contents(tmp_path) == {name: FOREIGN}
    foreign.unlink()
    build(tmp_path)


def test_nor_a_page_of_somebody_else_within_a_report(tmp_path):
    less(tmp_path)
    foreign, before = write(tmp_path / "mo/springfield/index.html"), contents(tmp_path)
    with pytest.raises(StorageError, match=r"mo/springfield/index\.html: "):
        build(tmp_path)
    assert foreign.read_bytes() == FOREIGN
    assert contents(tmp_path) == before


def test_a_report_in_a_folder_of_a_report_stays(tmp_path):
    build(tmp_path / "data" / "report")
    shutil.copytree(tmp_path / "data" / "report", tmp_path / "2017", ignore=shutil.ignore_patterns(".*"))
    before = contents(tmp_path)
    less(tmp_path)
    now = contents(tmp_path)
    assert before.items() <= now.items()
    assert less(tmp_path).pages_removed == 0


def test_a_report_without_its_hidden_files_is_still_ours(tmp_path):
    build(tmp_path / "here")
    shutil.copytree(tmp_path / "here", tmp_path / "there", ignore=shutil.ignore_patterns(".*"))
    assert less(tmp_path / "there").pages_removed > 5


def test_a_first_build_that_was_killed_half_way_is_gone_on_with(tmp_path):
    build(tmp_path)
    (tmp_path / "index.html").unlink()  # it comes last
    (tmp_path / ".manifest.json").write_bytes(b"")
    less(tmp_path)
    assert (tmp_path / "index.html").is_file()


def test_a_page_of_which_the_disk_lost_everything_is_written_again(tmp_path):
    build(tmp_path)
    page = tmp_path / "wi/milwaukee/index.html"
    whole = page.read_bytes()
    page.write_bytes(b"")
    (tmp_path / ".manifest.json").unlink()
    build(tmp_path)
    assert page.read_bytes() == whole


def test_a_file_in_the_place_of_the_folder_stays(tmp_path):
    out = write(tmp_path / "report")
    with pytest.raises(StorageError, match=r"report: .*name another folder"):
        build(out)
    assert out.read_bytes() == FOREIGN
