"""Part of speech, morphology and lemma of words: what a spaCy model's rules say, asked once a word and remembered."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc
from thinc.types import Ints2d

RULES = ["attribute_ruler", "lemmatizer"]
"""The components of a small English model that are rules."""
MOST_WORDS = 100_000
"""Words remembered; a year of news has more, but the common ones come back at once."""
_ASKED = frozenset({"TAG", "DEP", "LOWER", "ORTH", "IS_SPACE"})
"""What the patterns ask of a word. Where one asks more, every word is asked for itself."""

_WIDTH = 3 * 8
"""Bytes of three numbers of spaCy's, in which what is known of a word is kept and looked up."""

Key = tuple[int, int, int]
"""Word, tag and dependency as spaCy numbers them; the word is 0 for all those that no pattern names."""
Found = tuple[int, int, int]
"""Part of speech, morphology and lemma as spaCy numbers them."""


class WordRules:
    """The rules look at one word, its tag and its dependency, so each such case is asked once.

    What they say of a word that none of their patterns names hangs on tag and dependency only. A few look at the word
    before too ("there are"): where one of them might, the document is left to the rules.
    """

    def __init__(self, nlp: Language) -> None:
        self._vocab = nlp.vocab
        ruler, lemmatizer = (cast(Any, nlp.get_pipe(name)) for name in RULES)
        self._ruler, self._lemmatizer = ruler, lemmatizer
        self._known: dict[bytes, bytes | None] = {}
        self._kinds: dict[Key, Found | None] = {}
        self._named = _Named([words for p in ruler.patterns for words in p["patterns"]])
        longer = [p["patterns"] for p in ruler.patterns if any(len(words) > 1 for words in p["patterns"])]
        self._opening = Matcher(nlp.vocab)
        for number, patterns in enumerate(longer):
            self._opening.add(str(number), [words[:1] for words in patterns])
        _quick_to_search(lemmatizer)

    def complete(self, docs: Sequence[Doc]) -> None:
        """Sets POS, MORPH and LEMMA of every word of documents that have tags and dependencies."""
        if len(self._known) >= MOST_WORDS:
            self._known.clear()
        rows = [np.ascontiguousarray(doc.to_array([ORTH, TAG, DEP])) for doc in docs]
        keys: list[list[bytes]] = [row.view(f"V{_WIDTH}").ravel().tolist() for row in rows]
        self._learn(list({key: None for each in keys for key in each if key not in self._known}))
        for doc, each in zip(docs, keys, strict=True):
            found = [self._known[key] for key in each]
            if None in found:
                self._lemmatizer(self._ruler(doc))
            else:
                known = np.frombuffer(b"".join(cast(list[bytes], found)), dtype="uint64")
                doc.from_array([POS, MORPH, LEMMA], cast(Ints2d, known.reshape(-1, 3)))

    def _learn(self, asked: list[bytes]) -> None:
        """Asks what the rules make of words that stand alone; None where a rule for more words might begin."""
        keys: list[Key] = list(map(tuple, np.frombuffer(b"".join(asked), dtype="uint64").reshape(-1, 3).tolist()))
        kinds = [(self._named.number(self._vocab.strings[word], word), tag, dep) for word, tag, dep in keys]
        self._learn_kinds({kind: key for kind, key in zip(kinds, keys, strict=True) if kind not in self._kinds})
        self._known |= dict.fromkeys(asked)
        alone = [
            (name, key, found)
            for name, key, kind in zip(asked, keys, kinds, strict=True)
            if (found := self._kinds[kind])
        ]
        doc = self._words([key for _, key, _ in alone])
        doc.from_array([POS, MORPH, LEMMA], _numbers([found for *_, found in alone]))
        lemmas = np.ascontiguousarray(self._lemmatizer(doc).to_array([POS, MORPH, LEMMA]))
        self._known |= zip((name for name, *_ in alone), lemmas.view(f"V{_WIDTH}").ravel().tolist(), strict=True)

    def _learn_kinds(self, asked: dict[Key, Key]) -> None:
        """The same of the kinds of words: `asked` has a word of each. A lemma of 0 is left to the lemmatiser."""
        opening = {start for _, start, _ in self._opening(self._alone([*asked.values()]), allow_missing=True)}
        self._kinds |= {kind: None for i, kind in enumerate(asked) if i in opening}
        alone = {kind: key for i, (kind, key) in enumerate(asked.items()) if i not in opening}
        self._kinds |= zip(alone, _found(self._ruler(self._alone([*alone.values()]))), strict=True)

    def _words(self, keys: list[Key]) -> Doc:
        return Doc(self._vocab, words=[self._vocab.strings[word] for word, _, _ in keys])

    def _alone(self, keys: list[Key]) -> Doc:
        doc = self._words(keys)
        for token, (_, tag, dependency) in zip(doc, keys, strict=True):
            token.tag, token.dep = tag, dependency
        return doc


class _Named:
    """Which words the patterns of a ruler name, by letters or by an expression."""

    def __init__(self, patterns: Iterable[Sequence[dict[str, Any]]]) -> None:
        tokens = [token for pattern in patterns for token in pattern]
        self._all = any(not _ASKED.issuperset(token) for token in tokens)
        self._words: set[str] = set()
        expressions: list[str] = []
        for wanted in (token[name] for token in tokens for name in ("LOWER", "ORTH") if name in token):
            rules: dict[str, Any] = wanted if isinstance(wanted, dict) else {"IN": [wanted]}
            for how, value in rules.items():
                self._all |= how not in ("IN", "REGEX")
                if how == "REGEX":
                    expressions.append(value)
                elif how == "IN":
                    self._words.update(word.lower() for word in value)
        self._expression = re.compile("|".join(f"(?:{each})" for each in expressions) or r"(?!)")

    def number(self, text: str, number: int) -> int:
        """The number of a word that is named, 0 for any other; white space is always named."""
        lower = text.lower()
        named = self._all or lower in self._words or text.isspace() or self._expression.search(lower)
        return number if named else 0


def _quick_to_search(lemmatizer: Any) -> None:
    """The lemmatiser looks words up in lists of up to 57,000; the same words in sets are found at once."""
    if "lemma_index" in lemmatizer.lookups:
        index = lemmatizer.lookups.get_table("lemma_index")
        for part_of_speech, known in list(index.items()):
            index[part_of_speech] = frozenset(known)


def _numbers(rows: Sequence[Found | None]) -> Ints2d:
    return cast(Ints2d, np.array(rows, dtype="uint64").reshape(-1, 3))


def _found(doc: Doc) -> Iterator[Found]:
    return (cast(Found, tuple(row)) for row in doc.to_array([POS, MORPH, LEMMA]).tolist())
