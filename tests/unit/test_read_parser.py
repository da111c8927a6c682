"""The quick way through the model gives the parse that spaCy's own way gives."""

import json
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tracker.read.kinds import shares
from tracker.read.parser import parse, pipeline
from tracker.read.phrases import PhraseLists
from tracker.read.spacy_encoder import Encoder

from tracker.read.lexicon import longest_of, table
from tracker.read.sentences import split_sentences

EVAL = Path(__file__).parents[1] / "eval"
TEXTS = [
    sentence.text
    for line in (EVAL / "own_articles_3.jsonl").read_text("utf-8").splitlines()[::6]
    for sentence in split_sentences(json.loads(line)["text"])
] + [
    "",
    "There're y'all's rules; ain't it so? C'mon, let's go, they're gonna, I gotta.",
    "There are  two   spaces\n\nand a line.",
    "🎪⛺ the council’s ‘ban’ — №5",
]


def test_every_word_is_parsed_as_by_the_pipeline() -> None:
    for ours, theirs in zip(parse(TEXTS), pipeline().pipe(TEXTS, batch_size=32), strict=True):
        assert ours.to_json() == theirs.to_json()


def test_vectors_are_those_of_the_model_up_to_rounding() -> None:
    nlp = pipeline()
    network = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    assert Encoder.fits(network)
    docs = [nlp.make_doc(text) for text in TEXTS]
    theirs = network.predict(docs)
    encoder = Encoder(network)
    for _ in ("learnt", "remembered"):
        encoder.encode(docs)
        for doc, vectors in zip(docs, theirs, strict=True):
            assert np.allclose(doc.tensor if len(doc) else vectors, vectors, atol=1e-4)


WORDS = st.sampled_from(["ban", "bans", "ban on", "on", "city", "city hall", "hall", "a-ban", "urban", "-", ".", "\n"])


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_lists_of_phrases_find_what_a_pattern_a_list_finds(text: str) -> None:
    import re

    lists = {"bans": ["ban", "ban on", "urban"], "places": ["city", "city hall", "on city"], "none": []}
    wanted = {
        name: found
        for name, phrases in lists.items()
        if phrases and (found := re.findall(rf"(?<![\w-]){longest_of(phrases)}", text))
    }
    assert PhraseLists(lists).found(text) == wanted


def test_shares_of_kinds_are_counted_by_the_hundred_words() -> None:
    kind, phrases = next(iter(table("kinds")["kinds"].items()))
    assert shares((f"{phrases[0]} " * 2 + "x " * 198).strip())[kind] == 1.0
    assert shares("") == {}
