"""The reader: one article in, one reading out. Screen, places, parse, acts, governments, dates, scores."""

import re
from math import exp
from dataclasses import dataclass, field, replace

from tracker.model import Article, Finding, Reading, Stage
from tracker.read import screen as screening
from spacy.tokens import Doc

from tracker.read.acts import Act, Doer, acts_in, is_early, nouns_of, strong_rule
from tracker.read.climate import Climate, climate
from tracker.read.dates import DateMention, find_dates
from tracker.read.findings import (
    Candidate,
    date_of,
    final_stage,
    finding,
    fresh,
    merged,
    starting_act,
    without_schedules,
)
from tracker.read.gazetteer import Gazetteer, load
from tracker.read.governments import TYPED, government_of
from tracker.read.mentions import Level
from tracker.read.officials import Officials, officials
from tracker.read.parser import DEFAULT_MODEL, parse
from tracker.read.places import PlaceReader, Places
from tracker.read.sentences import Sentence, split_sentences
from tracker.read.sessions import with_session_days
from tracker.read.signs import STATE_RULE, Title, probability, signs, strongest
from tracker.read.topics import topic_of

READER_VERSION = "1"
"""Goes up whenever the same article may be read differently; `tracker reread` takes what is older."""
PROOF_SENTENCES, STEM = 6, 5
"""Where the proof of a headline stands, and the letters by which its words are known again ("banned", "banning")."""
STATE_HEAD = 45
"""Characters in which the head of an object stands; what hangs behind it may name a state without harm."""
_SECOND = re.compile(r"\bsecond reading\b", re.I)
ACCEPT = 0.55
"""An article is a change from this score of its best act; set on the development corpus."""
SUPPORT, SUPPORTERS = 1.0, 3
"""Log-odds that another telling sentence adds per point of its score, and how many of them count; chosen by cross-validation."""
KEEP = 0.5
"""A further act of an accepted article becomes a finding from this score."""
LATE = 0.03
"""What each sentence further down costs: news comes first."""
RANK = {
    Stage.ADOPTED: 0.15,
    Stage.RESCINDED: 0.15,
    Stage.BLOCKED: 0.15,
    Stage.REJECTED: 0.05,
    Stage.PROPOSED: 0.0,
    Stage.EFFECTIVE: 0.0,
}
"""A decision is more news than the steps around it."""
PRIMARY_FRESH, PRIMARY_TITLE = 0.6, 0.3
"""What recency and agreement with the title add when the news of the article is chosen among its findings."""


@dataclass(frozen=True, slots=True)
class Considered:
    """One act that was looked at, for `explain`."""

    candidate: Candidate
    verdict: str


@dataclass(slots=True)
class Explanation:
    """Everything that decided: the screen, the places, every act with its score, the outcome."""

    article: Article
    reading: Reading
    screened: screening.Screened
    places: Places | None = None
    considered: list[Considered] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The explanation as plain lines for a terminal."""
        out = [f"{self.article.title}", f"screen: {self.screened.reason}"]
        if self.places:
            focus = self.places.focus(None)
            out.append(f"about: {focus.jurisdiction.label if focus else 'no place that is known'}")
        for item in self.considered:
            c = item.candidate
            where = c.government.jurisdiction.label if c.government else "no local government"
            why = f", {c.government.how}" if c.government else ""
            out += [
                f"  {c.score:.2f}/{c.worth:.2f} {c.stage} {c.date or 'no date'} — {where}{why} — {item.verdict}",
                f"       {c.act.how}; doer {c.act.doer} “{c.act.doer_text}”; object {c.act.rule} “{c.act.rule_text[:60]}”",
                "       " + ", ".join(f"{name} {points:+.1f}" for name, points in strongest(c.signs)),
                f"       “{c.sentence.text[:160]}”",
            ]
        out.append(
            f"{'change' if self.reading.is_change else 'no change'} ({self.reading.score:.2f}): {self.reading.reason}"
        )
        return out


class Reader:
    """Reads articles; the parser's model loads at the first article that passes the screen."""

    def __init__(self, gazetteer: Gazetteer | None = None, model: str = DEFAULT_MODEL) -> None:
        self._gazetteer = gazetteer
        self._places: PlaceReader | None = None
        self._model = model

    def read(self, article: Article) -> Reading:
        """What the article reports; never raises for odd text."""
        return self.explain(article).reading

    def explain(self, article: Article) -> Explanation:
        """The reading with all that led to it."""
        screened = screening.screen(article)
        if not screened.sentences:
            return Explanation(article, _no_change(article, 0.0, screened.reason), screened)
        if self._places is None:
            self._places = PlaceReader(self._gazetteer or load())
        places = self._places.read(article)
        if places.home_unknown:
            reason = f"the outlet's home {article.source_home!r} is no place in the United States"
            return Explanation(article, _no_change(article, 0.0, reason), screened, places)
        candidates, title, dates = self._candidates(article, screened.sentences, places)
        return _decide(article, screened, places, candidates, title, dates)

    def _candidates(
        self, article: Article, sentences: tuple[Sentence, ...], places: Places
    ) -> tuple[list[Candidate], Title, tuple[DateMention, ...]]:
        headline, *docs = parse([article.title or ".", *(s.text for s in sentences)], self._model)
        weather = climate(article, any(p.mention.level in TYPED for p in places.title))
        title = _title(headline, article.title, weather)
        people = officials(f"{article.title}\n{article.text}")
        dates = find_dates(article.text, article.published)
        found = []
        lede = _proof(article, headline)
        for act in acts_in(headline, headline=True):
            found.append(_of_title(act, lede, places, weather, title, article, people))
        for sentence, doc in zip(sentences, docs, strict=True):
            mentions = [
                _shifted(d, sentence.start) for d in dates if sentence.start <= d.start and d.end <= sentence.end
            ]
            starts = [act for m in mentions if (act := starting_act(doc, m))]
            for act in [*acts_in(doc), *starts]:
                found.append(_candidate(act, sentence, doc, mentions, places, weather, title, article, people))
        return found, title, dates


def _candidate(
    act: Act,
    sentence: Sentence,
    doc: Doc | None,
    mentions: list[DateMention],
    places: Places,
    weather: Climate,
    title: Title,
    article: Article,
    people: Officials,
) -> Candidate:
    government = government_of(act, sentence, places, people)
    mention, when = date_of(act, doc, mentions) if doc is not None else (None, None)
    recent = when is None or fresh(when, article.published)
    second = weather.third_reading and _SECOND.search(sentence.text) is not None
    stage = final_stage(act, (weather.more_votes and recent) or second)
    if stage is not Stage.BLOCKED and STATE_RULE.search(act.rule_text[:STATE_HEAD]):
        government = None
    if government is None or act.doer in (Doer.FOREIGN, Doer.COURT) and stage is not Stage.BLOCKED:
        return Candidate(act, sentence, None, mention, when, 0.0, stage, {})
    found = signs(act, stage, sentence, government, when, article.published, weather, title)
    return Candidate(
        act, sentence, government, mention, when, probability(found), stage, found, probability(found, "entry")
    )


def _proof(article: Article, headline: Doc) -> Sentence:
    """The sentence near the top that says most of what the headline says; the first of equals."""
    sentences = split_sentences(article.text)[:PROOF_SENTENCES]
    telling = {t.lemma_.lower()[:STEM] for t in headline if t.pos_ in ("NOUN", "VERB", "PROPN", "ADJ")}

    def shared(sentence: Sentence) -> int:
        return len(telling & {word[:STEM] for word in re.findall(r"[a-z]{3,}", sentence.text.lower())})

    return max(sentences, key=lambda s: (shared(s), -s.index))


def _of_title(
    act: Act, lede: Sentence, places: Places, weather: Climate, title: Title, article: Article, people: Officials
) -> Candidate:
    """What the headline tells, proven by the first sentence; its government is one that the title names, else the article's."""
    placeless = replace(act, doer_span=None, at=0, quoted=False, early=act.early or is_early(lede.text))
    found = _candidate(placeless, lede, None, [], places, weather, title, article, people)
    named = [p for p in places.title if p.mention.level is not Level.FOREIGN]
    if found.government and named:
        government = replace(found.government, jurisdiction=named[0].jurisdiction, others=named[0].others)
        found = replace(found, government=government)
    signs_of_title = {**found.signs, "told by the title": 1.0}
    if found.government is None:
        return found
    return replace(
        found, signs=signs_of_title, score=probability(signs_of_title), worth=probability(signs_of_title, "entry")
    )


def _title(doc: Doc, text: str, weather: Climate) -> Title:
    stages = frozenset(
        final_stage(act)
        for act in acts_in(doc, headline=True)
        if act.doer not in (Doer.FOREIGN, Doer.COURT) or act.stage is Stage.BLOCKED
    )
    return Title(stages, weather.local_title, bool(strong_rule().search(text)), weather.foreign_title, nouns_of(doc))


def _shifted(mention: DateMention, by: int) -> DateMention:
    return replace(mention, start=mention.start - by, end=mention.end - by)


def _no_change(article: Article, points: float, reason: str) -> Reading:
    return Reading(id=article.id, is_change=False, score=points, reason=reason)


def _decide(
    article: Article,
    screened: screening.Screened,
    places: Places,
    candidates: list[Candidate],
    title: Title,
    dates: tuple[DateMention, ...],
) -> Explanation:
    good = [c for c in candidates if c.government is not None and c.worth >= KEEP]
    best = article_score([(c.score, c.sentence.index) for c in candidates])
    considered = [Considered(c, "kept" if c in good else "below the mark") for c in candidates]
    if best < ACCEPT:
        reason = (
            f"no act is told surely enough (best {best:.2f}, needed {ACCEPT:.2f})"
            if candidates
            else "no act of a government was found"
        )
        return Explanation(article, _no_change(article, best, reason), screened, places, considered)
    if not good:
        good = [max((c for c in candidates if c.government is not None), key=lambda c: c.score)]
    steps = merged(good, article.published)
    steps = merged(
        with_session_days(steps, split_sentences(article.text), list(dates), article.published), article.published
    )
    steps = without_schedules(steps, article.published)
    primary = max(steps, key=lambda c: _newsworth(c, article, title))
    topic = topic_of(article.title, primary.sentence.text, article.text)
    findings = _same_body(tuple(finding(c, article, topic, title.nouns, places, c is primary) for c in steps))
    reason = f"{primary.act.how} by {primary.act.doer_text or 'a body not named'}"
    return Explanation(
        article,
        Reading(id=article.id, is_change=True, score=best, reason=reason, findings=findings),
        screened,
        places,
        considered,
    )


def _same_body(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """A start told without its body ("it takes effect Thursday") is the start of what the article's body decided."""
    decided = [f for f in findings if f.stage in (Stage.ADOPTED, Stage.RESCINDED)]

    def completed(found: Finding) -> Finding:
        twin = next((d for d in decided if d.jurisdiction == found.jurisdiction), None)
        if (
            found.stage is not Stage.EFFECTIVE
            or twin is None
            or not found.body.startswith(("City of", found.jurisdiction_name))
        ):
            return found
        return found.model_copy(update={"body": twin.body, "instrument": found.instrument or twin.instrument})

    return tuple(completed(found) for found in findings)


def article_score(acts: list[tuple[float, int]]) -> float:
    """How surely an article reports a change, from the scores of its acts and their sentences: the best act, and a little for
    every other sentence that tells one too."""
    best: dict[int, float] = {}
    for points, sentence in acts:
        best[sentence] = max(points, best.get(sentence, 0.0))
    ordered = sorted(best.values(), reverse=True)
    if not ordered:
        return 0.0
    top = min(0.999, max(0.001, ordered[0]))
    more = SUPPORT * sum(ordered[1 : 1 + SUPPORTERS])
    odds = top / (1 - top) * exp(more)
    return odds / (1 + odds)


def _newsworth(candidate: Candidate, article: Article, title: Title) -> float:
    points = candidate.worth - LATE * candidate.sentence.index + RANK[candidate.stage]
    if candidate.date is None or fresh(candidate.date, article.published):
        points += PRIMARY_FRESH
    return points + (PRIMARY_TITLE if candidate.stage in title.stages else 0.0)
