"""The reader: one article in, one reading out, or many: screen, mentions, scores, decision, findings."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from tracker.errors import ScorerFault
from tracker.model import Article, Reading, Readings
from tracker.read.briefs import briefs
from tracker.read.decode import Decision, datable, decode
from tracker.read.findings import findings
from tracker.read.mentions import Mentions, mentions
from tracker.read.places.gazetteer import Gazetteer, load
from tracker.read.places.resolve import PlaceReader
from tracker.read.screen import screen
from tracker.read.text.document import Document, document
from tracker.read.thresholds import Thresholds
from tracker.read.topics import added
from tracker.read.version import READER_VERSION, SMALL_LOOK_VERSION, version_with

if TYPE_CHECKING:
    from tracker.gather.sources.legistar import Matter
    from tracker.read.documents.rule_edits import ReadEdits
    from tracker.read.encoder.big_look import BothLooks
    from tracker.read.encoder.small_look import Encoder
    from tracker.read.explain import Explanation
    from tracker.read.opinions.opinion import Opinion
    from tracker.read.opinions.request import Request
    from tracker.read.opinions.trust import Trust
    from tracker.read.scorer import Scorer, Scores, Vectors

    OpinionOf = Callable[[Document, Mentions], Opinion]

T = TypeVar("T")
NO_DAY = "it is not known on which day it ran, and nothing of it holds whenever that was"


class Reader:
    """Reads articles. `scorer` chooses among their mentions; without one it is the model that comes with us, which is
    loaded with the first article that passes the screen. `big_look`: False does without its larger half, which needs
    memory."""

    def __init__(
        self, gazetteer: Gazetteer | None = None, scorer: "Scorer | None" = None, *, big_look: bool = True
    ) -> None:
        self._gazetteer, self._scorer, self._big_look = gazetteer, scorer, big_look
        self._places: PlaceReader | None = None
        self._by: Vectors | None = None
        self._version = version_with(scorer.version) if scorer else ""

    @property
    def version(self) -> str:
        """All that decides its readings, the scorer among it: READER_VERSION with the one that ships."""
        return self._version or (READER_VERSION if self._big_look else SMALL_LOOK_VERSION)

    def read(self, article: Article) -> Reading:
        """What the article reports; never raises for odd text. Raises ScorerFault."""
        return self.explain(article).reading

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Exception]:
        """The same of each, in order; a bug that an article meets is given in its place. Raises ScorerFault: a scorer
        that cannot be reached is no matter of any article."""
        return each_by_itself(self.read, articles)

    def explain(self, article: Article) -> "Explanation":
        """The reading with all that led to it."""
        return self._explained(document(article))

    def _explained(self, seen: Document, alone: bool = False) -> "Explanation":
        """`alone`: it is one brief of a page."""
        from tracker.read.explain import Explanation

        screened = screen(seen.read)
        if not screened.passed:
            return Explanation(seen, _no_change(seen, screened.chance, screened.reason), screened)
        found = mentions(seen, self._place_reader())
        if refusal := _refused(found, seen):
            return Explanation(seen, _no_change(seen, 0.0, refusal), screened)
        if parts := [] if alone else briefs(seen, found):
            return _together([self._explained(part, alone=True) for part in parts])
        scores = self._open_scorer().score(seen, found)
        decision = self.decide(seen, found, scores)
        reading = self._told(seen, found, decision, self._topic(seen, scores))
        reading = reading.model_copy(update={"worth_asking": self._worth_asking(scores, decision)})
        return Explanation(seen, reading, screened, found, scores, decision, self._odds_without())

    def request(self, article: Article, always: bool = False) -> "Request | None":
        """What a language model would be asked about an article; None where it is not worth asking about. `always`:
        whatever the first look at it says."""
        from tracker.read.opinions.request import request

        seen = document(article)
        found = mentions(seen, self._place_reader())
        if _refused(found, seen) or not (always or self.read(article).worth_asking):
            return None
        return request(seen, found)

    def read_with(self, article: Article, answer: str, trust: "Trust") -> Reading:
        """What the article reports by both witnesses, the encoder and a model's answer to `request`. Raises
        OpinionRefused where the answer does not keep to what was asked."""
        from tracker.read.opinions.answer import checked

        return self.explain_with(article, partial(checked, answer), trust).reading

    def explain_with(self, article: Article, opinion_of: "OpinionOf", trust: "Trust") -> "Explanation":
        """The same with all that led to it; a page of several briefs is read as one article, as the model saw it.
        `opinion_of` may raise OpinionRefused."""
        from tracker.read.explain import Explanation
        from tracker.read.opinions.witnesses import decide, model_alone

        seen = document(article)
        found = mentions(seen, self._place_reader())
        if refusal := _refused(found, seen):
            return Explanation(seen, _no_change(seen, 0.0, refusal), screen(seen.read))
        opinion = opinion_of(seen, found)
        if trust.weights is None:
            return self.explain(article)
        scores = self._open_scorer().score(seen, found)
        told = scores, found, opinion, seen.read.published, self._open_scorer().thresholds
        decision = datable(decide(*told, trust), seen.read.published_basis)
        topic = (lambda _: opinion.topic) if opinion.topic else self._topic(seen, scores)
        alone = Readings(
            encoder=self._told(seen, found, self.decide(seen, found, scores), self._topic(seen, scores)).findings,
            model=self._told(seen, found, datable(model_alone(*told), seen.read.published_basis), topic).findings,
        )
        reading = self._told(seen, found, decision, topic).model_copy(update={"alone": alone})
        explanation = Explanation(seen, reading, screen(seen.read), found, scores, decision, self._odds_without())
        return replace(explanation, opinion=opinion)

    def topics_of(self, matters: "Sequence[Matter]") -> list[str]:
        """The topic of each matter of a council, by the encoder that is loaded for articles. Raises ScorerFault."""
        from tracker.read.records.matter_topics import topic_of

        by = self._vectors()
        return [topic_of(matter, by) for matter in matters]

    def read_edits(self, title: str, edits: "Sequence[tuple[str, str]]") -> "ReadEdits":
        """What another version of a policy changed: of each pair of old and new sentence whether a rule changed, what
        it does and which way it leads, and the topic; by the encoder that reads articles. Raises ScorerFault."""
        from tracker.read.documents.rule_edits import read_edits

        return read_edits(title, edits, self._vectors())

    def warm(self) -> None:
        """Loads now what is else loaded with the first article that needs it. Raises ScorerFault."""
        self._place_reader()
        self._open_scorer().warm()

    def decide(self, seen: Document, found: Mentions, scores: "Scores") -> Decision:
        """What the scores of an article come to."""
        decision = decode(scores, found, seen.read.published, self._open_scorer().thresholds)
        return datable(decision, seen.read.published_basis)

    def _told(self, seen: Document, found: Mentions, decision: Decision, topic: Callable[[str], str]) -> Reading:
        """The reading that a decision comes to; `topic` gives the topic of an article whose news has that proof."""
        if not decision.events:
            return _no_change(seen, decision.chance, _doubt(decision, self._open_scorer().thresholds))
        sentence = found.units[decision.events[0].proof]
        told = findings(decision.events, seen, found, topic(sentence.text if sentence else ""))
        reason = f"it tells of {len(told)} {'step' if len(told) == 1 else 'steps'} of a local change"
        return seen.as_given(
            Reading(id=seen.read.id, is_change=True, score=round(decision.chance, 3), reason=reason, findings=told)
        )

    def _worth_asking(self, scores: "Scores", decision: Decision) -> bool:
        """Of the changes of the part for choosing 98 in 100 are, of an ordinary stream 6 in 100."""
        return not scores.at_a_glance and decision.chance >= self._open_scorer().thresholds.ask

    def _topic(self, seen: Document, scores: "Scores") -> Callable[[str], str]:
        """The topic of an article, given the sentence of its news: one that was added since, or the scorer's."""
        taught = self._open_scorer().topics

        def topic(proof: str) -> str:
            return added(seen.read.title, proof, taught) or taught[int(scores.topic.argmax())]

        return topic

    def _odds_without(self) -> Callable[[Article], float] | None:
        """What an explanation asks of each sentence's absence; nothing where asking costs."""
        return None if self._open_scorer().costly else self._odds

    def _odds(self, article: Article) -> float:
        """The log-odds of an article at first sight."""
        seen = document(article)
        return self._open_scorer().at_first_sight(seen, mentions(seen, self._place_reader())).change

    def _vectors(self) -> "Vectors":
        """The scorer, or where another one than ours reads articles, the encoder for matters alone."""
        from tracker.read.scorer import Vectors

        if self._by is None:
            scorer = self._open_scorer()
            self._by = scorer if isinstance(scorer, Vectors) else _encoder(big_look=False)
        return self._by

    def _open_scorer(self) -> "Scorer":
        if self._scorer is None:
            self._scorer = _encoder(self._big_look)
        return self._scorer

    def _place_reader(self) -> PlaceReader:
        if self._places is None:
            self._places = PlaceReader(self._gazetteer or load())
        return self._places


def each_by_itself(read: Callable[[Article], T], articles: Iterable[Article]) -> "Iterator[T | Exception]":
    """What is made of each article, in order; a bug that one meets is given in its place. Raises ScorerFault."""
    for article in articles:
        try:
            made: T | Exception = read(article)
        except ScorerFault:
            raise
        except Exception as error:  # one article's bug must not stop the others
            made = error
        yield made


def _encoder(big_look: bool) -> "BothLooks | Encoder":
    """The scorer that ships. Raises ScorerFault where the libraries that run it cannot be loaded."""
    try:
        from tracker.read.encoder.big_look import BothLooks
        from tracker.read.encoder.small_look import Encoder
    except Exception as error:  # whatever a broken installation makes them raise
        remedy = "install the tracker again"
        raise ScorerFault(f"what runs the reader's model cannot be loaded ({error}); {remedy}") from error
    return BothLooks() if big_look else Encoder()


def _together(each: "list[Explanation]") -> "Explanation":
    """The briefs of a page as one article: the surest change is its news."""
    lead, *others = sorted(each, key=lambda one: (not one.reading.is_change, -one.reading.score))
    findings = [found for one in (lead, *others) for found in one.reading.findings]
    told = [found.model_copy(update={"primary": number == 0}) for number, found in enumerate(findings)]
    reason = f"a page of {len(each)} briefs, each read by itself; of the first of them: {lead.reading.reason}"
    reading = lead.reading.model_copy(update={"findings": tuple(told), "reason": reason})
    return replace(lead, reading=reading, others=tuple(others))


def _refused(found: Mentions, seen: Document) -> str:
    """Why an article is none of ours before it is scored; "" for most."""
    if found.home_unknown:
        return f"the outlet's home {seen.read.source_home!r} is no place in the United States"
    return "" if found.jurisdictions else "it names no place that is known, and the outlet's home is not known"


def _doubt(decision: Decision, by: Thresholds) -> str:
    if decision.undatable:
        return NO_DAY
    if not decision.left_out:
        return "no sentence tells a step of a local government"
    return f"it is not surely enough a local change ({decision.chance:.2f}, needed {by.accept:.2f})"


def _no_change(seen: Document, score: float, reason: str) -> Reading:
    return seen.as_given(Reading(id=seen.given.id, is_change=False, score=round(score, 3), reason=reason))
