"""What the doctor says of sources that are no feeds."""

from datetime import UTC, datetime

import pytest

from db.values import Feed
from jobs.checks import sources
from jobs.checks.check import Level
from tracker.gather.sources.legistar_poll import CLOSED, REFUSED
from tracker.kinds import SourceKind

BASE = "https://webapi.legistar.com/v1/oakford"
MILWAUKEE = "ocd-division/country:us/state:wi/place:milwaukee"


def council(**fields: object) -> Feed:
    told = {"id": 7, "url": BASE, "kind": SourceKind.LEGISTAR, "home": MILWAUKEE, "added_at": datetime.now(UTC)}
    return Feed.model_validate(told | fields)


@pytest.mark.parametrize(
    ("source", "cursor", "clients", "says"),
    [
        (
            council(home=None),
            "",
            (),
            f"nobody said whose council {BASE} is, so that it is not polled; `tracker sources",
        ),
        (council(), "{not json", (), f"how far {BASE} was read cannot be read"),
        (council(), '{"newest": "soon"}', (), "`tracker sources backfill 7 --since DATE` brings in what was missed"),
        (council(errors=2, error=f"{CLOSED}: ask"), "", (), f"{BASE} asks for a token; ask the council for one"),
        (council(errors=2, error=f"{CLOSED}: ask"), "", (), 'legistar_tokens = { oakford = "…" }'),
        (
            council(errors=2, error=f"{CLOSED}: ask"),
            "",
            ("oakford",),
            "which is set now; `tracker poll --all` tries it",
        ),
        (council(errors=2, error=f"{REFUSED} that is set"), "", ("oakford",), f"{BASE} refuses its token; ask"),
        (
            council(errors=2, error="no answer in 30 s"),
            "",
            (),
            f"{BASE} fails: no answer in 30 s; `tracker sources check",
        ),
        (council(kind=SourceKind.AGREEMENTS, errors=1, error="no workbook"), "5f2a", (), f"{BASE} fails: no workbook"),
    ],
)
def test_what_is_wrong_with_a_record_is_said_with_what_to_do(
    source: Feed, cursor: str, clients: tuple[str, ...], says: str
) -> None:
    (problem,) = sources.judge([source.model_copy(update={"cursor": cursor})], frozenset(clients))
    assert problem.level is Level.WARNING
    assert says in problem.says


def test_records_that_do_well_are_one_line_and_none_is_no_line() -> None:
    (passed,) = sources.judge([council(), council(kind=SourceKind.AGREEMENTS)], frozenset())
    assert (passed.level, passed.says) == (Level.OK, "2 sources of other kinds than feeds")
    assert list(sources.judge([], frozenset())) == []
