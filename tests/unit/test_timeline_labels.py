"""A plain label says who does what to which rule, and says nothing where the facts do not tell."""

from datetime import date
from typing import Any

import pytest
from timeline_cases import evidence, fold

from tracker.model import Direction, Effect, Evidence
from tracker.timeline.effects import leading_direction, leading_effect
from tracker.timeline.labels import label
from tracker.timeline.matters import matters
from tracker.timeline.phrases import lists

BAGS = {"topic": "environment", "subject": "plastic bags"}
CAMPING = {"topic": "homelessness", "subject": "camping"}
UNKNOWN = {"topic": "other", "subject": ""}
POLICE = {"body": "Milwaukee Police Department", "subject": "immigration enforcement"}
LABELS: list[tuple[dict[str, Any], str]] = [
    ({**BAGS, "effect": "bans"}, "Milwaukee Common Council bans plastic bags"),
    ({**BAGS, "effect": "bans", "body": "voters"}, "Milwaukee voters ban plastic bags"),
    ({**BAGS, "effect": "bans", "body": "Mayor Barrett"}, "Milwaukee Mayor Barrett signs a ban on plastic bags"),
    ({**BAGS, "effect": "bans", "stage": "proposed"}, "Milwaukee Common Council would ban plastic bags"),
    ({**BAGS, "effect": "bans", "stage": "rejected"}, "Milwaukee Common Council refuses to ban plastic bags"),
    ({**BAGS, "effect": "bans", "stage": "effective"}, "Milwaukee’s ban on plastic bags takes effect"),
    ({**BAGS, "effect": "limits", "stage": "effective"}, "Milwaukee’s limits on plastic bags take effect"),
    ({**BAGS, "effect": "charges"}, "Milwaukee Common Council charges for plastic bags"),
    ({**CAMPING, "effect": "allows", "stage": "effective"}, "Milwaukee’s rule allowing camping in public takes effect"),
    ({"topic": "labor", "subject": "wages", "effect": "requires"}, "Milwaukee Common Council sets a minimum wage"),
    ({"topic": "labor", "subject": "wages"}, "Milwaukee Common Council adopts an ordinance on the minimum wage"),
    ({"topic": "streets", "subject": "mph", "effect": "lowers"}, "Milwaukee Common Council lowers speed limits"),
    ({**BAGS}, "Milwaukee Common Council adopts an ordinance on plastic bags"),
    ({**BAGS, "effect": "unclear"}, "Milwaukee Common Council adopts an ordinance on plastic bags"),
    ({**BAGS, "effect": "ends"}, "Milwaukee Common Council repeals its ordinance on plastic bags"),
    ({**BAGS, "effect": "amends"}, "Milwaukee Common Council amends its ordinance on plastic bags"),
    (
        {**BAGS, "effect": "ends", "stage": "effective"},
        "Milwaukee’s repeal of its ordinance on plastic bags takes effect",
    ),
    ({**BAGS, "stage": "rescinded"}, "Milwaukee Common Council repeals its ordinance on plastic bags"),
    (
        {**BAGS, "stage": "rescinded", "quote": "Enforcement is suspended."},
        "Milwaukee Common Council suspends its ordinance on plastic bags",
    ),
    ({**BAGS, "stage": "blocked"}, "Milwaukee’s ordinance on plastic bags is blocked"),
    (
        {**BAGS, "stage": "rejected", "body": "Mayor Barrett"},
        "Milwaukee Mayor Barrett vetoes an ordinance on plastic bags",
    ),
    (
        {**POLICE, "effect": "joins", "stage": "proposed", "instrument": "13-year-old ICE agreement"},
        "Milwaukee Police Department considers its ICE agreement",
    ),
    (
        {**BAGS, "instrument": "16-month-old moratorium"},
        "Milwaukee Common Council adopts a moratorium on plastic bags",
    ),
    (
        {**BAGS, "stage": "blocked", "body": "Dane County Circuit Court"},
        "Dane County Circuit Court blocks Milwaukee’s ordinance on plastic bags",
    ),
    (
        {**BAGS, "effect": "bans", "instrument": "ban", "quote": "They voted to push the date back to Sept. 15."},
        "Milwaukee Common Council delays its ban on plastic bags",
    ),
    (
        {**CAMPING, "effect": "bans", "quote": "They lifted the earlier ban on camping."},
        "Milwaukee Common Council changes its ordinance on camping in public",
    ),
    ({**POLICE, "instrument": "standard operating procedure", "identifier": "sop 130"}, "Milwaukee Police Department "
     "changes SOP 130 on immigration enforcement"),
    (
        {"topic": "stops-and-searches", "subject": "no-knock", "effect": "bans", "identifier": "sop 970"},
        "Milwaukee Common Council bans no-knock warrants (SOP 970)",
    ),
    (
        {**POLICE, "instrument": "revised standard operating procedures", "stage": "effective"},
        "Milwaukee Police Department’s revised standard operating procedures on immigration enforcement take effect",
    ),
    (
        {"name": "Milwaukee County", "body": "county sheriff", "instrument": "287(g) agreement", "effect": "joins"},
        "Milwaukee County sheriff signs a 287(g) agreement",
    ),
    (
        {"topic": "pursuits", "subject": "chases", "instrument": "zero-chase policy"},
        "Milwaukee Common Council adopts a zero-chase policy",
    ),
    ({"topic": "homelessness", "subject": "homeless", "instrument": "ban", "effect": "bans"},
     "Milwaukee Common Council adopts rules on homelessness"),
    (
        {"topic": "public-health", "subject": "dogs", "instrument": "Pit bull ban"},
        "Milwaukee Common Council adopts a pit bull ban",
    ),
    (
        {**BAGS, "instrument": "moratorium", "effect": "bans"},
        "Milwaukee Common Council adopts a moratorium on plastic bags",
    ),
    ({"instrument": "limits", "topic": "streets", "subject": "lanes"}, ""),
    ({**UNKNOWN}, ""),
    ({**UNKNOWN, "instrument": "", "body": ""}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "told"), LABELS, ids=[told or "nothing" for _, told in LABELS])
def test_a_label_says_who_does_what(fields: dict[str, Any], told: str) -> None:
    assert label(fold([evidence(**fields)])[0]) == told


def test_every_matter_of_a_kind_is_one_that_there_is() -> None:
    named = {name for topic in matters().values() for name, _ in topic}
    assert {*lists().kinds, *lists().objects, *lists().behind} <= named


def said(effect: Effect | None, score: float, *, primary: bool = False) -> Evidence:
    return evidence(effect=effect, direction=Direction.STRICTER if effect else None, score=score, primary=primary)


EFFECTS = [
    ("the surest", [said(Effect.BANS, 0.5), said(Effect.LIMITS, 0.7)], Effect.LIMITS),
    ("the news before it", [said(Effect.BANS, 0.5, primary=True), said(Effect.LIMITS, 0.7)], Effect.BANS),
    ("one that tells", [said(None, 0.9, primary=True), said(Effect.ENDS, 0.4)], Effect.ENDS),
    ("nothing unclear", [said(Effect.UNCLEAR, 0.9)], None),
    ("nothing", [said(None, 0.9)], None),
]


@pytest.mark.parametrize(("items", "effect"), [case[1:] for case in EFFECTS], ids=[case[0] for case in EFFECTS])
def test_the_leading_report_that_tells_decides(items: list[Evidence], effect: Effect | None) -> None:
    assert leading_effect(items) is effect


def test_a_direction_is_told_like_an_effect() -> None:
    assert leading_direction([said(None, 0.9), said(Effect.BANS, 0.4)]) is Direction.STRICTER


def test_a_headline_of_the_past_does_not_turn_an_old_step() -> None:
    old = evidence("effective", "1996", published="2019-06-21", effect="bans", quote="It dates from 1996.", **CAMPING)
    item = old.model_copy(update={"title": "Austin loosens its rules on camping"})
    assert item.published > date(1996, 12, 31)
    assert label(fold([item])[0]) == "Milwaukee’s ban on camping in public takes effect"
