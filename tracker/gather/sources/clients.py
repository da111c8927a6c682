"""Which Legistar client is whose council: `data/legistar_clients.csv`, one a row (data/README.md)."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def home_of_client(client: str) -> str | None:
    """The place whose council a client is (an OCD id); None where it is not known."""
    return _homes().get(client.lower())


@cache
def _homes() -> Mapping[str, str]:
    return {client: place for place, client in all_clients().items()}


@cache
def all_clients() -> Mapping[str, str]:
    """The home of a council (an OCD id) → its client."""
    text = files("tracker.gather").joinpath("data", "legistar_clients.csv").read_text(encoding="utf-8")
    return {row["home"]: row["client"] for row in csv.DictReader(text.splitlines())}
