"""No link of a built site leads nowhere, and the crawler that says so sees what is broken."""

import runpy
from pathlib import Path

import pytest

from support.timeline.list_catalogue import write_site
from support.web.crawler import crawl, served

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
PAGE = "<!doctype html><title>x</title><h1 id='top-of-it'>x</h1>"
BROKEN = {
    "a page that is not there": ('<a href="nowhere/">x</a>', "nowhere/: 404"),
    "a folder without a page": ('<a href="bare/">x</a>', "bare/: 404"),
    "a part that is not there": ('<a href="other.html#nothing">x</a>', "other.html#nothing: no such part"),
    "a part of its own": ('<a href="#gone">x</a>', "#gone: no such part"),
    "a style sheet": ('<link rel="stylesheet" href="style.css">', "style.css: 404"),
    "a script": ('<script src="gone.js"></script>', "gone.js: 404"),
    "a frame": ('<iframe src="frame.html"></iframe>', "frame.html: 404"),
    "a dot of a map": ('<svg><a href="dot/"><circle r="1"/></a></svg>', "dot/: 404"),
    "a picture": ('<img src="gone.png" alt="">', "gone.png: 404"),
    "the form of a search": ('<form action="search"></form>', "search: 404"),
}
SOUND = (
    '<a href="other.html#top-of-it">x</a><a href="#">x</a><a href="#top">x</a><a href="mailto:a@example.org">x</a>'
    '<a href="https://elsewhere.invalid/">x</a><a href="data.json">x</a><a href="sub/">x</a><link rel="icon" '
    'href="data:,"><form method="post" action="act"></form>'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("index.html", "other.html", "sub/index.html", "bare/x.txt", "data.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE)
    return tmp_path


@pytest.mark.parametrize(("markup", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_link_is_seen_wherever_it_stands(folder: Path, markup: str, said: str) -> None:
    (folder / "other.html").write_text(PAGE + markup)
    (folder / "index.html").write_text(PAGE + '<a href="other.html">x</a>')
    with served(folder) as base:
        assert crawl(base).broken == [f"other.html -> {said}"]


def test_a_sound_site_has_none_and_what_does_something_is_not_followed(folder: Path) -> None:
    (folder / "index.html").write_text(PAGE + SOUND + '<a href="logout">x</a>')
    with served(folder) as base:
        found = crawl(base, leave_out=lambda url: url.endswith("/logout"))
    assert (found.broken, set(found.pages), found.files) == ([], {"", "other.html", "sub/"}, {"data.json"})


def test_the_samples_site_has_no_broken_link_and_every_page_is_reached(tmp_path: Path) -> None:
    options = {"coverage": samples["all_coverage"](), "contact": "desk@example.org"}
    write_site(samples["all_places"](), tmp_path, now=samples["NOW"], **options)
    every = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.html")}
    framed = [path for path in every if path.startswith("embed/")]  # other sites lead there
    with served(tmp_path) as base:
        found = crawl(base, ["", *framed])
    assert found.broken == []
    withdrawn = {"entry/e-fair/index.html"}  # its address stays, and nothing leads there any more
    assert every - set(found.pages) == withdrawn
