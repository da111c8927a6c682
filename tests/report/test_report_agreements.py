"""The page "287(g) today": rows by state, and what a row that is gone is called."""

from datetime import UTC, date, datetime

from support.timeline.list_catalogue import write_site
from tracker.publish.report.catalogue import AgreementLine

NOW, SIGNED = datetime(2025, 6, 30, tzinfo=UTC), date(2025, 3, 4)


def line(state, agency, model="Task Force Model", gone=None, **more):
    return AgreementLine(state, agency, None, model, SIGNED, gone, **more)


def page_of(tmp_path, *lines):
    write_site([], tmp_path, now=NOW, sheet=lines)
    return " ".join((tmp_path / "287g/index.html").read_text("utf-8").split())


def test_rows_stand_by_state_and_a_missing_one_is_not_called_ended(tmp_path):
    shown = page_of(
        tmp_path,
        line("Texas", "Hood County Sheriff", policy="p1", word="Adopted"),
        line("Alabama", "Clay County Sheriff", model="Warrant Service Officer"),
        line("Alabama", "Bibb County Sheriff", gone=date(2025, 6, 9)),
    )
    assert "2 agreements of 2 agencies in 2 states listed" in shown
    assert shown.index('id="alabama"') < shown.index("Bibb County") < shown.index("Clay County")
    assert shown.index("Clay County") < shown.index('id="texas"') < shown.index("Hood County")
    assert 'no longer listed since <time datetime="2025-06-09">June 9, 2025</time>' in shown
    assert "ended" not in shown.partition("<main")[2].partition("</main>")[0].replace("That alone ends", "")
    assert "Adopted" in shown


def test_a_row_of_no_city_or_county_says_why_it_is_in_no_timeline(tmp_path):
    shown = page_of(
        tmp_path, line("Florida", "Bay Airport Police"), line("Florida", "Gulf Sheriff", policy="p1", word="Adopted")
    )
    assert "of universities and colleges, of airports" in shown
    assert shown.count("of no one city or county") == 1


def test_a_site_without_the_sheet_says_how_to_follow_it(tmp_path):
    assert "--kind 287g" in page_of(tmp_path)
