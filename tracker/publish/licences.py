"""Under which licence the dataset may be used: an SPDX identifier that is known, the address of another, or none."""

from dataclasses import dataclass

from tracker.publish import safe

DEFAULT = "CC-BY-4.0"
"""Whoever uses the data names the source, and so sends readers where the quotes and corrections are."""


@dataclass(frozen=True, slots=True)
class Licence:
    """`name` for machines (SPDX where there is one), `title` for people, `url` of its text."""

    name: str
    title: str
    url: str


KNOWN = {
    licence.name: licence
    for licence in (
        Licence("CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        Licence("CC-BY-SA-4.0", "Creative Commons Attribution-ShareAlike 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        Licence("CC0-1.0", "Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        Licence("ODC-By-1.0", "Open Data Commons Attribution 1.0", "https://opendatacommons.org/licenses/by/1-0/"),
        Licence("ODbL-1.0", "Open Data Commons Open Database 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
        Licence("PDDL-1.0", "Open Data Commons Public Domain 1.0", "https://opendatacommons.org/licenses/pddl/1-0/"),
    )
}  # fmt: skip
"""Those that are made for data."""


def licence(told: str) -> Licence | None:
    """The licence of an SPDX identifier, in any case, or of an address; None for nothing, and for what is neither."""
    known = {name.lower(): item for name, item in KNOWN.items()}
    if found := known.get(told.strip().lower()):
        return found
    address = safe.web_address(told)
    return Licence("other", address, address) if address else None
