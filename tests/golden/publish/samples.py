# ruff: noqa: E501
"""Timelines that the tests of tracker/publish share: invented reports, in our own words, of changes like real ones.

Loaded by path (tests are no package):  samples = runpy.run_path("tests/golden/publish/samples.py")
"""

from datetime import UTC, date, datetime

from tracker.characters import as_seen
from tracker.coverage import Coverage, PlaceTimeline
from tracker.model import (
    Basis,
    Change,
    Entry,
    EntryStatus,
    Evidence,
    Finding,
    Jurisdiction,
    Kind,
    Policy,
    Revision,
    Stage,
)
from tracker.partial_date import PartialDate
from tracker.read.qualifiers import qualifiers

NOW = datetime(2017, 7, 5, 12, 0, tzinfo=UTC)
"""Two days after the Milwaukee report, the day before the order takes effect."""
WI, MO = "ocd-division/country:us/state:wi", "ocd-division/country:us/state:mo"
MILWAUKEE = Jurisdiction(
    id=f"{WI}/place:milwaukee", name="Milwaukee", kind=Kind.PLACE, state="WI", population=563531,
    latitude=43.0389, longitude=-87.9065,
)  # fmt: skip
DANE = Jurisdiction(
    id=f"{WI}/county:dane", name="Dane County", kind=Kind.COUNTY, state="WI", population=561504,
    latitude=43.0667, longitude=-89.4182,
)  # fmt: skip
SPRINGFIELD = Jurisdiction(
    id=f"{MO}/place:springfield", name="Springfield", kind=Kind.PLACE, state="MO", population=169176,
    latitude=37.2153, longitude=-93.2983,
)  # fmt: skip
PASCO = Jurisdiction(
    id="ocd-division/country:us/state:wa/place:pasco", name="Pasco", kind=Kind.PLACE, state="WA", population=78446,
    latitude=46.2396, longitude=-119.1006,
)  # fmt: skip
EMPTY = Jurisdiction(id=f"{WI}/place:madison", name="Madison", kind=Kind.PLACE, state="WI", population=269840)

HOSTILE = (
    '<script>window.pwned = 1</script><img src=x onerror="window.pwned = 1">\' " & {{ 7 * 7 }} \u202e\u202dtfel-ot-thgir'
    "\u0000\u0007\ufffe 🏛️ \u200f‏مرحبا </title></style><!-- ]]> \u2028 =cmd|' /C calc'!A0"
)
LONG = "Very long " * 500


def evidence(quote, url, publisher, published, *, stage, day, basis, title="", report="", place=MILWAUKEE.id):
    """One piece of evidence whose finding says the same as its entry."""
    finding = Finding(
        jurisdiction=place, jurisdiction_name="", stage=stage, date=day, basis=basis, quote=quote, start=0,
        end=len(quote), score=0.9, qualifiers=qualifiers(as_seen(quote)),
    )  # fmt: skip
    return Evidence(
        finding=finding, url=url, title=title, publisher=publisher, published=published, report=report or url
    )


def _proof(place, stage, parsed, basis, quote, url, publisher, published, headline, report, said=""):
    """Evidence that says the date of its entry, or another one (`said`)."""
    day = PartialDate.parse(said) if said else parsed
    basis = basis if day else Basis.REPORTED
    return evidence(
        quote,
        url,
        publisher,
        published,
        stage=stage,
        day=day,
        basis=basis,
        title=headline,
        report=report,
        place=place.id,
    )


def entry(id_, policy, place, stage, day, basis, title, sources, **more):
    """One entry; `sources` are (quote, url, publisher, published, title, report, other date)."""
    parsed = PartialDate.parse(day) if day else None
    proof = tuple(_proof(place, stage, parsed, basis, *source) for source in sources)
    return Entry(
        id=id_, policy=policy, jurisdiction=place.id, jurisdiction_name=place.name, stage=stage, date=parsed,
        basis=basis, title=title, evidence=proof, **{"score": 0.8, **more},
    )  # fmt: skip


def policy(id_, name, place, topic, *entries):
    return Policy(id=id_, name=name, jurisdiction=place.id, topic=topic, entries=entries)


def opened(day):
    return Revision(
        number=1, at=datetime.combine(day, datetime.min.time(), UTC), actor="tracker", reason="first report"
    )


JULY4 = date(2017, 7, 4)
_MPD = {
    "body": "Milwaukee Police Department",
    "instrument": "standard operating procedure",
    "identifier": "sop 130",
    "topic": "immigration",
    "subject": "immigration status questions",
    "revisions": (opened(JULY4),),
}
_APPROVED = "The chief signed the revised procedure last month, and officers must follow it from Thursday."
_MPD_SOURCES = (
    (_APPROVED, "https://news.example/milwaukee/police-order", "Milwaukee Ledger", JULY4, "Police order on immigration draws protest", "r1"),
    (_APPROVED, "https://wire.example/wi/1", "Lakeshore Wire", JULY4, "Groups object to police order", "r1"),
    (_APPROVED, "https://www.capital.example/2017/07/04/order", "Capital Daily", date(2017, 7, 5), "Groups object to police order", "r1"),
    ("From July 6 officers shall tell federal agents where a suspect is held.", "https://radio.example/mke/sop", "WXYZ Radio", date(2017, 7, 5), "What the new police procedure says", "r2"),
)  # fmt: skip


def milwaukee():
    return PlaceTimeline(
        jurisdiction=MILWAUKEE,
        policies=(
            policy(
                "p-sop130", "Police procedure on questions about immigration status (SOP 130)", MILWAUKEE, "immigration",
                entry("e-sop130-a", "p-sop130", MILWAUKEE, Stage.ADOPTED, "2017-06", Basis.RELATIVE,
                      "Police chief approves revised procedure on immigration status", _MPD_SOURCES[:3], **_MPD),
                entry("e-sop130-e", "p-sop130", MILWAUKEE, Stage.EFFECTIVE, "2017-07-06", Basis.RELATIVE,
                      "Revised police procedure on immigration status takes effect", _MPD_SOURCES, status=EntryStatus.CONFIRMED, **_MPD),
            ),
            policy(
                "p-pursuit", "Vehicle pursuits for reckless driving", MILWAUKEE, "pursuits",
                entry("e-pursuit", "p-pursuit", MILWAUKEE, Stage.PROPOSED, None, Basis.REPORTED,
                      "Commission asks the department to loosen its pursuit policy",
                      [("Commissioners told the department to draft a looser pursuit policy.", "https://news.example/milwaukee/pursuits", "Milwaukee Ledger", date(2017, 5, 12), "Pursuit rules under review", "")],
                      body="Fire and Police Commission", instrument="directive", topic="pursuits"),
            ),
        ),
        coverage=(
            Coverage(feed="https://news.example/feed", title="Milwaukee Ledger", home=MILWAUKEE.id, last_heard=NOW),
            Coverage(feed="https://radio.example/rss", title="WXYZ Radio", home=MILWAUKEE.id, state="failing",
                     last_heard=datetime(2017, 6, 2, tzinfo=UTC), error="the server answered HTTP 503"),
        ),
    )  # fmt: skip


def dane():
    """A jail policy whose effective date was corrected by a later report."""
    corrected = Revision(
        number=2, at=datetime(2017, 3, 9, 8, tzinfo=UTC), actor="tracker", reason="a later report corrects the date",
        changes=(Change(field="date", old="2017-04-01", new="2017-05-01"), Change(field="basis", old="relative", new="stated")),
    )  # fmt: skip
    return PlaceTimeline(
        jurisdiction=DANE,
        policies=(
            policy(
                "p-detainer", "Jail policy on federal detainer requests", DANE, "jail-and-bail",
                entry("e-detainer-a", "p-detainer", DANE, Stage.ADOPTED, "2017-03-02", Basis.STATED,
                      "Sheriff signs policy to decline detainers without a warrant",
                      [("Sheriff Ann Olsen signed the directive on March 2.", "https://dane.example/detainers", "Dane Chronicle", date(2017, 3, 3), "Jail to decline detainers", "")],
                      body="Dane County Sheriff", instrument="directive", topic="jail-and-bail", revisions=(opened(date(2017, 3, 3)),)),
                entry("e-detainer-e", "p-detainer", DANE, Stage.EFFECTIVE, "2017-05-01", Basis.STATED,
                      "Detainer policy takes effect at the county jail",
                      [("Correction: the policy begins May 1, not April 1.", "https://dane.example/detainers-correction", "Dane Chronicle", date(2017, 3, 9), "Correction", ""),
                       ("The rule starts next month.", "https://dane.example/detainers", "Dane Chronicle", date(2017, 3, 3), "Jail to decline detainers", "", "2017-04")],
                      body="Dane County Sheriff", instrument="directive", topic="jail-and-bail", revision=2,
                      revisions=(opened(date(2017, 3, 3)), corrected)),
            ),
        ),
    )  # fmt: skip


def pasco():
    """A camping ban that was passed, rescinded and passed again, and an ordinance in each of the other stages."""

    def step(number, stage, day, title, published):
        source = (
            f"{title}, the council decided.",
            f"https://basin.example/camping/{number}",
            "Basin Bugle",
            published,
            title,
            "",
        )
        return entry(f"e-camp-{number}", "p-camping", PASCO, stage, day, Basis.STATED, title, [source],
                     body="City Council", instrument="ordinance", identifier="ordinance 4300", topic="homelessness")  # fmt: skip

    def single(name, stage, title):
        source = (f"{title}.", f"https://basin.example/{name}", "Basin Bugle", date(2016, 10, 5), title, "")
        return policy(f"p-{name}", title, PASCO, "licensing",
                      entry(f"e-{name}", f"p-{name}", PASCO, stage, "2016-10", Basis.REPORTED, title, [source], topic="licensing"))  # fmt: skip

    return PlaceTimeline(
        jurisdiction=PASCO,
        policies=(
            policy(
                "p-camping", "Ban on camping in parks (ordinance 4300)", PASCO, "homelessness",
                step(1, Stage.PROPOSED, "2013-02-18", "Council takes up a ban on camping in parks", date(2013, 2, 19)),
                step(2, Stage.ADOPTED, "2013-03-04", "Council bans camping in parks", date(2013, 3, 5)),
                step(3, Stage.EFFECTIVE, "2013-04", "Camping ban takes effect", date(2013, 3, 5)),
                step(4, Stage.RESCINDED, "2014-09-15", "Council repeals the camping ban", date(2014, 9, 16)),
                step(5, Stage.ADOPTED, "2016-09-19", "Council brings the camping ban back", date(2016, 9, 20)),
            ),
            single("tobacco", Stage.BLOCKED, "Judge stops the licence fee for tobacco shops"),
            single("trucks", Stage.REJECTED, "Council votes down a permit for food trucks"),
        ),
        coverage=(Coverage(feed="https://basin.example/feed", state="retired", last_heard=NOW),),
    )  # fmt: skip


def springfield():
    """The report does not say which Springfield; one entry was rejected by a person."""
    rejected = Revision(number=2, at=NOW, actor="dana", reason="this is about the state fair, not the city")
    source = (
        "Springfield officers will wear cameras from 2018.",
        "https://valley.example/cameras",
        "Valley News",
        date(2017, 6, 30),
        "Cameras for officers",
        "",
    )
    return PlaceTimeline(
        jurisdiction=SPRINGFIELD,
        policies=(
            policy(
                "p-cameras", "Cameras worn by police officers", SPRINGFIELD, "body-cameras",
                entry("e-cameras", "p-cameras", SPRINGFIELD, Stage.EFFECTIVE, "2018", Basis.STATED,
                      "Police officers will wear cameras", [source], topic="body-cameras", body="Police Department",
                      candidates=("ocd-division/country:us/state:il/place:springfield", "ocd-division/country:us/state:ma/place:springfield")),
                entry("e-fair", "p-cameras", SPRINGFIELD, Stage.ADOPTED, "2017-06", Basis.RELATIVE, "Fair bans drones",
                      [source], topic="body-cameras", status=EntryStatus.REJECTED, locked={"status"}, revision=2,
                      revisions=(opened(date(2017, 6, 30)), rejected)),
            ),
        ),
    )  # fmt: skip


def empty():
    return PlaceTimeline(jurisdiction=EMPTY)


def hostile():
    """Every field that a feed or a person can fill holds something nasty."""
    place = Jurisdiction(id="ocd-division/country:us/state:tx/place:x", name=HOSTILE, kind=Kind.PLACE, state="TX")
    revision = Revision(
        number=2, at=NOW, actor=HOSTILE, reason=HOSTILE, changes=(Change(field=HOSTILE, old=HOSTILE, new=LONG),)
    )
    sources = [
        (HOSTILE, "javascript:alert(1)", HOSTILE, JULY4, HOSTILE, "a"),
        (HOSTILE, "data:text/html,<script>1</script>", "", JULY4, LONG, "b"),
        ("=1+1", "https://ok.example/?a=1&b=\"><script>alert(1)</script>", "@evil", JULY4, "", "c"),
        ("x", "http://[broken", "y", JULY4, "", "d"),
    ]  # fmt: skip
    item = entry(f"e/../../{HOSTILE}", f"../{HOSTILE}", place, Stage.ADOPTED, "2017-06-01", Basis.STATED, HOSTILE + LONG, sources,
                 body=HOSTILE, instrument=HOSTILE, identifier=HOSTILE, topic=HOSTILE, subject=HOSTILE, revision=2,
                 revisions=(opened(JULY4), revision))  # fmt: skip
    return PlaceTimeline(
        jurisdiction=place,
        policies=(policy(f"../{HOSTILE}", HOSTILE + LONG, place, HOSTILE, item),),
        coverage=(Coverage(feed=HOSTILE, title=HOSTILE, home=place.id, state="failing", error=HOSTILE),),
    )


def all_places():
    """The whole sample site, ordered by id."""
    return sorted(
        (milwaukee(), dane(), pasco(), springfield(), empty(), hostile()), key=lambda item: item.jurisdiction.id
    )


def all_entries():
    """Every entry of the sample site."""
    return [entry for place in all_places() for policy in place.policies for entry in policy.entries]


def all_coverage():
    return tuple(feed for place in all_places() for feed in place.coverage)
