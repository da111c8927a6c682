"""One article with all that its acts are judged by, and the candidates of its headline and its sentences."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from itertools import islice

from spacy.tokens import Doc

from tracker.model import Article, Stage
from tracker.read.act import Act, nouns_of
from tracker.read.acts import acts_in, is_early
from tracker.read.article_days import Calendar, calendar
from tracker.read.climate import Climate, climate
from tracker.read.dated_rules import dated_rules
from tracker.read.dates import DateMention, find_dates
from tracker.read.doers import Doer
from tracker.read.findings import Candidate, final_stage, fresh
from tracker.read.governments import TYPED, Government, companions, government_of, of_a_state
from tracker.read.officials import Officials, officials
from tracker.read.places.levels import Level
from tracker.read.places.resolve import Placed, Places
from tracker.read.rules import strong_rule
from tracker.read.sentences import Sentence
from tracker.read.signs import STATE_RULE, Title, signs
from tracker.read.starts import starting_acts
from tracker.read.weighing import probability
from tracker.read.when import Place, likeliest, options

PROOF_SENTENCES, STEM = 6, 5
"""Where the proof of a headline stands, and the letters by which its words are known again ("banned", "banning")."""
MOST_OF_SENTENCE = 60
"""Acts of a sentence at most, those that it tells of further towns among them; the labelled ones have 8, and lists of
thirty towns are met."""
STATE_HEAD = 45
"""Characters in which the head of an object stands; what hangs behind it may name a state without harm."""
_SECOND = re.compile(r"\bsecond reading\b", re.I)
_IN = re.compile(r",? (?:in |on |last )?")
"""Between a place and its own date: "Savannah in 2018"."""
_AND = re.compile(r"(?:,|\band|;) $")
_COURT = re.compile(r"\b(?:fiscal|quorum|commissioners['’]?) court\b", re.I)
_LAST = re.compile(
    r"\b(?:gave|given|giving|won|wins|gives|with) (?:its |their )?final (?:approval|passage|ok|reading)\b"
    r"|\band (?:final|last) reading\b",
    re.I,
)
"""Said of a vote that no other one follows, though the article tells of such votes elsewhere."""


class Scene:
    """What is known of an article when its acts are looked at, each found when it is first asked for: an article whose
    likeliest sentences tell no act has no need of it."""

    def __init__(
        self, article: Article, sentences: tuple[Sentence, ...], headline: Doc, places: Callable[[], Places]
    ) -> None:
        self.article = article
        self.sentences = sentences
        self._headline = headline
        self._read_places = places

    @cached_property
    def places(self) -> Places:
        """Where it plays."""
        return self._read_places()

    @cached_property
    def about(self) -> str:
        """The OCD id of its main place, or ""."""
        focus = self.places.focus(None)
        return focus.jurisdiction.id if focus else ""

    @cached_property
    def local_court(self) -> str:
        """What the article calls a county's government that is named a court ("fiscal court"), or ""."""
        court = _COURT.search(self.article.text)
        return court.group().lower() if court else ""

    @cached_property
    def weather(self) -> Climate:
        """What it is about as a whole."""
        return climate(self.article, any(p.mention.level in TYPED for p in self.places.title))

    @cached_property
    def title(self) -> Title:
        """What the headline says."""
        return _title(self._headline, self.article.title, self.weather)

    @cached_property
    def people(self) -> Officials:
        """Who holds which office."""
        return officials(f"{self.article.title}\n{self.article.text}")

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """Every time expression of the text."""
        return find_dates(self.article.text, self.article.published)

    @cached_property
    def calendar(self) -> Calendar:
        """The same in order."""
        return calendar(self.sentences, self.dates, self.article.published)


def of_title(scene: Scene, headline: Doc) -> list[Candidate]:
    """The acts that the headline tells."""
    acts = acts_in(headline, headline=True)
    proof = _proof(scene, headline) if acts else None
    return [_of_title(scene, act, proof) for act in acts if proof]


def of_sentence(scene: Scene, sentence: Sentence, doc: Doc) -> list[Candidate]:
    """The acts that a sentence tells, those that only a date tells among them."""
    inside = [d for d in scene.calendar.of.get(sentence.index, ()) if d.end <= sentence.end]
    mentions = [replace(d, start=d.start - sentence.start, end=d.end - sentence.start) for d in inside]
    told = [*acts_in(doc), *starting_acts(doc, mentions), *dated_rules(doc, mentions)]
    found = (_candidate(scene, act, sentence, doc) for act in told)
    each = (one for candidate in found for one in (candidate, *_companions(scene, candidate)))
    return list(islice(each, MOST_OF_SENTENCE))


def _companions(scene: Scene, candidate: Candidate) -> list[Candidate]:
    """The same act by the governments that are named together with the doer; "Atlanta did so in 2017 and Savannah in
    2018" gives each its own date."""
    government, sentence = candidate.government, candidate.sentence
    if government is None or candidate.stage is Stage.BLOCKED:
        return []
    days = scene.calendar.of.get(sentence.index, ())
    found = []
    beside = companions(government, sentence, scene.places, [(d.start, d.end) for d in days])
    for placed in [*beside, *_gapped(scene, candidate, beside)]:
        also = replace(
            candidate, government=replace(government, jurisdiction=placed.jurisdiction, others=placed.others)
        )
        own = next((d for d in days if _IN.fullmatch(scene.article.text[placed.mention.end : max(0, d.start)])), None)
        found.append(replace(also, mention=own, date=own.past) if own else also)
    return found


def _gapped(scene: Scene, candidate: Candidate, known: list[Placed]) -> list[Placed]:
    """Places behind an act that share its verb and have a date of their own: "… in 2017 and Savannah in 2018"."""
    sentence, text = candidate.sentence, scene.article.text
    behind = scene.places.within(sentence.start + candidate.act.at, sentence.end)
    days = scene.calendar.of.get(sentence.index, ())
    return [
        placed
        for placed in behind
        if placed not in known
        and placed.mention.level is not Level.FOREIGN
        and _AND.search(text, sentence.start, placed.mention.start)
        and any(_IN.fullmatch(text[placed.mention.end : max(0, d.start)]) for d in days)
    ]


def _place_of(scene: Scene, sentence: Sentence, doc: Doc | None, government: Government | None) -> Place:
    """What the date of an act told in a sentence is chosen from."""
    stranger = bool(government and scene.about and government.jurisdiction.id != scene.about)
    return Place(sentence, doc, scene.sentences, scene.calendar, stranger)


def _candidate(scene: Scene, act: Act, sentence: Sentence, doc: Doc | None) -> Candidate:
    if act.doer is Doer.COURT and scene.local_court and act.stage is not Stage.BLOCKED:
        act = replace(act, doer=Doer.BODY, doer_text=scene.local_court)
    government = government_of(act, sentence, scene.places, scene.people)
    published = scene.article.published
    dates = tuple(options(act, _place_of(scene, sentence, doc, government)))
    chosen = likeliest(dates)
    mention, when = chosen.mention, chosen.date
    recent = when is None or fresh(when, published)
    last = _LAST.search(sentence.text) is not None
    second = scene.weather.third_reading and _SECOND.search(sentence.text) is not None
    stage = final_stage(act, ((scene.weather.more_votes and recent) or second) and not last)
    foreign = (
        act.doer in (Doer.FOREIGN, Doer.COURT)
        or STATE_RULE.search(act.rule_text[:STATE_HEAD])
        or of_a_state(act.rule_text)
    )
    if government is None or (foreign and stage is not Stage.BLOCKED):
        return Candidate(act, sentence, None, mention, when, 0.0, stage, {}, dates=dates)
    found = signs(act, stage, sentence, government, chosen, published, scene.weather, scene.title)
    worth = 0.0 if act.alleged else probability(found, "entry")
    return Candidate(act, sentence, government, mention, when, probability(found), stage, found, worth, dates=dates)


def _of_title(scene: Scene, act: Act, proof: Sentence) -> Candidate:
    """What the headline tells, proven by a sentence; its government is one that the title names, else the article's."""
    placeless = replace(act, doer_span=None, at=0, quoted=False, early=act.early or is_early(proof.text))
    found = _candidate(scene, placeless, proof, None)
    if found.government is None:
        return found
    named = [p for p in scene.places.title if p.mention.level is not Level.FOREIGN]
    government = found.government
    if named:
        government = replace(government, jurisdiction=named[0].jurisdiction, others=named[0].others)
    told = {**found.signs, "told by the title": 1.0}
    worth = 0.0 if act.alleged else probability(told, "entry")
    return replace(found, government=government, signs=told, score=probability(told), worth=worth)


def _proof(scene: Scene, headline: Doc) -> Sentence:
    """The sentence near the top that says most of what the headline says; the first of equals."""
    telling = {t.lemma_.lower()[:STEM] for t in headline if t.pos_ in ("NOUN", "VERB", "PROPN", "ADJ")}

    def shared(sentence: Sentence) -> int:
        return len(telling & {word[:STEM] for word in re.findall(r"[a-z]{3,}", sentence.text.lower())})

    return max(scene.sentences[:PROOF_SENTENCES], key=lambda s: (shared(s), -s.index))


def _title(doc: Doc, text: str, weather: Climate) -> Title:
    acts = [
        a for a in acts_in(doc, headline=True) if a.doer not in (Doer.FOREIGN, Doer.COURT) or a.stage is Stage.BLOCKED
    ]
    return Title(
        stages=frozenset(final_stage(act) for act in acts),
        local=weather.local_title,
        rule=bool(strong_rule().search(text)),
        foreign=weather.foreign_title,
        nouns=nouns_of(doc),
    )
