"""What an edit of a sentence means, as numbers: the encoder's vectors of the word pieces that came and went."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from tracker.read.scorer import Floats, Vectors

TINY = 1e-6
"""Keeps a division by the length of a vector from failing."""


def edit_vector(old: str, new: str, by: Vectors) -> Floats:
    """Of an edit, one side of which may be empty [4 * width + 7]: the means of the pieces that came, of those that
    went, and their sum; the sentence as it stands now, or stood; how alike they are. Raises ScorerFault."""
    (before, gone_from), (after, come_to) = by.piece_vectors(old), by.piece_vectors(new)
    gone, come = gone_from[_only(before, after)], come_to[_only(after, before)]
    width = max(gone_from.shape[1], come_to.shape[1])
    lost, won = _direction(gone, width), _direction(come, width)
    sentences = _direction(gone_from, width), _direction(come_to, width)
    alike = [
        float(lost @ won),
        _nearest(come, gone),
        _nearest(gone, come),
        float(sentences[0] @ sentences[1]),
        float(bool(len(gone) and len(come))),
        float(not old),
        float(not new),
    ]
    shown = sentences[1] if new else sentences[0]
    return np.concatenate([won, lost, won + lost, shown, np.array(alike, np.float32)]).astype(np.float32)


def _only(pieces: Sequence[str], others: Sequence[str]) -> list[int]:
    """Where those stand that this sentence has more often than the other."""
    mine, theirs = Counter(pieces), Counter(others)
    return [number for number, piece in enumerate(pieces) if mine[piece] > theirs[piece]]


def _direction(vectors: Floats, width: int) -> Floats:
    """Of their mean, of length 1; zeros where there are none."""
    if not len(vectors):
        return np.zeros(width, np.float32)
    mean = vectors.mean(0)
    return np.asarray(mean / (np.linalg.norm(mean) + TINY), np.float32)


def _nearest(vectors: Floats, others: Floats) -> float:
    """How near each has its like among the others, as a mean of cosines; 0 where one side has none."""
    if not len(vectors) or not len(others):
        return 0.0
    one, other = (each / (np.linalg.norm(each, axis=1, keepdims=True) + TINY) for each in (vectors, others))
    return float((one @ other.T).max(1).mean())
