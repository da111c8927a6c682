"""One act of one sentence, and how it is put together from a cue, its doer and its object."""

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from tracker.model import Stage
from tracker.read import grammar
from tracker.read.cues import Cue, Does
from tracker.read.doers import Doer, doer_of
from tracker.read.grammar import Mode, lemma
from tracker.read.lexicon import words
from tracker.read.rules import Rule, ends_in, rule_of, strong_rule


@dataclass(frozen=True, slots=True)
class Act:
    """One act in one sentence. Offsets are those of the sentence: `at` the cue, `doer_span` the doer's phrase.

    `chain` holds the token indices whose time expressions are the act's own, `dated` the start of the one that made it
    an act; `how` tells people which rule decided. `clause` is the sort of clause that tells it, `perfect` is True for
    "had approved": what lies before the news. `alleged` acts are told by critics: a sign of news, but no step.
    """

    stage: Stage
    mode: Mode
    doer: Doer
    doer_text: str
    doer_span: tuple[int, int] | None
    rule: Rule
    rule_text: str
    at: int
    chain: frozenset[int]
    how: str
    early: bool = False
    quoted: bool = False
    does: Does = Does.DECIDE
    loose: bool = False
    verb: str = ""
    named_rule: str = ""
    nouns: tuple[str, ...] = ()
    told: Mode = Mode.DONE
    dated: int | None = None
    clause: str = "main"
    perfect: bool = False
    alleged: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """Where an act is told: the cue with its verb; `early` where the sentence says that its step is not the last."""

    cue: Cue
    verb: Token
    headline: bool
    early: bool

    def act(self, stage: Stage, mode: Mode, who: Token | None, target: Token | None, how: str) -> Act:
        """The act of this cue, done by `who` to `target`."""
        doer, doer_text, span = doer_of(who)
        strength, rule_text = rule_of(target)
        if doer is Doer.RULE and strength in (Rule.NONE, Rule.OTHER):
            strength, rule_text = rule_of(who)
        doc = self.verb.doc
        return Act(
            stage=stage,
            mode=mode,
            doer=doer,
            doer_text=doer_text,
            doer_span=span,
            rule=strength,
            rule_text=rule_text,
            at=self.verb.idx,
            chain=_chain(self.verb),
            how=how,
            early=self.early,
            quoted=_quoted(doc, self.verb),
            does=self.cue.does,
            loose=is_loose(self.verb),
            verb=self.cue.text,
            named_rule=_named_rule(doc),
            nouns=_nouns(target, doc),
            told=_told_mode(self.verb, mode),
            clause=_clause(self.verb),
            perfect=_perfect(self.verb),
        )


def is_loose(verb: Token) -> bool:
    """True for an everyday verb, which tells an act only where its object is a rule by name."""
    return lemma(verb) in words("acts", "loose", "verbs")


def nouns_of(doc: Doc) -> tuple[str, ...]:
    """Common nouns of a headline in order."""
    return _nouns(None, doc)


def _named_rule(doc: Doc) -> str:
    """The first noun phrase of the sentence whose head is a rule by its own name."""
    for token in doc:
        noun = token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "nmod")
        if noun and ends_in(strong_rule(), token.text):
            return grammar.phrase(token)
    return ""


def _nouns(target: Token | None, doc: Doc) -> tuple[str, ...]:
    """Common nouns and adjectives, those of the object first: what the act is about."""
    own = set(target.subtree) if target is not None else set()
    ordered = [*(t for t in doc if t in own), *(t for t in doc if t not in own)]
    telling = (t for t in ordered if t.pos_ == "NOUN" or (t.pos_ == "ADJ" and t in own))
    return tuple(dict.fromkeys(t.lower_ for t in telling if t.is_alpha and len(t) > 2))


def _chain(verb: Token) -> frozenset[int]:
    """The verb with the verbs above it that it only completes: time expressions on any of them are the act's."""
    chain = {verb.i}
    token = verb
    while token.head is not token and (
        token.dep_ in ("xcomp", "aux", "auxpass", "pcomp") or _told(token) or _meanwhile(token)
    ):
        token = token.head
        chain.add(token.i)
    return frozenset(chain)


def _told_mode(verb: Token, mode: Mode) -> Mode:
    """How real the telling verb at the top of the chain is: "voted in October to recommend creating" lies behind."""
    top = verb
    while top.head is not top and (top.dep_ in ("xcomp", "pcomp") or (top.dep_ == "prep" and top.pos_ != "VERB")):
        top = top.head
    return mode if top is verb or top.pos_ not in ("VERB", "AUX") else grammar.mode(top)


_CLAUSES = {"relcl": "relative", "acl": "relative", "advcl": "side", "ccomp": "reported", "csubj": "side"}


def _clause(verb: Token) -> str:
    """ "relative" for "the ban that the council passed", "side" for "after it passed", "reported", else "main"."""
    for token in (verb, *verb.ancestors):
        if token.dep_ in _CLAUSES:
            return _CLAUSES[token.dep_]
        if token.pos_ not in ("VERB", "AUX"):
            break
    return "main"


def _perfect(verb: Token) -> bool:
    """ "Had approved" tells of a time before the one that is told."""
    return any(c.dep_ == "aux" and c.lower_ in ("had", "'d", "’d") for c in verb.children)


def _told(verb: Token) -> bool:
    """ "Announced Tuesday that it is ending the programme": the day of the telling is the day of the act."""
    return verb.dep_ == "ccomp" and verb.tag_ != "VBD" and lemma(verb.head) in words("grammar", "telling_verbs")


def _meanwhile(verb: Token) -> bool:
    """ "A crowd turned out Tuesday as trustees considered the plan": both happen at once."""
    return verb.dep_ == "advcl" and any(
        c.dep_ in ("mark", "advmod") and c.lower_ in ("as", "when", "while") for c in verb.children
    )


def _quoted(doc: Doc, verb: Token) -> bool:
    """True inside quotation marks: an odd number of marks stands before the verb."""
    before = doc.text[: verb.idx]
    return (before.count('"') % 2 == 1) or before.count("“") > before.count("”")
