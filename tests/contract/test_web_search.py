"""The page `search/` as the daemon serves it, on both engines: answers, choices that can be shared, and no error
whatever the address says."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

import html5lib
import pytest
import structlog
from sqlalchemy import Engine

from db.people import withholding
from db.sessions import session
from jobs.web import search
from support.databases.recording import NOW
from support.mail.news import MADISON, MILWAUKEE, MONDAY, add_entry, revise
from support.web.site import Site, running_site
from tracker.model import EntryStatus, Stage
from tracker.timeline.decisions.acts import Act

ACT = Act("Ada", NOW, "asked")


@pytest.fixture
def site(engine: Engine, tmp_path: Path) -> Iterator[Site]:
    for number in range(25):
        place, stage = (MILWAUKEE, MADISON)[number % 2], (Stage.ADOPTED, Stage.EFFECTIVE)[number % 2]
        topic, day = ("immigration", "housing")[number % 2], f"2019-03-{number + 1:02}"
        add_entry(engine, f"e{number}", MONDAY, place=place, stage=stage, topic=topic, day=day)
    with running_site(engine, tmp_path, structlog.get_logger(), ada=False) as running:
        yield running


def page(site: Site, *asked: tuple[str, str]) -> str:
    answer = site.get(f"/search/?{urlencode(asked)}")
    assert (answer.status, answer.kind) == (200, "text/html")
    html5lib.HTMLParser(strict=True).parse(answer.body)
    return answer.text


def heading(text: str) -> str:
    return re.findall(r'<h2 id="answers">(.*?)</h2>', text)[0]


def shown(text: str) -> list[str]:
    return re.findall(r'class="headline".*?entry/(\w+)/', text)


def test_words_and_choices_are_answered_marked_and_counted(site: Site) -> None:
    text = page(site, ("q", "council matter"), ("topic", "immigration"))
    assert heading(text) == "13 entries"
    assert len(shown(text)) == 13
    assert "<mark>council</mark>" in text.lower()
    assert "Topic: Immigration" in text
    assert 'value="council matter"' in text
    assert re.search(r"topic=immigration&amp;topic=housing[^>]*><span>Housing</span> <span class=\"number\">12<", text)
    assert "<h3>Place</h3>" in page(site, ("q", "matter")), "one state has all answers"


def test_a_direction_that_is_not_known_is_counted_and_reachable_whichever_is_chosen(site: Site) -> None:
    text = page(site, ("direction", "less-cooperation"))
    assert "Left out, direction not known: 13." in text
    more = "direction=less-cooperation&amp;direction=unknown"
    assert f'href="?{more}"' in text
    text = page(site, ("direction", "less-cooperation"), ("direction", "unknown"))
    assert (heading(text), "Left out" in text) == ("13 entries", False)
    assert "Direction: Not known" in text


def test_a_word_that_nothing_has_is_answered_with_the_nearest_and_what_stands_in_a_report_alone_says_so(
    site: Site,
) -> None:
    offered = page(site, ("q", "cuoncil mattr"), ("topic", "immigration"))
    assert 'Did you mean <a href="?q=council+matter&amp;topic=immigration">council matter</a>?' in offered
    with session(site.engine) as opened:
        opened.connection().exec_driver_sql("UPDATE article SET text = text || ' A sanctuary, some say.'")
    alone = page(site, ("q", "sanctuary"))
    assert heading(alone) == "25 entries"
    assert alone.count("Found in the text of a report") == len(shown(alone))
    assert "some say" not in alone
    assert "Found in the text" not in page(site, ("q", "council"))
    assert heading(page(site, ("state", "Wisconsin"), ("stage", "adopted"), ("year", "2019"))) == "13 entries"
    assert heading(page(site, ("place", "Madison, WI"))) == heading(page(site, ("place", MADISON))) == "12 entries"


def test_pages_are_led_through_and_end(site: Site) -> None:
    first, second = page(site, ("q", "council")), page(site, ("q", "council"), ("page", "2"))
    assert (len(shown(first)), len(shown(second))) == (20, 5)
    assert len({*shown(first), *shown(second)}) == 25
    assert 'href="?q=council&amp;page=2"' in first
    assert 'rel="next' not in second
    assert 'href="?q=council&amp;page=2" rel="prev' in page(site, ("q", "council"), ("page", "9")), "beyond the end"
    assert shown(page(site, ("order", "latest")))[0] == "e24"


def test_what_is_not_understood_is_said_and_found_nowhere(site: Site) -> None:
    text = page(site, ("topic", "imigration"), ("year", "long ago"), ("place", "Milwakee, WI"))
    assert heading(text) == "Nothing found"
    for said in ("did you mean immigration?", "there is no year", "Milwaukee"):
        assert said.lower() in text.lower()
    near = page(site, ("q", "madisson housin"))
    assert 'href="?topic=housing"' in near
    assert f'href="?place={quote(MADISON, safe="")}"' in near


HOSTILE = (
    *("q=%00%ff%fe", "q=" + "%22" * 300, "q=%3Cscript%3Ealert(1)%3C/script%3E", "page=-1", "page=99999999999999999999"),
    *("page=%C2%B2", "year=%D9%A3%D9%A3%D9%A3%D9%A3", "stage=%00", "place=" + "a" * 1000, "state=%F0%9F%8F%9B", "&&=&"),
    *("q=" + "a+" * 200, "order=", "topic=immigration&" * 300, "direction=up&effect=down&sure=so", "unknown=1"),
)


def test_no_address_is_an_error(site: Site) -> None:
    for query in HOSTILE:
        answer = site.get(f"/search/?{query}")
        assert answer.status == 200, query
        assert "<script>alert" not in answer.text
        html5lib.HTMLParser(strict=True).parse(answer.body)


def test_the_report_s_own_address_leads_there(site: Site) -> None:
    for address, target in (("/search/index.html?q=a&x=1", "../search/?q=a"), ("/search", "./search/")):
        answer = site.get(address)
        assert (answer.status, answer.headers["Location"]) == (302, target)


def test_what_is_withheld_or_rejected_is_not_on_the_page(site: Site) -> None:
    assert shown(page(site, ("q", '"matter e7"'))) == ["e7"]
    with session(site.engine) as opened:
        withholding.withhold_name(opened, "matter e7", ACT)
    revise(site.engine, "e9", MONDAY + timedelta(days=1), "not ours", actor="dana", status=EntryStatus.REJECTED)
    assert heading(page(site, ("q", '"matter e7"'))) == "Nothing found"
    assert heading(page(site, ("q", '"matter e9"'))) == "Nothing found"
    assert "matter e7" not in page(site, ("place", MADISON))
    assert heading(page(site)) == "24 entries"


def test_whoever_asks_too_often_is_told_when_to_come_again(site: Site) -> None:
    answers = [site.get("/search/?q=nothing") for _ in range(search.AT_ONCE + 20)]
    late = [answer for answer in answers if answer.status == 429]
    assert late
    assert "Too many searches" in late[0].text
    assert int(late[0].headers["Retry-After"]) >= 1
    assert site.get("/").status == 200
