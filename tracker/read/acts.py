"""One parsed sentence → the acts that it tells: who did what to which rule, at which stage, how surely.

An act is found at a cue (`cues.py`), its doer and its object come from the parse (`grammar.py`), and the stage is decided
by what the cue does, how real it is and who did it. Nothing here knows places or dates; `findings.py` adds both.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from spacy.tokens import Doc, Token

from tracker.model import Stage
from tracker.read import grammar
from tracker.read.cues import Cue, Does, cues, early_pattern, verbs
from tracker.read.grammar import Mode, lemma
from tracker.read.lexicon import alternation, words
from tracker.read.mentions import Level, body_level, body_pattern


class Doer(StrEnum):
    """What the subject of an act is."""

    BODY = "body"
    PLACE = "place"
    PRONOUN = "pronoun"
    RULE = "rule"
    PERSON = "person"
    FOREIGN = "foreign"
    COURT = "court"
    NOBODY = "nobody"
    OTHER = "other"


class Rule(StrEnum):
    """How surely the object of an act is a rule."""

    STRONG = "strong"
    WEAK = "weak"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Act:
    """One act in one sentence. Offsets are those of the sentence: `at` the cue, `doer_span` the doer's phrase.

    `chain` holds the token indices whose time expressions are the act's own; `how` names the rule that decided, for people.
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


_TURNED = frozenset(
    {
        "repeal",
        "rollback",
        "end",
        "elimination",
        "termination",
        "withdrawal",
        "suspension",
        "removal",
        "lifting",
        "rescission",
        "repealing",
        "expiration",
        "recision",
    }
)
"""Nouns that turn an approval into an end: "approved the repeal of the ban"."""
_TURNS = frozenset({"repeal", "rescind", "revoke", "end", "eliminate", "abolish", "lift", "scrap", "suspend"})
_PRONOUNS = frozenset(
    {
        "it",
        "they",
        "he",
        "she",
        "we",
        "members",
        "member",
        "both",
        "all",
        "some",
        "four",
        "five",
        "six",
        "seven",
        "majority",
        "everyone",
        "lawmakers",
        "legislators",
        "one",
        "panel",
        "committee",
        "officials",
        "leaders",
    }
)
_RULE_HEADS = frozenset(
    {
        "ordinance",
        "law",
        "policy",
        "rule",
        "ban",
        "measure",
        "bill",
        "legislation",
        "resolution",
        "proposal",
        "code",
        "regulation",
    }
)
_JOINED = re.compile(
    r"287|program|agreement|partnership|pact|contract|task force|cooperation|deal|compact|memorandum", re.I
)
_DRAFT = re.compile(
    r"\b(?:draft|drafting|wording|hearing|study|first reading|introduction|advertis\w+|text amendment process)$", re.I
)
_DATED = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|June|July|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\b|\b(?:19|20)\d\d\b|day\b|next (?:month|week|year)|tomorrow|tonight|midnight"
)
_TELLS = frozenset({"announce", "say", "tell", "inform", "confirm", "notify", "write", "declare", "decide", "agree"})


@cache
def strong_rule() -> re.Pattern[str]:
    """A noun that is a rule by itself."""
    return alternation(_with_plurals(words("rules", "strong")))


@cache
def weak_rule() -> re.Pattern[str]:
    """A noun that may stand for a rule."""
    return alternation(_with_plurals(words("rules", "weak")))


@cache
def other_object() -> re.Pattern[str]:
    """A noun for what is no rule: money, people, one building."""
    return alternation(_with_plurals(words("rules", "other")))


def _with_plurals(nouns: frozenset[str]) -> set[str]:
    plurals = {n + "s" for n in nouns if n[-1].isalpha()} | {n[:-1] + "ies" for n in nouns if n.endswith("y")}
    return set(nouns) | plurals | {n + "es" for n in nouns if n.endswith(("s", "x"))}


def acts_in(doc: Doc, headline: bool = False) -> list[Act]:
    """All acts of a sentence (or of a headline), in text order."""
    early = is_early(doc.text)
    acts = []
    skip: set[int] = set()
    for cue in cues(doc):
        if cue.token.i in skip:
            continue
        act = _act(cue, doc, headline, early, skip)
        if act:
            acts.append(act)
    return acts


def is_early(text: str) -> bool:
    """True where a sentence says that its step is not the last."""
    return early_pattern().search(text) is not None


def _act(cue: Cue, doc: Doc, headline: bool, early: bool, skip: set[int]) -> Act | None:
    if cue.last == cue.token.i and cue.token.dep_ in ("amod", "compound", "nmod") or _content(cue.token):
        return None
    if cue.text == "vote against" and cue.token.pos_ != "VERB":
        return None
    verb = cue.token if cue.token.pos_ in ("VERB", "AUX") else _verb_above(cue.token)
    if verb is None:
        return _verbless(cue, doc, headline, early)
    if cue.does is Does.CARRY:
        return _carried(cue, verb, doc, headline, early, skip)
    if cue.text.startswith(("date", "on the book")):
        target = grammar.subject(verb)
        return (
            _made(cue, verb, doc, Stage.ADOPTED, Mode.DONE, None, target, False, "a rule dates from then")
            if target is not None
            else None
        )
    build = {Does.EFFECT: _effect, Does.BLOCK: _plain, Does.PROPOSE: _plain}.get(cue.does, _plain)
    return build(cue, verb, doc, headline, early)


def _content(token: Token) -> bool:
    """ "An ordinance banning tents", "the rule that prohibits tents": what a rule says is no act."""
    if token.dep_ == "acl" and token.tag_ == "VBG":
        return rule_of(token.head)[0] in (Rule.STRONG, Rule.WEAK)
    return token.dep_ == "relcl" and token.tag_ in ("VBZ", "VBP") and lemma(token.head) in _RULE_HEADS


def _verb_above(token: Token) -> Token | None:
    for ancestor in token.ancestors:
        if ancestor.pos_ in ("VERB", "AUX"):
            return ancestor  # type: ignore[no-any-return]
    return None


def _verbless(cue: Cue, doc: Doc, headline: bool, early: bool) -> Act | None:
    """ "First reading of the ban" in a heading or a list, where nothing is a verb."""
    if cue.does is not Does.PROPOSE:
        return None
    target = grammar.behind_preposition(cue.token) or cue.token
    return _made(cue, cue.token, doc, Stage.PROPOSED, Mode.DONE, None, target, early, "a step is named without a verb")


def _plain(cue: Cue, verb: Token, doc: Doc, headline: bool, early: bool) -> Act | None:
    mode = grammar.mode(verb, headline)
    target = _target(cue, verb)
    who = grammar.agent(verb) if grammar.passive(verb) else grammar.subject(verb)
    stage = _stage(cue.does, mode, verb, target, who, doc)
    if stage is None:
        return None
    return _made(cue, verb, doc, stage, mode, who, target, early, f"“{cue.text}” ({cue.does}, {mode})")


def _target(cue: Cue, verb: Token) -> Token | None:
    """What the act is done to; behind the phrase's last word for phrases, inside the complement for "recommend creating"."""
    if cue.last != cue.token.i:
        direct = grammar.direct_object(verb)
        if direct is not None and not cue.token.i <= direct.i <= cue.last:
            return direct
        end = cue.token.doc[cue.last]
        found = grammar.behind_preposition(end) or next((c for c in end.children if c.dep_ == "pobj"), None)
        found = found or grammar.behind_preposition(verb)
        if found is None and end.dep_ in ("dobj", "pobj") and end.i > cue.token.i:
            found = end
        if found is not None:
            return found
        if grammar.passive(verb):
            return grammar.subject(verb)
    found = grammar.affected(verb)
    if found is None:
        inner = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp", "pcomp") and c.i > verb.i), None)
        found = grammar.affected(inner) if inner is not None else None
    return found


def _stage(does: Does, mode: Mode, verb: Token, target: Token | None, who: Token | None, doc: Doc) -> Stage | None:
    """The decision table: what the cue does × how real it is."""
    if mode is Mode.DENIED and lemma(verb) == "override":
        return Stage.REJECTED
    if mode in (Mode.WISHED, Mode.DENIED):
        return None
    if does is Does.PROPOSE:
        return (
            Stage.PROPOSED
            if mode is not Mode.DOUBT or "vote" in {lemma(verb), verb.lower_} or lemma(verb) == "vote"
            else None
        )
    if does is Does.BLOCK and mode is Mode.HABIT and who is not None and doer_of(who)[0] is Doer.RULE:
        return Stage.BLOCKED
    if mode is Mode.DOUBT or mode is Mode.HABIT:
        return None
    if mode is Mode.PENDING:
        return Stage.PROPOSED
    turned = target is not None and _is_turned(target)
    if lemma(verb) == "override" and who is not None and doer_of(who)[0] is Doer.BODY:
        return Stage.RESCINDED if turned else Stage.ADOPTED
    if target is not None and mode is Mode.DONE and does is Does.DECIDE and _DRAFT.search(grammar.phrase(target)):
        return Stage.PROPOSED
    if does is Does.BLOCK and who is not None and doer_of(who)[0] is Doer.BODY:
        return Stage.REJECTED
    done = {
        Does.DECIDE: Stage.RESCINDED if turned else Stage.ADOPTED,
        Does.REGULATE: Stage.ADOPTED,
        Does.END: Stage.RESCINDED,
        Does.REJECT: Stage.REJECTED,
        Does.BLOCK: Stage.BLOCKED,
    }[does]
    longer = any(t.lower_ == "longer" for t in verb.subtree)
    if does is Does.END and (longer or _stays_out(verb, target)):
        return Stage.ADOPTED
    if mode is Mode.FUTURE and not longer and does in (Does.DECIDE, Does.REGULATE):
        return Stage.PROPOSED if does is Does.DECIDE else None
    return done


def _one_person(who: Token | None) -> bool:
    """A single member's vote decides nothing."""
    return (
        who is None
        or who.pos_ == "PROPN"
        and who.tag_ == "NNP"
        and lemma(who) not in ("council", "board", "commission", "committee", "assembly")
    )


def _stays_out(verb: Token, target: Token | None) -> bool:
    """ "Opted out of pot sales" makes a rule; "opted out of the 287(g) programme" ends one."""
    if lemma(verb) != "opt":
        return False
    return target is None or not _JOINED.search(grammar.whole_phrase(target))


def _is_turned(target: Token) -> bool:
    """True for "the repeal of the ban", "the veto of the bag ban repeal", "an ordinance repealing the ban"."""
    near = [
        target,
        *(t for t in target.subtree if t.dep_ in ("pobj", "compound", "acl", "amod") and t.head.i <= target.i + 6),
    ]
    return any(lemma(t) in _TURNED or (t.dep_ == "acl" and lemma(t) in _TURNS) for t in near)


def _carried(cue: Cue, verb: Token, doc: Doc, headline: bool, early: bool, skip: set[int]) -> Act | None:
    """ "voted 4-1 to repeal the ban": the deed is the complement's, the time and the doer are the vote's."""
    mode = grammar.mode(verb, headline)
    who = grammar.subject(verb)
    for complement in grammar.complements(verb):
        does = verbs().get(lemma(complement))
        inner = _complement_cue(complement, doc) or (
            Cue(does, complement, lemma(complement), complement.i) if does else None
        )
        if inner is None or inner.does in (Does.CARRY, Does.EFFECT):
            continue
        skip.add(complement.i)
        target = _target(inner, complement)
        stage = _carried_stage(inner.does, mode, complement, target, who, doc)
        if stage is None:
            return None
        made = _made(
            cue, verb, doc, stage, mode, who, target, early, f"“{cue.text}” to “{inner.text}” ({inner.does}, {mode})"
        )
        return replace(
            made,
            chain=made.chain | {complement.i},
            does=inner.does,
            verb=inner.text,
            loose=lemma(complement) in words("acts", "loose", "verbs"),
        )
    if mode in (Mode.FUTURE, Mode.PENDING) and lemma(verb) == "decide":
        return _made(cue, verb, doc, Stage.PROPOSED, mode, who, grammar.affected(verb), early, "a decision is to come")
    if lemma(verb) != "vote" and not (lemma(verb) in ("agree", "decide", "opt", "move")):
        return None
    generic = next((c for c in grammar.complements(verb) if lemma(c) not in words("acts", "carry", "plain")), None)
    if generic is not None and mode not in (Mode.WISHED, Mode.DENIED, Mode.HABIT):
        skip.add(generic.i)
        stage = Stage.ADOPTED if mode is Mode.DONE else Stage.PROPOSED
        how = f"“{cue.text}” to “{lemma(generic)}” ({mode})"
        made = _made(cue, verb, doc, stage, mode, who, grammar.affected(generic), early, how)
        return replace(made, chain=made.chain | {generic.i}, loose=True)
    that = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
    if that is not None and lemma(verb) != "vote" and mode is Mode.DONE:
        return replace(
            _made(cue, verb, doc, Stage.ADOPTED, mode, who, grammar.subject(that), early, f"“{cue.text}” that"),
            loose=True,
        )
    return _voted_on(cue, verb, doc, mode, who, early) if lemma(verb) == "vote" else None


def _complement_cue(complement: Token, doc: Doc) -> Cue | None:
    return next((c for c in cues(doc) if c.token.i == complement.i), None)


def _carried_stage(
    does: Does, mode: Mode, verb: Token, target: Token | None, who: Token | None, doc: Doc
) -> Stage | None:
    if mode in (Mode.WISHED, Mode.DENIED, Mode.HABIT):
        return None
    if mode in (Mode.FUTURE, Mode.PENDING, Mode.DOUBT):
        return Stage.PROPOSED
    return _stage(does, Mode.DONE, verb, target, who, doc)


def _voted_on(cue: Cue, verb: Token, doc: Doc, mode: Mode, who: Token | None, early: bool) -> Act | None:
    """ "voted 8-1 for the ban", "voted against the proposal", "will vote on the ordinance"."""
    if mode in (Mode.FUTURE, Mode.PENDING, Mode.DOUBT):
        target = grammar.behind_preposition(verb, ("on", "for", "against"))
        return (
            _made(cue, verb, doc, Stage.PROPOSED, mode, who, target, early, f"a vote is to come ({mode})")
            if target is not None
            else None
        )
    if mode is not Mode.DONE:
        return None
    against = grammar.behind_preposition(verb, ("against",))
    target = against if against is not None else grammar.behind_preposition(verb, ("for", "in"))
    if target is None:
        return None
    if lemma(target) == "favor":
        target = grammar.behind_preposition(target, ("of",)) or target
    if _one_person(who):
        return None
    stage = Stage.REJECTED if against is not None else Stage.RESCINDED if lemma(target) in _TURNED else Stage.ADOPTED
    return _made(cue, verb, doc, stage, mode, who, target, early, "voted for or against a rule")


_ITSELF = {
    "expire": Stage.RESCINDED,
    "lapse": Stage.RESCINDED,
    "sunset": Stage.RESCINDED,
    "fail": Stage.REJECTED,
    "die": Stage.REJECTED,
    "pass": Stage.ADOPTED,
}


def _effect(cue: Cue, verb: Token, doc: Doc, headline: bool, early: bool) -> Act | None:
    """ "takes effect Thursday", "the ban begins Jan. 1"."""
    mode = grammar.mode(verb, headline)
    if mode in (Mode.DOUBT, Mode.WISHED, Mode.DENIED):
        return None
    mode = Mode.FUTURE if mode is Mode.PENDING else mode
    if (
        verb.dep_ == "xcomp"
        and verb.head.tag_ == "VBN"
        and any(c.lower_ in ("was", "were", "had") for c in verb.head.children)
    ):
        return None
    target = grammar.subject(verb)
    if cue.last == cue.token.i and (target is None or rule_of(target)[0] is Rule.OTHER or not _DATED.search(doc.text)):
        return None
    return _made(cue, verb, doc, Stage.EFFECTIVE, mode, None, target, early, f"“{cue.text}” begins to bind")


def _made(
    cue: Cue,
    verb: Token,
    doc: Doc,
    stage: Stage,
    mode: Mode,
    who: Token | None,
    target: Token | None,
    early: bool,
    how: str,
) -> Act:
    doer, doer_text, span = doer_of(who)
    strength, rule_text = rule_of(target)
    if doer is Doer.RULE and strength in (Rule.NONE, Rule.OTHER):
        strength, rule_text = rule_of(who)
    return Act(
        stage=stage,
        mode=mode,
        doer=doer,
        doer_text=doer_text,
        doer_span=span,
        rule=strength,
        rule_text=rule_text,
        at=verb.idx,
        chain=_chain(verb),
        how=how,
        early=early,
        quoted=_quoted(doc, verb),
        does=cue.does,
        loose=lemma(verb) in words("acts", "loose", "verbs"),
        verb=cue.text,
        named_rule=_named_rule(doc),
        nouns=_nouns(target, doc),
        told=_told_mode(verb, mode),
    )


def _named_rule(doc: Doc) -> str:
    """The first noun phrase of the sentence whose head is a rule by its own name."""
    for token in doc:
        if (
            token.pos_ in ("NOUN", "PROPN")
            and token.dep_ not in ("compound", "nmod")
            and _ends(strong_rule(), token.text)
        ):
            return grammar.phrase(token)
    return ""


def nouns_of(doc: Doc) -> tuple[str, ...]:
    """Common nouns and adjectives of a headline in order."""
    return _nouns(None, doc)


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
    while top.head is not top and (top.dep_ in ("xcomp", "pcomp") or top.dep_ == "prep" and top.pos_ != "VERB"):
        top = top.head
    return mode if top is verb or top.pos_ not in ("VERB", "AUX") else grammar.mode(top)


def _told(verb: Token) -> bool:
    """ "Announced Tuesday that it is ending the programme": the day of the telling is the day of the act."""
    return verb.dep_ == "ccomp" and verb.tag_ != "VBD" and lemma(verb.head) in _TELLS


def _meanwhile(verb: Token) -> bool:
    """ "A crowd turned out Tuesday as trustees considered the plan": both happen at once."""
    return verb.dep_ == "advcl" and any(
        c.dep_ in ("mark", "advmod") and c.lower_ in ("as", "when", "while") for c in verb.children
    )


def _quoted(doc: Doc, verb: Token) -> bool:
    """True inside quotation marks: an odd number of marks stands before the verb."""
    before = doc.text[: verb.idx]
    return (before.count('"') % 2 == 1) or before.count("“") > before.count("”")


def doer_of(token: Token | None) -> tuple[Doer, str, tuple[int, int] | None]:
    """What a subject is, its text and its offsets in the sentence."""
    if token is None:
        return Doer.NOBODY, "", None
    text = grammar.phrase(token)
    start = token.doc.text.find(text, max(0, token.idx - len(text)))
    span = (start, start + len(text))
    for child in token.children:
        if child.dep_ == "appos" and not _last_body(text) and (body := _last_body(grammar.whole_phrase(child))):
            told = grammar.whole_phrase(child)
            at = child.doc.text.find(told)
            return _by_body(body), told, (at, at + len(told))
    if token.pos_ == "PRON" or token.lower_ in _PRONOUNS:
        if body := _last_body(text):
            return _by_body(body), text, span
        return Doer.PRONOUN, text, span
    body = _last_body(text)
    if body:
        return _by_body(body), text, span
    if rule_of(token)[0] in (Rule.STRONG, Rule.WEAK) and token.pos_ != "PROPN":
        return Doer.RULE, text, span
    if token.pos_ == "PROPN" or token.ent_type_:
        return Doer.PLACE, text, span
    return Doer.OTHER, text, span


def _by_body(body: str) -> Doer:
    if body in words("bodies", "courts"):
        return Doer.COURT
    return Doer.FOREIGN if body_level(body) is Level.FOREIGN else Doer.BODY


def _last_body(text: str) -> str:
    """The government words in a phrase: those at its end, or anywhere for "Mayor Jim Kenney"."""
    found = [" ".join(m.group().lower().replace("’", "'").split()) for m in body_pattern().finditer(text)]
    return found[-1] if found else ""


def rule_of(token: Token | None) -> tuple[Rule, str]:
    """How surely a noun names a rule, with its phrase; what hangs on a weak noun can make it strong."""
    if token is None:
        return Rule.NONE, ""
    whole = grammar.whole_phrase(token)
    head = grammar.phrase(token)
    if token.pos_ in ("VERB", "AUX"):
        return (Rule.STRONG if strong_rule().search(whole) else Rule.NONE), whole
    if _ends(strong_rule(), head):
        return Rule.STRONG, whole
    if _ends(other_object(), head):
        return (Rule.WEAK if strong_rule().search(head) else Rule.OTHER), whole
    if _ends(weak_rule(), head) or strong_rule().search(head):
        return (Rule.STRONG if strong_rule().search(whole) else Rule.WEAK), whole
    return (Rule.WEAK if strong_rule().search(whole) else Rule.NONE), whole


def _ends(pattern: re.Pattern[str], text: str) -> bool:
    return any(match.end() == len(text) for match in pattern.finditer(text))
