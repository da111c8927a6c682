"""Numbers with their nouns. By itself, since every command counts something and few need the words of entries."""


def count(number: int, one: str, many: str = "") -> str:
    """`1 change`, `1,204 changes`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
