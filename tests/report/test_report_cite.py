"""Citations: the forms for reference managers hold what they should, whatever a title says; previews of links."""

import json
import re
import runpy
from datetime import date
from html import unescape
from pathlib import Path

import html5lib
import pytest

from support.timeline.list_catalogue import write_site
from tracker.publish.geography import place_of
from tracker.publish.report.pages.citation import citation
from tracker.publish.report.render import Site

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
NOW, HTML, ADDRESS = samples["NOW"], "{http://www.w3.org/1999/xhtml}", "https://tracker.example/report"
SITE = Site(today=NOW.date(), built=NOW, public_url=ADDRESS)
DANE = samples["dane"]()
CORRECTED = DANE.policies[0].entries[1]


def cited(entry, site=SITE, place=DANE):
    return citation(site, place_of(place.jurisdiction), entry)


def test_bibtex_names_revision_day_and_permalink():
    assert cited(CORRECTED).bibtex == (
        "@misc{tracker-e-detainer-e-r2,\n"
        "  author = {{Procedure tracker}},\n"
        "  title = {{Dane County, Wisconsin: Detainer policy takes effect at the county jail}},\n"
        "  year = {2017},\n"
        "  date = {2017-03-09},\n"
        "  version = {revision 2},\n"
        "  note = {Took effect, May 1, 2017. Entry e-detainer-e},\n"
        f"  url = {{{ADDRESS}/entry/e-detainer-e/}}\n"
        "}"
    )


def test_ris_has_one_tag_a_line():
    lines = cited(CORRECTED).ris.splitlines()
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  -( .*)?", line) for line in lines)
    assert (lines[0], lines[-1]) == ("TY  - ELEC", "ER  -")
    assert "DA  - 2017/03/09" in lines
    assert f"UR  - {ADDRESS}/entry/e-detainer-e/" in lines


def test_csl_json_is_one_item_with_the_day_of_the_revision():
    (item,) = json.loads(cited(CORRECTED).csl)
    assert item["issued"] == {"date-parts": [[2017, 3, 9]]}
    assert (item["type"], item["version"], item["URL"]) == ("webpage", "revision 2", f"{ADDRESS}/entry/e-detainer-e/")


def test_a_site_without_an_address_cites_without_one():
    site = Site(today=NOW.date(), built=NOW)
    assert all("http" not in text for _, text in cited(CORRECTED, site).formats)


def test_marks_of_tex_in_a_title_are_escaped():
    entry = CORRECTED.model_copy(update={"title": r"5% & $1_000 {#1} ~^\end"})
    assert r"5\% \& \$1\_000 \{\#1\} \textasciitilde{}\textasciicircum{}\textbackslash{}end" in cited(entry).bibtex


def test_a_hostile_title_stays_one_line_and_one_record():
    place = samples["hostile"]()
    told = cited(place.policies[0].entries[0], place=place)
    assert told.bibtex.count("@misc{") == 1
    assert re.fullmatch(r"tracker-[A-Za-z0-9-]+-r2", told.key)
    assert told.ris.count("\nTY  - ") == 0
    assert len(told.ris.splitlines()) == len([line for line in told.ris.splitlines() if line[2:5] == "  -"])
    assert not set(told.csl + told.bibtex) & set("\u202e\u200f\u0000")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    write_site(samples["all_places"](), out, now=NOW, public_url=ADDRESS, licence="CC-BY-4.0")
    return out


def meta(page):
    document = html5lib.HTMLParser(strict=True).parse(page.read_bytes(), transport_encoding="utf-8")
    return {tag.get("property") or tag.get("name"): tag.get("content") for tag in document.iter(f"{HTML}meta")}


@pytest.mark.parametrize(
    ("page", "kind", "said"),
    [
        ("", "website", "Dated steps of local ordinances"),
        ("wi/milwaukee/", "website", "2 policies followed in Milwaukee, Wisconsin"),
        ("policy/p-sop130/", "article", "2 dated steps"),
        ("entry/e-sop130-e/", "article", "“The chief signed the revised procedure last month"),
        ("cite/", "website", "Dated steps"),
    ],
)
def test_a_link_to_a_page_has_a_preview(site, page, kind, said):
    told = meta(site / page / "index.html")
    assert told["og:type"] == kind
    assert said in told["og:description"] == told["description"]
    assert told["og:url"] == f"{ADDRESS}/{page}"
    assert (told["og:site_name"], told["twitter:card"]) == ("Procedure tracker", "summary")
    assert told["og:title"]


def test_every_page_tells_what_it_is_in_a_length_that_previews_show(site):
    for page in site.rglob("index.html"):
        if "embed" not in page.parts:
            assert 0 < len(meta(page)["og:description"]) < 450, page


def test_the_page_on_citing_names_the_licence_and_the_addresses(site):
    text = unescape((site / "cite/index.html").read_text("utf-8"))
    assert f"{ADDRESS}/entry/ID/" in text
    assert "Creative Commons Attribution 4.0" in text
    assert date(2017, 7, 5).isoformat() not in text, "it would change every day"


def test_the_lines_for_other_sites_are_safe_and_lead_to_the_small_page(site):
    for page, small in (("wi/milwaukee/", "embed/wi/milwaukee/"), ("policy/p-sop130/", "embed/policy/p-sop130/")):
        text = unescape(re.search(r"&lt;iframe.*?/iframe&gt;", (site / page / "index.html").read_text("utf-8"))[0])
        assert f'src="{ADDRESS}/{small}index.html"' in text
        assert (site / small / "index.html").is_file()
    hostile = unescape(re.search(r"&lt;iframe.*?/iframe&gt;", (site / "tx/x/index.html").read_text("utf-8"))[0])
    (frame,) = html5lib.parseFragment(hostile)
    assert frame.tag == f"{HTML}iframe"
    assert set(frame.attrib) == {"src", "title", "width", "height", "loading", "style"}


def test_without_an_address_nothing_is_offered_to_other_sites(tmp_path):
    write_site([samples["milwaukee"]()], tmp_path, now=NOW)
    assert "iframe" not in (tmp_path / "wi/milwaukee/index.html").read_text("utf-8")
