"""Questions to a dependency parse: who does it, to what, and is it done, coming, wished or denied.

Labels are those of spaCy's English pipelines (ClearNLP style).
"""

from collections.abc import Collection, Iterator
from enum import StrEnum
from functools import cache
from itertools import islice

from spacy.tokens import Token

from tracker.read.lexicon import words

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_OBJECTS = frozenset({"dobj", "obj", "attr", "oprd", "dative"})
_RELATIVE = frozenset({"that", "which", "who", "whom"})
_MODAL_DOUBT = frozenset({"would", "could", "might", "may", "can", "should", "must", "wo", "'d"})
OF_WORDS = 4
"""Words behind "of" that may belong to a body's name: "Board of Mayor and Aldermen"."""
DEEPEST = 6
"""Steps up the tree that are ever followed; deeper ones are parse errors."""


class Mode(StrEnum):
    """Whether the act of a verb is done, coming, only planned, only thought of, or denied."""

    DONE = "done"
    FUTURE = "future"
    PENDING = "pending"
    DOUBT = "doubt"
    WISHED = "wished"
    HABIT = "habit"
    DENIED = "denied"


def lemma(token: Token) -> str:
    """The lemma in lower case."""
    return str(token.lemma_).lower()


def subject(verb: Token, depth: int = 0) -> Token | None:
    """The subject of a verb, inherited over conjunction and control; the antecedent for "that" and "which"."""
    if depth > DEEPEST:
        return None
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            return _antecedent(child, verb)
    head = verb.head
    if head is verb:
        return None
    if (blamed := accused(verb)) is not None:
        return blamed
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        return subject(head, depth + 1)
    if _of_first(verb):
        own = next((c for c in head.children if c.dep_ in _SUBJECTS), None)
        return own or subject(head.head, depth + 1)
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "pcomp", "prep", "dep"):
        if (
            verb.dep_ == "xcomp"
            and lemma(head) in words("grammar", "object_control")
            and (controlled := direct_object(head))
        ):
            return controlled
        anchor = head if head.pos_ in ("VERB", "AUX") else head.head
        return subject(anchor, depth + 1) if anchor is not verb else None
    if verb.dep_ in ("acl", "relcl"):
        return head
    return None


def accused(verb: Token) -> Token | None:
    """ "Accuses *leaders* of caving in and expanding it": whose deed an accusation tells; None for any other verb."""
    if verb.tag_ != "VBG" or verb.dep_ not in ("pcomp", "conj"):
        return None
    blames = (t for t in islice(verb.ancestors, 3) if t.pos_ == "VERB" and lemma(t) in words("grammar", "accusing"))
    return next((direct_object(t) for t in blames), None)


def agent(verb: Token) -> Token | None:
    """Who did it in a passive: the noun behind "by"."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    return grandchild
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN":
        return agent(verb.head)
    return None


def passive(verb: Token) -> bool:
    """True for "was approved", "the rules approved by the board"."""
    if any(child.dep_ in ("nsubjpass", "auxpass", "agent") for child in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not any(c.dep_ in ("dobj", "nsubj") for c in verb.children):
        return passive(verb.head)
    return verb.dep_ == "acl" and verb.tag_ == "VBN"


def affected(verb: Token) -> Token | None:
    """What the act is done to: the object, or the subject of a passive, or the noun behind a preposition."""
    if passive(verb):
        found = subject(verb)
        if found is not None:
            return found
    direct = direct_object(verb)
    if direct is not None:
        return direct
    if verb.dep_ == "relcl" and not any(c.dep_ in _SUBJECTS and c.lower_ in _RELATIVE for c in verb.children):
        return verb.head
    return behind_preposition(verb)


def behind_preposition(token: Token, prepositions: Collection[str] | None = None) -> Token | None:
    """The noun behind a preposition of the token, up to two prepositions deep ("out of", "off on").

    `prepositions`: those that count; None for the list of grammar.toml.
    """
    wanted = words("grammar", "prepositions") if prepositions is None else prepositions
    for child in token.children:
        if child.dep_ in ("prep", "prt", "advmod", "dative") and child.lower_ in wanted:
            for grandchild in child.children:
                if grandchild.dep_ in ("pobj", "pcomp") and grandchild.lower_ not in words("grammar", "calendar"):
                    return grandchild
            deeper = behind_preposition(child, wanted)
            if deeper is not None:
                return deeper
    return None


def direct_object(verb: Token) -> Token | None:
    """The object without a preposition, None for a verb that has none."""
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            return _antecedent(child, verb)
    return None


def _antecedent(token: Token, verb: Token) -> Token:
    if token.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return verb.head
    if token.lower_ in _RELATIVE and verb.dep_ == "conj" and verb.head.dep_ == "relcl":
        return verb.head.head
    return token


def complements(verb: Token) -> Iterator[Token]:
    """Verbs that complete this one: "voted *to ban*", "voted in favor of *banning*", "agreed that it *would end*"."""
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and child.pos_ in ("VERB", "AUX") and child.i > verb.i:
            if child.dep_ == "xcomp" or any(c.lower_ == "to" and c.dep_ in ("aux", "mark") for c in child.children):
                yield child
                for other in child.conjuncts:
                    if other.pos_ == "VERB" and other.i > child.i:
                        yield other
        elif child.dep_ == "prep" and child.lower_ in ("in", "for", "against", "on"):
            for grandchild in child.subtree:
                if grandchild.dep_ == "pcomp" and grandchild.tag_ == "VBG":
                    yield grandchild


def phrase(token: Token) -> str:
    """The noun phrase around a head without what hangs behind it: "the Columbia City Council"."""
    left = [t for t in token.subtree if t.i <= token.i and t.dep_ != "relcl"]
    end = token.i
    for child in token.children:
        if child.i == token.i + 1 and _in_name(child, token):
            end = max(t.i for t in child.subtree if t.i <= child.i + OF_WORDS)
    return str(token.doc[left[0].i : end + 1].text) if left else str(token.text)


def _in_name(preposition: Token, noun: Token) -> bool:
    """ "Board *of* Aldermen", "voters *in* Akron"."""
    if preposition.lower_ == "of":
        return lemma(noun) in words("grammar", "of_bodies")
    return preposition.lower_ == "in" and lemma(noun) in words("grammar", "in_places")


def whole_phrase(token: Token) -> str:
    """The noun phrase with all that hangs on it."""
    indices = [t.i for t in token.subtree]
    return str(token.doc[min(indices) : max(indices) + 1].text)


@cache
def _carriers() -> dict[str, str]:
    return {
        verb: kind for kind in ("realised", "pending", "wished", "refused") for verb in words("acts", "carry", kind)
    }


def mode(verb: Token, headline: bool = False, depth: int = 0) -> Mode:
    """How real the act of a verb is, from its auxiliaries, its negation, its conditions and the verbs above it."""
    own = Mode.DONE if _of_first(verb) else _own_mode(verb, headline)
    if own is Mode.DENIED or _of_first(verb) or depth > DEEPEST or verb.head is verb:
        return own
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "pcomp", "conj", "acl"):
        return _from_above(verb, own, headline, depth)
    return own


def _from_above(verb: Token, own: Mode, headline: bool, depth: int) -> Mode:
    """The mode of a verb that hangs on another word."""
    head = verb.head
    if verb.dep_ == "conj":
        bare = not any(c.dep_ in ("aux", "auxpass", "neg") or c.dep_ in _SUBJECTS for c in verb.children)
        return mode(head, headline, depth + 1) if bare and head.pos_ in ("VERB", "AUX") else own
    kind = _carriers().get(lemma(head))
    if verb.dep_ == "ccomp" and (kind == "refused" or _own_mode(head, headline) is Mode.DENIED):
        return Mode.DENIED
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children) or verb.dep_ == "pcomp"
    if verb.dep_ == "acl" and head.pos_ == "NOUN":
        if not infinitive:
            return Mode.DOUBT if lemma(head) in words("grammar", "hearsay") else own
        return Mode.PENDING if lemma(head) in words("grammar", "planned") else Mode.DOUBT
    if not infinitive and verb.dep_ != "xcomp":
        return own
    if lemma(head) in ("continue", "remain", "keep"):
        return Mode.HABIT
    above = mode(head, headline, depth + 1)
    if kind == "realised":
        return above
    if kind == "pending":
        return Mode.PENDING if above in (Mode.DONE, Mode.HABIT, Mode.PENDING, Mode.FUTURE) else above
    if kind == "wished":
        return Mode.WISHED
    if kind == "refused":
        return Mode.DENIED
    if above is Mode.DENIED or any(c.dep_ == "neg" for c in head.head.children if head.pos_ == "ADJ"):
        return Mode.DENIED
    if head.pos_ in ("ADJ", "AUX") or lemma(head) in ("be", "have", "go", "due", "likely"):
        return _to_come(head, above)
    return above if verb.dep_ == "xcomp" else Mode.DOUBT if infinitive else own


def _of_first(verb: Token) -> bool:
    """ "Became the *first city* in Ohio to ban them", "is *among* nine counties to do so": it has done so."""
    noun, ranks = verb.head, words("grammar", "ranks")
    if verb.dep_ not in ("acl", "relcl", "advcl", "xcomp"):
        return False
    among = noun.dep_ == "pobj" and noun.head.lower_ == "among" and lemma(noun) in words("grammar", "governed")
    ranked = any(c.dep_ == "amod" and c.lower_ in ranks for c in noun.children)
    first = noun.lower_ in ranks or (ranked and lemma(noun) in words("grammar", "governed"))
    if not (among or (first and noun.dep_ in ("attr", "oprd", "ccomp", "acomp"))):
        return False
    return _own_mode(noun.head.head if among else noun.head, False) in (Mode.DONE, Mode.HABIT)


def _to_come(head: Token, above: Mode) -> Mode:
    """ "Is about to end" is coming; "has yet to end" has not been done, "would have to end" need not be."""
    if any(c.lower_ == "yet" for c in head.children):
        return Mode.DENIED
    needs = lemma(head) == "have" and above is Mode.FUTURE
    return Mode.DOUBT if above is Mode.DOUBT or needs else Mode.FUTURE


def _denied_noun(noun: Token) -> bool:
    """ "*No* ordinance was adopted", "*neither* the council nor the mayor", "*none* of the cities", "*few* cities"."""
    own = {c.lower_ for c in noun.children if c.i < noun.i}
    denied = words("grammar", "denials")
    return noun.lower_ in denied or bool(own & denied) or ("few" in own and "a" not in own)


def _denied(verb: Token) -> bool:
    """True where a verb, its subject or its object is denied."""
    if any(c.lower_ == "never" or (c.dep_ == "neg" and c.lower_ not in ("no", "longer")) for c in verb.children):
        return True
    if any(c.dep_ in ("nsubj", "nsubjpass") and _denied_noun(c) for c in verb.children):
        return True
    return any(
        c.dep_ == "dobj" and any(d.lower_ == "no" and d.dep_ == "det" for d in c.children) for c in verb.children
    )


def _own_mode(verb: Token, headline: bool) -> Mode:
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if _denied(verb):
        return Mode.DENIED
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether", "once", "until") for c in verb.children):
        return Mode.DOUBT
    if any(c.dep_ == "advcl" and any(m.lower_ in ("if", "unless") for m in c.children) for c in verb.children):
        return Mode.DOUBT
    if auxiliaries & _MODAL_DOUBT:
        return Mode.DOUBT
    if auxiliaries & {"will", "shall", "'ll", "wo"}:
        return Mode.FUTURE
    if verb.tag_ == "VBN" and auxiliaries & {"is", "are", "'s", "'re", "am"} and not auxiliaries & {"been", "being"}:
        return Mode.DONE if headline else Mode.HABIT
    if verb.tag_ in ("VBD", "VBN") or auxiliaries & {"has", "have", "had", "was", "were", "been"}:
        return Mode.DONE
    if verb.tag_ == "VBG":
        told = auxiliaries & {"is", "are", "'s", "'re"} or verb.dep_ in ("pcomp", "xcomp", "advcl", "acl")
        return Mode.DONE if told else Mode.HABIT
    if verb.tag_ in ("VBZ", "VBP"):
        return Mode.DONE if headline else Mode.HABIT
    if "to" in auxiliaries:
        return Mode.FUTURE if headline and verb.dep_ == "ROOT" else Mode.PENDING
    return Mode.DONE if headline else Mode.HABIT
