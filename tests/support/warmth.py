"""What a process loads before it forks children that read: they have it at once."""

from tracker.read.encoder import tokenizer
from tracker.read.places import gazetteer


def warm() -> None:
    """Loads what all children share. Opens no database, which must not be shared, and no graph of the encoder, whose
    threads no child would have."""
    gazetteer.load()
    tokenizer()
