"""From acts to findings: a score, a government, a date and a quote for each act; then one finding a stage and step."""

import re
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc, Token

from tracker.model import Article, Basis, Finding, Stage
from tracker.partial_date import PartialDate
from tracker.read.act import Act
from tracker.read.bodies import body_name
from tracker.read.cues import Does
from tracker.read.dates import DateKind, DateMention, Direction
from tracker.read.doers import Doer, doer_of
from tracker.read.governments import Government
from tracker.read.grammar import Mode
from tracker.read.grammar import subject as subject_of
from tracker.read.instruments import identifier, instrument, subject
from tracker.read.lexicon import words
from tracker.read.places import Places
from tracker.read.rules import Rule, rule_of
from tracker.read.sentences import Sentence
from tracker.read.signs import FRESH_DAYS

_ELSEWHEN = frozenset({"after", "before", "until", "till", "through", "since", "despite", "following", "by", "than"})
"""A time behind these is that of something else, or the end of a span."""
_MOVED = re.compile(
    r"\b(push\w*|mov\w+|delay\w*|postpon\w+|put\w* off|extend\w*|set back)\b[^.;]{0,60}\b(?:to|until|till)\s+$", re.I
)
"""A start that was moved "to Sept. 15" starts then."""
_STARTING = re.compile(
    r"\b(starting|beginning|effective|as of|commencing|in effect since|since|from)\s+(?:on\s+|at\s+[\w:. ]{1,12}\s+)?$",
    re.I,
)
CLIMB = 12
"""Steps from a time expression up to its verb; longer paths are parse errors."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An act with everything that was found for it.

    `score` decides whether the article is a change, `worth` whether the act is told as one of its findings. `late` acts
    were read only because the article is a change: they do not count for its score.
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


def final_stage(act: Act, more_votes: bool = False) -> Stage:
    """The act's stage, a step back where the sentence says that it was a first reading or a committee's.

    `more_votes`: the article says that another vote must follow.
    """
    if act.stage in (Stage.ADOPTED, Stage.RESCINDED, Stage.REJECTED) and (act.early or _early_body(act.doer_text)):
        return Stage.PROPOSED
    if more_votes and act.stage in (Stage.ADOPTED, Stage.RESCINDED) and act.mode is Mode.DONE:
        return Stage.PROPOSED
    return act.stage


def _early_body(doer: str) -> bool:
    lower = doer.lower()
    return any(body in lower for body in words("acts", "early", "bodies"))


def date_of(act: Act, doc: Doc, mentions: list[DateMention]) -> tuple[DateMention | None, PartialDate | None]:
    """The time expression that the parse hangs on the act, turned the way the act lies.

    `mentions` have sentence offsets.
    """
    best: DateMention | None = None
    for mention in mentions:
        if mention.kind in (DateKind.DURATION, DateKind.VAGUE) or not _governed(act, doc, mention):
            continue
        if best is None or _finer(mention, best):
            best = mention
    return best, best.toward(direction(act)) if best else None


def _finer(a: DateMention, b: DateMention) -> bool:
    order = {"day": 0, "week": 1, "month": 1, "season": 2, "quarter": 2, "year": 2}
    return order.get(a.kind, 3) < order.get(b.kind, 3)


def starting_act(doc: Doc, mention: DateMention) -> Act | None:
    """ "Must be paid $10 starting Friday", "effective Oct. 1": the rule begins to bind on a date, without a verb."""
    before = doc.text[: mention.start]
    found = _STARTING.search(before) or (_MOVED.search(before) if mention.direction is not Direction.PAST else None)
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if not found or span is None or (found.group(1).lower() == "from" and mention.direction is not Direction.FUTURE):
        return None
    root = next(
        (t for t in span.root.ancestors if t.pos_ in ("VERB", "AUX") and t.lower_ not in ("starting", "beginning")),
        None,
    )
    if root is None:
        return None
    who = subject_of(root)
    strength, text = rule_of(who)
    doer, doer_text, place = doer_of(who)
    return Act(
        Stage.EFFECTIVE,
        Mode.FUTURE,
        doer,
        doer_text,
        place,
        strength,
        text or doc.text,
        root.idx,
        frozenset({t.i for t in span} | {span.root.head.i}),
        f"“{found.group(1)}” with a date",
        does=Does.EFFECT,
        verb="starting",
    )


def direction(act: Act) -> Direction:
    """Done acts lie behind, the rest ahead; "takes effect" in the present tense lies ahead."""
    if act.does is Does.EFFECT:
        return Direction.PAST if act.mode is Mode.DONE else Direction.FUTURE
    if act.told is Mode.DONE:
        return Direction.PAST
    return Direction.PAST if act.mode is Mode.DONE else Direction.NONE if act.mode is Mode.HABIT else Direction.FUTURE


def _governed(act: Act, doc: Doc, mention: DateMention) -> bool:
    """True where climbing from the expression's head meets a verb of the act before any other clause."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None:
        return False
    token = span.root
    for _ in range(CLIMB):
        if token.i in act.chain:
            return True
        inside = span.start <= token.i < span.end
        if not inside and token.dep_ in ("prep", "mark") and token.lower_ in _ELSEWHEN and act.does is not Does.EFFECT:
            return False
        if token.pos_ in ("VERB", "AUX") and not inside and not _of_meeting(token):
            return False
        if token.head is token:
            return False
        token = token.head
    return False


def _of_meeting(token: Token) -> bool:
    """ "At a meeting held Tuesday, the council passed": the date is the meeting's and so the act's."""
    return token.dep_ in ("acl", "relcl") and token.head.lower_ in words("grammar", "occasions")


def finding(
    candidate: Candidate, article: Article, topic: str, title_nouns: tuple[str, ...], places: Places, primary: bool
) -> Finding:
    """The finding of a candidate; without a date the month of publication stands in (basis `reported`)."""
    government = candidate.government
    assert government is not None
    act, sentence = candidate.act, candidate.sentence
    stated = candidate.date
    basis = candidate.mention.basis if candidate.mention and stated else Basis.REPORTED
    return Finding(
        jurisdiction=government.jurisdiction.id,
        jurisdiction_name=government.jurisdiction.name,
        candidates=tuple(j.id for j in government.others),
        body=_body(candidate, places),
        instrument=instrument(act, article.title),
        identifier=identifier(sentence.text),
        topic=topic,
        subject=subject(act, title_nouns, article.text),
        stage=candidate.stage,
        date=stated or PartialDate.of(article.published).to_month(),
        basis=basis,
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
        score=round(candidate.worth, 3),
        primary=primary,
    )


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
    """Leaves out a vote that is only to come where the step that was taken is told too: the step dates the proposal."""
    taken = {
        c.government.jurisdiction.id
        for c in steps
        if c.government and c.stage is Stage.PROPOSED and not _ahead(c, published)
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
