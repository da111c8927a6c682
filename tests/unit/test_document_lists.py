"""Which links of a page are documents, and where the list of a site is asked for."""

import json

import pytest

from tracker.gather.sources.document_list import MOST_DOCUMENTS, documents_of, list_address

LIST = "https://lakemoor.example/police/orders/"


def listed(*links: str, around: str = "", text: str = "", url: str = LIST) -> list[str] | None:
    items = "".join(f"<li><a href='{link}'>Order of the department</a></li>" for link in links)
    page = f"<html><body>{around}<p>{text}</p><ul>{items}</ul></body></html>"
    found = documents_of(page.encode(), url, "text/html")
    return None if found is None else [one.address.removeprefix("https://lakemoor.example") for one in found]


ORDERS = "/police/orders/"


@pytest.mark.parametrize(
    ("links", "wanted"),
    [
        (["a.pdf", "b.PDF#page=2", "a.pdf"], [f"{ORDERS}a.pdf", f"{ORDERS}b.PDF"]),
        (["use-of-force.html", "pursuits"], [f"{ORDERS}use-of-force.html", f"{ORDERS}pursuits"]),
        (
            ["a.pdf", "/files/b.pdf", "/police/chief.html", "#top", "mailto:a@b.example"],
            [f"{ORDERS}a.pdf", "/files/b.pdf"],
        ),
        (["/DocumentCenter/View/12/Order-1", "/DocumentCenter/View/13"],) * 2,
        (["a.pdf", "b.pdf", "https://other.example/c.pdf", "javascript:void(0)"], [f"{ORDERS}a.pdf", f"{ORDERS}b.pdf"]),
    ],
)
def test_files_of_the_site_and_pages_below_the_list(links: list[str], wanted: list[str]) -> None:
    assert listed(*links) == wanted


def test_files_on_another_host_count_where_the_site_keeps_them_there() -> None:
    files = [f"https://files.example/{number}.pdf" for number in range(6)]
    assert listed(*files, "https://once.example/flyer.pdf") == files


def test_navigation_is_no_document() -> None:
    around = "<nav><a href='menu.pdf'>Menu of the city</a></nav><div role='contentinfo'><a href='terms.pdf'>T</a></div>"
    assert listed("a.pdf", "b.pdf", around=around) == ["/police/orders/a.pdf", "/police/orders/b.pdf"]


def test_a_policy_that_cites_others_is_itself_the_document() -> None:
    assert listed("a.pdf", "b.pdf", text="Members keep the log in order. " * 60) is None
    assert documents_of(b"%PDF-1.7 ...", LIST, "application/pdf") is None


def test_a_list_is_bounded() -> None:
    found = listed(*(f"{number}.pdf" for number in range(MOST_DOCUMENTS + 50)))
    assert found is not None
    assert len(found) == MOST_DOCUMENTS


def test_rows_of_a_list_in_json() -> None:
    rows = [{"name": "7.04 Warrants", "publicUrl": "https://p.example/1"}, {"name": 3, "publicUrl": None}, "odd"]
    found = documents_of(json.dumps({"data": rows}).encode(), LIST, "application/json")
    assert found is not None
    assert [(one.address, one.name) for one in found] == [("https://p.example/1", "7.04 Warrants")]
    assert documents_of(b'{"data": [' * 100_000, LIST, "application/json") == ()


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("https://public.powerdms.com/LAKEMOOR/tree/12", "https://public.powerdms.com/LAKEMOOR/documents"),
        ("https://public.powerdms.com/LAKEMOOR", "https://public.powerdms.com/LAKEMOOR/documents"),
        ("https://public.powerdms.com/LAKEMOOR/documents/77", "https://public.powerdms.com/LAKEMOOR/documents/77"),
        (LIST, LIST),
    ],
)
def test_the_list_of_a_powerdms_site_is_asked_for(address: str, wanted: str) -> None:
    assert list_address(address) == wanted
