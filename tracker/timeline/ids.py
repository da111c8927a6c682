"""Short, lasting ids: a pure function of what they name."""

from hashlib import blake2b

ID_BYTES = 6
"""12 hexadecimal digits: short enough to type, and among 200,000 entries two are equal once in 14,000 databases."""


def short_id(*parts: str) -> str:
    """The same parts give the same id on every machine."""
    return blake2b("\n".join(parts).encode(), digest_size=ID_BYTES).hexdigest()
