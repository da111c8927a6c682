"""From acts to findings: a score, a government, a date and a quote for each act; then one finding a stage and step."""

from dataclasses import dataclass, replace
from datetime import date

from tracker.model import Article, Basis, Finding, Stage
from tracker.partial_date import EARLIEST_YEAR, PartialDate
from tracker.read.act import Act
from tracker.read.bodies import body_name
from tracker.read.cues import Does
from tracker.read.dates import DateMention
from tracker.read.doers import Doer
from tracker.read.governments import Government
from tracker.read.grammar import Mode
from tracker.read.instruments import identifier, in_full, instrument, subject
from tracker.read.lexicon import words
from tracker.read.places.resolve import Places
from tracker.read.rules import Rule
from tracker.read.sentences import Sentence
from tracker.read.signs import FRESH_DAYS
from tracker.read.when import Option


@dataclass(frozen=True, slots=True)
class Candidate:
    """An act with everything that was found for it.

    `score` decides whether the article is a change, `worth` whether the act is told as one of its findings. `late` acts
    were read only because the article is a change: they do not count for its score. `dates` are those that the date was
    chosen from.
    """

    act: Act
    sentence: Sentence
    government: Government | None
    mention: DateMention | None
    date: PartialDate | None
    score: float
    stage: Stage
    signs: dict[str, float]
    worth: float = 0.0
    late: bool = False
    dates: tuple[Option, ...] = ()


def final_stage(act: Act, more_votes: bool = False) -> Stage:
    """The act's stage, a step back where the sentence says that it was a first reading or a committee's.

    `more_votes`: the article says that another vote must follow.
    """
    if act.stage in (Stage.ADOPTED, Stage.RESCINDED, Stage.REJECTED) and (act.early or _early_body(act.doer_text)):
        return Stage.PROPOSED
    by_itself = act.doer in (Doer.RULE, Doer.NOBODY) or act.verb in words("acts", "end", "itself")
    ended = act.does is Does.END and by_itself
    if more_votes and act.stage in (Stage.ADOPTED, Stage.RESCINDED) and act.mode is Mode.DONE and not ended:
        return Stage.PROPOSED
    return act.stage


def _early_body(doer: str) -> bool:
    lower = doer.lower()
    return any(body in lower for body in words("acts", "early", "bodies"))


def finding(
    candidate: Candidate, article: Article, topic: str, title_nouns: tuple[str, ...], places: Places, primary: bool
) -> Finding:
    """The finding of a candidate; without a date the month of publication stands in (basis `reported`)."""
    government = candidate.government
    assert government is not None
    act, sentence = candidate.act, candidate.sentence
    named = in_full(instrument(act, article.title), article.text)
    stated = candidate.date
    basis = candidate.mention.basis if candidate.mention and stated else Basis.REPORTED
    return Finding(
        jurisdiction=government.jurisdiction.id,
        jurisdiction_name=government.jurisdiction.name,
        candidates=tuple(j.id for j in government.others),
        body=_body(candidate, places),
        instrument=named,
        identifier=identifier(sentence.text) or identifier(named),
        topic=topic,
        subject=subject(act, title_nouns, article.text),
        stage=candidate.stage,
        date=stated or _month_of(article.published),
        basis=basis,
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
        score=round(candidate.worth, 3),
        primary=primary,
    )


def _month_of(published: date) -> PartialDate | None:
    """The month of publication; None before the years that can be written as one."""
    return PartialDate.of(published).to_month() if published.year >= EARLIEST_YEAR else None


def _body(candidate: Candidate, places: Places) -> str:
    government = candidate.government
    assert government is not None
    doer = candidate.act.doer_text if candidate.act.doer in (Doer.BODY, Doer.PLACE, Doer.OTHER) else ""
    return body_name(doer or government.body, government.jurisdiction, places)


def merged(candidates: list[Candidate], published: date) -> list[Candidate]:
    """One candidate a place, stage and date: the same act told in title, lede and body is one. Best first."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (-c.worth, c.sentence.index)):
        twin = next((i for i, k in enumerate(kept) if _same(k, candidate, published)), None)
        if twin is None:
            kept.append(candidate)
        else:
            kept[twin] = _joined(kept[twin], candidate)
    return kept


def without_schedules(steps: list[Candidate], published: date) -> list[Candidate]:
    """Leaves out a vote that is only to come where the step that was taken is told as news too: the step dates the
    proposal. A step of long ago does not: then the coming vote is the news."""
    taken = {
        c.government.jurisdiction.id
        for c in steps
        if c.government and c.stage is Stage.PROPOSED and not _ahead(c, published)
        if c.date is None or fresh(c.date, published)
    }
    return [
        c
        for c in steps
        if not (
            c.stage is Stage.PROPOSED
            and _ahead(c, published)
            and c.government
            and c.government.jurisdiction.id in taken
        )
    ]


def _ahead(candidate: Candidate, published: date) -> bool:
    return candidate.date is not None and candidate.date.first_day() > published


def _same(a: Candidate, b: Candidate, published: date) -> bool:
    assert a.government is not None
    assert b.government is not None
    if a.stage is not b.stage or a.government.jurisdiction.id != b.government.jurisdiction.id:
        return False
    if a.date is None or b.date is None:
        dated = a.date or b.date
        return dated is None or fresh(dated, published) or a.stage in (Stage.EFFECTIVE, Stage.REJECTED)
    return a.date.agrees(b.date)


def _joined(a: Candidate, b: Candidate) -> Candidate:
    """The better told of two; the finer date wins, with its sentence as the proof."""
    finer = b.date is not None and (a.date is None or (a.date != b.date and a.date.contains(b.date)))
    if not finer:
        return a
    keep_rule = b.act if b.act.rule is Rule.STRONG else a.act
    return replace(
        b,
        score=max(a.score, b.score),
        government=a.government if a.government and a.government.named else b.government,
        act=replace(b.act, rule_text=keep_rule.rule_text),
    )


def fresh(when: PartialDate, published: date) -> bool:
    """True within FRESH_DAYS before the publication or at any time after it."""
    return (published - when.last_day()).days <= FRESH_DAYS
