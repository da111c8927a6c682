"""The gazetteer that ships: what it holds, and how a place is found by its name, its id and what a person types."""

import gzip
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import UnknownPlace
from tracker.model import Jurisdiction, Kind
from tracker.read.places.gazetteer import STATE_NAMES, Gazetteer, kilometres, load
from tracker.read.places.place_names import fold, state_of

PREFIX = "ocd-division/country:us/"
TABLE = gzip.decompress(files("tracker.read").joinpath("data", "gazetteer.tsv.gz").read_bytes()).decode()
LINES = TABLE.splitlines()
KINDS = [line.split("\t")[2] for line in LINES[1:]]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load()


def short(place: Jurisdiction | None) -> str | None:
    return place and place.id.removeprefix(PREFIX)


def local(gazetteer: Gazetteer, name: str, state: str) -> list[str | None]:
    return [short(place) for place in gazetteer.named(name) if place.state == state and place.kind is not Kind.STATE]


def test_the_table_has_the_columns_that_the_code_reads() -> None:
    assert LINES[0].split("\t") == [
        "id",
        "name",
        "kind",
        "population",
        "latitude",
        "longitude",
        "county",
        "names",
        "ids",
    ]
    assert {line.count("\t") for line in LINES} == {8}


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [("state", 55, 55), ("county", 3060, 3090), ("place", 21000, 21100), ("township", 15100, 15200)],
)
def test_the_table_has_about_every_government(kind: str, least: int, most: int) -> None:
    assert least <= KINDS.count(kind) <= most


def test_every_row_makes_a_jurisdiction(gazetteer: Gazetteer) -> None:
    made = [gazetteer.get(line.partition("\t")[0]) for line in LINES[1:]]
    assert None not in made
    assert len({place.id for place in made if place}) == len(made)


def test_every_county_that_a_row_names_exists(gazetteer: Gazetteer) -> None:
    named = {line.split("\t")[6] for line in LINES[1:]} - {""}
    assert [county for county in named if gazetteer.get(county) is None] == []


def test_most_places_are_on_the_map_and_in_a_county() -> None:
    places = [line.split("\t") for line in LINES[1:] if line.split("\t")[2] == "place"]
    assert sum(1 for row in places if row[4] and row[6]) > 0.92 * len(places)
    assert sum(1 for row in places if row[3]) > 0.68 * len(places)


def test_the_most_populous_place_of_a_name_comes_first(gazetteer: Gazetteer) -> None:
    found = gazetteer.named("Springfield")
    assert [place.state for place in found[:4]] == ["MO", "MA", "IL", "OR"]
    assert [place.population for place in found] == sorted((place.population for place in found), reverse=True)


@pytest.mark.parametrize(
    ("name", "state", "found"),
    [
        ("Milwaukee", "WI", "state:wi/place:milwaukee"),
        ("Milwaukee County", "WI", "state:wi/county:milwaukee"),
        ("dane county", "WI", "state:wi/county:dane"),
        ("Jefferson Parish", "LA", "state:la/parish:jefferson"),
        ("Kenai Peninsula Borough", "AK", "state:ak/borough:kenai_peninsula"),
        ("Miami-Dade", "FL", "state:fl/county:miami-dade"),
        ("Prince George’s County", "MD", "state:md/county:prince_george~s"),
        ("Dona Ana County", "NM", "state:nm/county:doña_ana"),
        ("Arlington", "VA", "state:va/county:arlington"),
        ("St. Louis", "MO", "state:mo/place:st_louis"),
        ("Saint Louis", "MO", "state:mo/place:st_louis"),
        ("St. Louis County", "MO", "state:mo/county:st_louis"),
        ("Fort Lauderdale", "FL", "state:fl/place:fort_lauderdale"),
        ("Ft. Lauderdale", "FL", "state:fl/place:fort_lauderdale"),
        ("Mt. Vernon", "NY", "state:ny/place:mount_vernon"),
        ("Winston Salem", "NC", "state:nc/place:winston-salem"),
        ("Boise", "ID", "state:id/place:boise_city"),
        ("Ventura", "CA", "state:ca/place:san_buenaventura_~ventura~"),
        ("City of Madison", "WI", "state:wi/place:madison"),
        ("County of Dane", "WI", "state:wi/county:dane"),
        ("Lower Merion", "PA", "state:pa/county:montgomery/place:lower_merion"),
        ("Town of Hempstead", "NY", "state:ny/county:nassau/place:hempstead"),
        ("Watertown", "MA", "state:ma/place:watertown"),
        ("Utqiagvik", "AK", "state:ak/place:barrow"),
        ("San Juan", "PR", "territory:pr/municipio:san_juan"),
    ],
)
def test_a_place_is_found_by_the_name_that_newspapers_use(
    gazetteer: Gazetteer, name: str, state: str, found: str
) -> None:
    assert local(gazetteer, name, state)[0] == found
    assert gazetteer.knows(name) or " of " in name


@pytest.mark.parametrize(
    ("names", "state", "found"),
    [
        ("Nashville|Nashville-Davidson|Davidson County|Metro Nashville", "TN", "state:tn/place:nashville"),
        ("Louisville|Louisville Metro|Jefferson County", "KY", "state:ky/place:louisville"),
        ("Lexington|Lexington-Fayette|Fayette County", "KY", "state:ky/place:lexington"),
        ("Indianapolis|Marion County", "IN", "state:in/county:marion/place:indianapolis"),
        ("Athens|Athens-Clarke County|Clarke County", "GA", "state:ga/place:athens"),
        ("Augusta|Augusta-Richmond County", "GA", "state:ga/place:augusta"),
        ("Columbus|Muscogee County", "GA", "state:ga/place:columbus"),
        ("Macon|Macon-Bibb County|Bibb County", "GA", "state:ga/place:macon"),
        ("Jacksonville|Duval County", "FL", "state:fl/place:jacksonville"),
        ("Kansas City|Wyandotte County", "KS", "state:ks/place:kansas_city"),
        ("New Orleans|Orleans Parish", "LA", "state:la/place:new_orleans"),
        ("Honolulu|Urban Honolulu|Honolulu County|O‘ahu", "HI", "state:hi/place:honolulu"),
        ("San Francisco|San Francisco County|City and County of San Francisco", "CA", "state:ca/place:san_francisco"),
        ("Denver|Denver County", "CO", "state:co/place:denver"),
        ("Philadelphia|Philadelphia County|Philly", "PA", "state:pa/place:philadelphia"),
        ("Butte|Butte-Silver Bow", "MT", "state:mt/place:butte"),
        ("Anchorage|Municipality of Anchorage", "AK", "state:ak/place:anchorage"),
        ("Juneau|City and Borough of Juneau", "AK", "state:ak/place:juneau"),
        ("Nantucket|Nantucket County", "MA", "state:ma/place:nantucket"),
        ("Carson City", "NV", "state:nv/place:carson_city"),
        ("New York|New York City|Brooklyn|the Bronx", "NY", "state:ny/place:new_york"),
        ("Washington|District of Columbia|Washington, D.C.", "DC", "district:dc"),
    ],
)
def test_one_government_has_one_row_whatever_it_is_called(
    gazetteer: Gazetteer, names: str, state: str, found: str
) -> None:
    assert {name: local(gazetteer, name, state)[0] for name in names.split("|")} == dict.fromkeys(
        names.split("|"), found
    )
    assert gazetteer.get(PREFIX + found).kind is Kind.PLACE  # type: ignore[union-attr]


def test_the_id_of_the_county_gives_its_consolidated_city(gazetteer: Gazetteer) -> None:
    assert short(gazetteer.get(PREFIX + "state:tn/county:davidson")) == "state:tn/place:nashville"


def test_counties_are_not_found_under_their_bare_name(gazetteer: Gazetteer) -> None:
    assert all(place.kind is not Kind.COUNTY for place in gazetteer.named("Dane"))
    assert "state:in/county:marion/place:indianapolis" not in local(gazetteer, "Marion", "IN")


@pytest.mark.parametrize("name", ["", " ", "Nowhereville", "County", "city of", "of"])
def test_a_name_that_is_no_place_finds_nothing(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.named(name) == ()
    assert not gazetteer.knows(name)


@pytest.mark.parametrize(
    ("place", "county"),
    [
        ("state:wi/place:milwaukee", "state:wi/county:milwaukee"),
        ("state:vt/place:shelburne", "state:vt/county:chittenden"),
        ("state:ny/place:hempstead", "state:ny/county:nassau"),
        ("state:pa/county:montgomery/place:lower_merion", "state:pa/county:montgomery"),
        ("state:wi/county:dane", "state:wi/county:dane"),
        ("state:tn/place:nashville", "state:tn/place:nashville"),
        ("state:va/place:richmond", "state:va/place:richmond"),
        ("state:wi", None),
        ("state:wi/place:atlantis", None),
    ],
)
def test_the_county_of_a_place(gazetteer: Gazetteer, place: str, county: str | None) -> None:
    assert short(gazetteer.county_of(PREFIX + place)) == county


def test_a_state_is_had_by_its_postal_code_and_lists_what_lies_in_it(gazetteer: Gazetteer) -> None:
    assert gazetteer.state("WI").name == "Wisconsin"
    assert gazetteer.state("DC").label == "Washington, DC"
    inside = gazetteer.in_state("WI")
    assert {place.state for place in inside} == {"WI"}
    assert sum(place.kind is Kind.COUNTY for place in inside) == 72
    assert [state.state for state in gazetteer.states()] == sorted(set(STATE_NAMES.values()))
    with pytest.raises(UnknownPlace, match="'XX'"):
        gazetteer.state("XX")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Milwaukee, WI", "state:wi/place:milwaukee"),
        ("  milwaukee , wis. ", "state:wi/place:milwaukee"),
        ("Milwaukee Wisconsin", "state:wi/place:milwaukee"),
        ("Charleston W. Va.", "state:wv/place:charleston"),
        ("Milwaukee", "state:wi/place:milwaukee"),
        ("Dane County, WI", "state:wi/county:dane"),
        ("Wisconsin", "state:wi"),
        ("N.M.", "state:nm"),
        ("New York, N.Y.", "state:ny/place:new_york"),
        ("New York", "state:ny"),
        ("Washington, D.C.", "district:dc"),
        ("D.C.", "district:dc"),
        ("Oklahoma City, Okla.", "state:ok/place:oklahoma_city"),
        ("Española, N.M.", "state:nm/place:española"),
        ("Bethesda, Md.", "state:md/county:montgomery"),
        (PREFIX + "state:wi/place:milwaukee", "state:wi/place:milwaukee"),
        (PREFIX + "state:ky/county:jefferson", "state:ky/place:louisville"),
    ],
)
def test_a_home_is_understood_as_people_type_it(gazetteer: Gazetteer, typed: str, found: str) -> None:
    assert short(gazetteer.parse_home(typed)) == found


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Milwakee, WI", "did you mean Milwaukee, WI"),
        ("Cook, IL", "did you mean Cook County, IL"),
        ("Springfield", "add the state; did you mean Springfield, MO or Springfield, MA"),
        ("Atlantis, WI", "no place is called 'Atlantis, WI'"),
        (PREFIX + "state:wi/place:atlantis", "the gazetteer has no ocd-division"),
        ("", "no place"),
    ],
)
def test_a_home_that_is_not_understood_is_refused_with_what_may_be_meant(
    gazetteer: Gazetteer, typed: str, said: str
) -> None:
    with pytest.raises(UnknownPlace) as refusal:
        gazetteer.parse_home(typed)
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("kind", [Kind.STATE, Kind.COUNTY])
def test_the_label_of_a_state_or_county_leads_back_to_it(gazetteer: Gazetteer, kind: Kind) -> None:
    every = [
        place for postal in set(STATE_NAMES.values()) for place in gazetteer.in_state(postal) if place.kind is kind
    ]
    astray = [place.label for place in every if gazetteer.parse_home(place.label) != place]
    assert astray == []


def test_the_label_of_a_town_of_some_size_leads_back_to_it(gazetteer: Gazetteer) -> None:
    towns = [p for state in gazetteer.states() for p in gazetteer.in_state(state.state) if p.population >= 5000]
    astray = [place.label for place in towns if gazetteer.parse_home(place.label) != place]
    assert len(astray) < 0.005 * len(towns), astray


@given(st.text(max_size=60))
def test_whatever_is_typed_is_understood_or_refused_in_one_line(text: str) -> None:
    try:
        said = load().parse_home(text).label
    except UnknownPlace as refusal:
        said = str(refusal)
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("written", "postal"),
    [
        ("Wis.", "WI"),
        ("Calif.", "CA"),
        ("N.M.", "NM"),
        ("D.C.", "DC"),
        ("W.Va.", "WV"),
        ("Ore.", "OR"),
        ("Texas", "TX"),
        ("P.R.", "PR"),
    ],
)
def test_states_are_known_in_the_style_of_the_associated_press(written: str, postal: str) -> None:
    assert STATE_NAMES[written] == state_of(written) == state_of(written.lower()) == postal


def test_no_two_states_are_written_alike() -> None:
    assert len({(fold(name), postal) for name, postal in STATE_NAMES.items()}) == len({fold(n) for n in STATE_NAMES})


@given(st.text(max_size=40))
def test_folding_a_name_twice_changes_nothing_more(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_kilometres_between_two_cities(gazetteer: Gazetteer) -> None:
    milwaukee, chicago = gazetteer.parse_home("Milwaukee, WI"), gazetteer.parse_home("Chicago, IL")
    assert kilometres(milwaukee, chicago) == pytest.approx(131, abs=5)
    assert kilometres(milwaukee, chicago) == pytest.approx(kilometres(chicago, milwaukee))
    assert kilometres(milwaukee, milwaukee) == 0


def at(latitude: float | None, longitude: float | None) -> Jurisdiction:
    return Jurisdiction(
        id=PREFIX + "state:wi", name="x", kind=Kind.STATE, state="WI", latitude=latitude, longitude=longitude
    )


def test_no_distance_to_a_place_that_is_not_on_the_map() -> None:
    assert kilometres(at(43, -88), at(None, None)) is None


@given(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
def test_no_two_points_are_further_apart_than_half_the_earth(a: tuple[float, float], b: tuple[float, float]) -> None:
    distance = kilometres(at(*a), at(*b))
    assert distance is not None
    assert 0 <= distance <= 20038


def test_the_names_of_known_ids_wait_for_no_index_of_names() -> None:
    """`feeds list` tells where each feed is at home, and nothing else of the gazetteer."""
    fresh = Gazetteer(LINES[1:])
    place = fresh.get("ocd-division/country:us/state:wi/place:milwaukee")
    assert (place.label if place else "") == "Milwaukee, WI"
    assert "_names" not in vars(fresh)
    assert fresh.knows("St. Louis")
