"""The sheet of 287(g) agreements: whose agency, what is new, what is gone, what was only put right."""

from datetime import date

import pytest

from support.servers.sheet import HEADER, workbook
from tracker.errors import RecordError
from tracker.gather.sources.sheet import MOST_BYTES, SheetRow, read_sheet, sheet_address
from tracker.read.records.agencies import jurisdiction_of
from tracker.read.records.agreements import compare

TASK = "Task Force Model"


@pytest.mark.parametrize(
    ("agency", "state", "county", "of_county", "place"),
    [
        ("Dane County Sheriff's Office", "WISCONSIN", "Dane County", True, "state:wi/county:dane"),
        ("Layafette County Sheriff's Office", "Florida", "Lafayette County", True, "state:fl/county:lafayette"),
        ("Franklin County Sheriff's Office", "Virginia", "Franklin County", True, "state:va/county:franklin"),
        ("Madison County Sheriff\xa0", "Illinois", "Macon County", True, "state:il/county:madison"),
        ("Ft. Myers Police Department", "Florida", "", False, "state:fl/place:fort_myers"),
        ("City of Racine Police Department", "Wisconsin", "", False, "state:wi/place:racine"),
        ("Melbourne International Airport Police Department", "Florida", "", False, None),
        ("Davis County Sheriff's Office", "UTAHJ", "Davis County", True, "state:ut/county:davis"),
        ("Constable Precinct 2, Clay Co.", "Texas", "", True, "state:tx/county:clay"),
        ("Benton County Precinct 2 Constable's Office", "Arkansas", "", False, "state:ar/county:benton"),
        ("Berrian County Sheriff's Offic", "Michigan", "Berrian County", True, "state:mi/county:berrien"),
        ("Roanoke City Sheriff's Office", "Virginia", "Roanoke City", True, "state:va/place:roanoke"),
        ("Roanoke Sheriff's Office", "Virginia", "Roanoke County", True, "state:va/county:roanoke"),
        ("Macon-Bibb County Sheriff's Office", "Georgia", "Bibb", True, "state:ga/place:macon"),
        ("Iberia Parish Sheriff", "Louisiana", "", True, "state:la/parish:iberia"),
        ("North Slope Borough Police Department", "Alaska", "", False, "state:ak/borough:north_slope"),
        ("Las Vegas Metropolitan Police Department", "Nevada", "Clark County", True, "state:nv/county:clark"),
        ("Borough of Franklin Police", "Pennsylvania", "", False, "state:pa/place:franklin_borough"),
        ("State College PD", "Pennsylvania", "", False, "state:pa/place:state_college"),
        ("Police Department of the City of Racine", "Wisconsin", "", False, "state:wi/place:racine"),
        ("Racine City Police Department", "Wisconsin", "", False, "state:wi/place:racine"),
        ("Katy ISD Police Department", "Texas", "", False, None),
        ("Kansas Department of Corrections", "Kansas", "", False, None),
    ],
)
def test_whose_agency_it_is(agency: str, state: str, county: str, of_county: bool, place: str | None) -> None:
    found = jurisdiction_of(agency, state, county, of_county=of_county)
    assert (found.id.removeprefix("ocd-division/country:us/") if found else None) == place


def row(
    agency: str, *, model: str = TASK, signed: date = date(2025, 3, 4), state: str = "Texas", kind: str = "County"
) -> SheetRow:
    return SheetRow(state, agency, kind, "", model, signed, 2)


CLAY, BAY = row("Clay County Sheriff's Office"), row("Hood County Sheriff's Office")


def test_new_gone_and_corrected_rows() -> None:
    again = row("Clay County Sheriff's Ofice")
    both = compare([CLAY, BAY], [again, row("Polk County Sheriff's Office", signed=date(2025, 3, 9))])
    assert [one.agency for one in both.added] == ["Polk County Sheriff's Office"]
    assert [one.agency for one in both.gone] == ["Hood County Sheriff's Office"]
    assert both.corrected == ((CLAY, again),)


def test_order_and_a_row_that_stands_twice_say_nothing() -> None:
    found = compare([CLAY, CLAY, BAY], [BAY, CLAY])
    assert (found.added, found.gone, found.corrected) == ((), (), ())


def test_a_state_that_is_put_right_is_no_new_agreement() -> None:
    found = compare([row("Kane County Sheriff", state="Utahj")], [row("Kane County Sheriff", state="Utah")])
    assert (found.added, found.gone) == ((), ())


def test_another_model_of_the_same_agency_is_another_agreement() -> None:
    jail = row("Clay County Sheriff's Office", model="Jail Enforcement Model")
    assert compare([CLAY], [CLAY, jail]).added == (jail,)


def test_the_workbook_that_the_page_links() -> None:
    books = ("/form.xlsx", "/x/pendingAgencies.xlsx", "/x/participatingAgencies06.xlsx")
    page = "".join(f'<a href="{book}">sheet</a>' for book in books).encode()
    assert sheet_address(page, "https://example.gov/287g") == "https://example.gov/x/participatingAgencies06.xlsx"
    assert sheet_address(b"<p>nothing</p>", "https://example.gov/") is None


def test_rows_of_a_sheet_with_its_quirks() -> None:
    body = workbook(
        ("Participating agencies",),
        HEADER,
        ("TEXAS", "Clay County Sheriff\u200b\xa0 ", "County", "#N/A", TASK, "05/082025", "link"),
        ("TEXAS", "Hood County Sheriff", "County", "Hood County ", TASK, "soon"),
        ("", "", "", "", "", ""),
    )
    clay, hood = read_sheet(body, "https://example.gov/x.xlsx")
    assert (clay.state, clay.agency, clay.county, clay.signed) == ("Texas", "Clay County Sheriff", "", date(2025, 5, 8))
    assert (hood.county, hood.signed, hood.number) == ("Hood County", None, 4)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"<html>", "no workbook"),
        (workbook(HEADER)[:200], "no workbook"),
        (workbook(("name", "street")), "no sheet in it has the columns"),
    ],
)
def test_what_is_no_sheet_of_agreements_is_refused(body: bytes, says: str) -> None:
    with pytest.raises(RecordError, match=says):
        read_sheet(body, "https://example.gov/x.xlsx")


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked() -> None:
    with pytest.raises(RecordError, match="more than a sheet of agreements has"):
        read_sheet(workbook(HEADER, filler=bytes(MOST_BYTES)), "https://example.gov/x.xlsx")
