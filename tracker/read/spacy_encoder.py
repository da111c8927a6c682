"""What the first network of a small spaCy model computes, and faster: vectors of words are remembered, since they hang
on the word alone, and the layers that mix neighbours share their arrays."""

from collections.abc import Sequence
from functools import reduce
from itertools import accumulate
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

MOST_WORDS = 30_000
"""Words whose vectors are remembered: 12 MB."""
TINY = 1e-8
"""What the model's layers add to a variance, so as never to divide by nothing."""
_MIX = "residual(expand_window>>maxout>>layernorm>>dropout)"

Floats = NDArray[np.float32]


class _Layer(NamedTuple):
    """A layer that mixes each word with its two neighbours; `weights` give the first pieces of all outputs first."""

    weights: Floats
    bias: Floats
    gain: Floats
    shift: Floats


class Encoder:
    """Sets the vectors of documents, `doc.tensor`, that the tagger and the parser build upon."""

    def __init__(self, model: Any) -> None:
        words, mixing = model.layers
        extract, _, hashes, first, _ = words.layers
        self._columns: list[int | str] = extract.attrs["columns"]
        self._hashes, self._first = hashes.layers[0], first.layers[0]
        nodes = [node for node in mixing.walk() if node.name in ("maxout", "layernorm")]
        self._layers = [_layer(*pair) for pair in zip(nodes[::2], nodes[1::2], strict=True)]
        self._rows: dict[bytes, int] = {}
        self._vectors = np.zeros((0, self._layers[0].gain.size), dtype=np.float32)

    @staticmethod
    def fits(model: Any) -> bool:
        """True for a network that is built as those of the small English models are."""
        if len(model.layers) != 2:
            return False
        words, mixing = model.layers
        inner = [layer.name for layer in words.layers]
        return (
            len(inner) == 5
            and (inner[0], inner[1], inner[4]) == ("extract_features", "list2ragged", "ragged2list")
            and inner[3] == "with_array(maxout>>layernorm>>dropout)"
            and mixing.name.startswith(f"with_array({_MIX}")
            and not mixing.name.removeprefix("with_array(").removesuffix(")").replace(_MIX, "").strip(">")
            and all(n.attrs["window_size"] == 1 for n in mixing.walk() if n.name == "expand_window")
        )

    def encode(self, docs: Sequence[Doc]) -> None:
        """Sets the vectors of these documents."""
        filled = [doc for doc in docs if len(doc)]
        if not filled:
            return
        gap = len(self._layers)  # so that no document hears from the one beside it
        starts = list(accumulate((len(doc) + gap for doc in filled), initial=gap))
        known = self._of_words(filled)
        x = np.zeros((starts[-1], known.shape[1]), dtype=np.float32)
        at = 0
        for doc, start in zip(filled, starts, strict=False):
            x[start : start + len(doc)] = known[at : at + len(doc)]
            at += len(doc)
        self._mix(x)
        for doc, start in zip(filled, starts, strict=False):
            doc.tensor = cast(Any, x[start : start + len(doc)])

    def _of_words(self, docs: Sequence[Doc]) -> Floats:
        """A vector a word, of all documents one after another."""
        features = np.concatenate([doc.to_array(self._columns) for doc in docs])
        keys: list[bytes] = np.ascontiguousarray(features).view(f"V{features[0].nbytes}").ravel().tolist()
        new = {key: i for i, key in enumerate(keys) if key not in self._rows}
        if len(self._rows) + len(new) > MOST_WORDS:
            self._rows, self._vectors = {}, self._vectors[:0]
            new = {key: i for i, key in enumerate(keys)}
        if new:
            made = self._first.predict(self._hashes.predict(features[list(new.values())]))
            self._rows |= zip(new, range(len(self._rows), len(self._rows) + len(new)), strict=True)
            self._vectors = np.concatenate([self._vectors, made])
        return self._vectors[[self._rows[key] for key in keys]]

    def _mix(self, x: Floats) -> None:
        """Runs all layers on the words of documents with gaps between them, in place."""
        words, width = x.shape
        beside = np.zeros((words, 3 * width), dtype=np.float32)
        pieces = np.empty((words, self._layers[0].bias.size), dtype=np.float32)
        for layer in self._layers:
            beside[1:, :width] = x[:-1]
            beside[:, width : 2 * width] = x
            beside[:-1, 2 * width :] = x[1:]
            np.matmul(beside, layer.weights, out=pieces)
            np.add(pieces, layer.bias, out=pieces)
            best = reduce(np.maximum, (pieces[:, at : at + width] for at in range(0, pieces.shape[1], width)))
            best -= best.mean(axis=1, keepdims=True)
            variance = np.einsum("ij,ij->i", best, best) / np.float32(width) + np.float32(TINY)
            best *= (variance**-0.5)[:, None]
            best *= layer.gain
            best += layer.shift
            x += best


def _layer(maxout: Any, norm: Any) -> _Layer:
    weights, bias = maxout.get_param("W"), maxout.get_param("b")
    outputs, pieces, inputs = weights.shape
    by_piece = weights.transpose(1, 0, 2).reshape(outputs * pieces, inputs)
    return _Layer(np.ascontiguousarray(by_piece.T), bias.T.reshape(-1).copy(), norm.get_param("G"), norm.get_param("b"))
