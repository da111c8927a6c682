"""Whole mails beside their expected twins: headers, text, HTML."""

import runpy
from pathlib import Path

import html5lib
import pytest

FOLDER = Path(__file__).parents[1] / "golden" / "digest"
GOLDEN = runpy.run_path(str(FOLDER / "mails.py"))
NAMES = tuple(GOLDEN["MAILS"])


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_is_as_its_twins_say(name):
    """Where a difference is meant: python tests/golden/digest/mails.py writes the twins anew."""
    for file, text in GOLDEN["twins"](name).items():
        assert text == (FOLDER / file).read_text("utf-8"), file


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_is_well_formed_loads_nothing_and_is_not_cut_off(name):
    html = GOLDEN["twins"](name)[f"{name}.html"]
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    assert not {"img", "link", "script", "iframe", "object"} & {element.tag for element in root.iter()}
    assert not [element.tag for element in root.iter() if {"src", "srcset", "background"} & set(element.attrib)]
    assert not [mark for mark in ("url(", "@import", "@font-face") if mark in html]
    assert len(html.encode()) < 102_000
    assert html.encode().index(b"charset") < 1024  # where browsers look for it (HTML Living Standard, 13.2.3.2)


@pytest.mark.parametrize("name", NAMES)
def test_every_link_of_the_html_stands_in_the_text(name):
    """Plain text is as good as the HTML: what can be followed there can be followed here."""
    files = GOLDEN["twins"](name)
    root = html5lib.parse(files[f"{name}.html"], namespaceHTMLElements=False)
    links = {link.get("href") for link in root.iter("a")}
    said = files[f"{name}.txt"]
    assert {link for link in links if link.removeprefix("mailto:") not in said} <= {
        "https://tracker.example/wi/milwaukee/"
    }
