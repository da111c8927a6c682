"""The list of councils that publish by Legistar."""

import csv
from importlib.resources import files

from tracker.gather.sources.clients import all_clients, home_of_client
from tracker.gather.sources.legistar import api_address
from tracker.read.places import gazetteer

ROWS = list(
    csv.DictReader(
        files("tracker.gather").joinpath("data", "legistar_clients.csv").read_text(encoding="utf-8").splitlines()
    )
)


def test_every_row_names_a_place_of_the_gazetteer_and_a_client_of_its_own() -> None:
    places = gazetteer.load()
    for row in ROWS:
        place = places.get(row["home"])
        assert place is not None, row
        assert place.label == row["place"]
        assert api_address(f"legistar:{row['client']}") is not None
    for column in ("home", "client"):
        assert len({row[column] for row in ROWS}) == len(ROWS) > 100


def test_a_client_is_known_by_its_place_and_a_place_by_its_client() -> None:
    milwaukee = gazetteer.load().parse_home("Milwaukee, WI").id
    assert all_clients().get(milwaukee) == "milwaukee"
    assert home_of_client("Milwaukee") == milwaukee
    assert gazetteer.load().parse_home("Wausau, WI").id not in all_clients()
    assert home_of_client("nobody") is None
