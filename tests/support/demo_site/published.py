"""What governments publish in the demo: the police's orders as PDF, one of them before and after it was replaced, and
the sheet of 287(g) agreements.

The orders are invented, as all that the demo tells of Oakford. The rows of the sheet are real: agency, model, day.
"""

from collections.abc import Iterator, Sequence

from support.documents.typesetting import Layout, typeset
from support.servers.sheet import HEADER, workbook
from tracker.gather.documents.policy_text import Paragraph

LAYOUT = Layout(header="Oakford Police Department")
PURSUITS = (
    "This order says when officers may follow a driver who does not stop.",
    "{rule}",
    "The officer tells the dispatcher the place, the speed and the reason at once.",
    "The sergeant on duty may end a pursuit at any time, and the officer shall then turn off lights and siren.",
    "No officer shall shoot at a moving vehicle or force it off the road.",
    "Questions about this order go to Sergeant {sergeant}.",
)
BEFORE = {"rule": "An officer may pursue a driver for any traffic offense or crime.", "sergeant": "Pell"}
AFTER = {
    "rule": "An officer may pursue a driver only if the driver is suspected of a violent felony.",
    "sergeant": "Ames",
}
PROPERTY = (
    "Officers shall list all property that they find or take, with the place and the hour.",
    "Property that nobody claims within ninety days goes to the village clerk.",
)
VISITORS = (
    "Visitors to the station shall sign the log and wear a badge.",
    "No visitor shall enter the holding room while a person is held there.",
)
JAIL = "Jail Enforcement Model"
AGREEMENTS = (
    ("ALASKA", "Kodiak Police Department", "Municipality", "#N/A", "Warrant Service Officer", "7/20/2020"),
    ("FLORIDA", "Florida Department of Corrections", "State Agency", "#N/A", JAIL, "8/21/2020"),
    ("MARYLAND", "Frederick County Sheriff's Office", "County", "Frederick County", JAIL, "6/9/2020"),
    ("WISCONSIN", "Waukesha County Sheriff's Office", "County", "Waukesha County", JAIL, "6/10/2020"),
)


def published() -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every order and of the sheet."""
    for path, state in (("orders/before/go-12.pdf", BEFORE), ("orders/go-12.pdf", AFTER)):
        yield path, order("12", "Vehicle Pursuits", "March 2, 2015", [line.format(**state) for line in PURSUITS])
    yield "orders/go-7.pdf", order("7", "Found Property", "May 11, 2016", PROPERTY)
    yield "orders/go-3.pdf", order("3", "Visitors to the Station", "May 11, 2016", VISITORS)
    yield "287g/participating-agencies.xlsx", workbook(HEADER[:-1], *AGREEMENTS)


def order(number: str, title: str, issued: str, rules: Sequence[str]) -> bytes:
    """An order of the police, as PDF."""
    head = "Oakford Police Department", f"General Order {number}", title, f"Issued: {issued}"
    return typeset(head, [Paragraph(f"{place}.", rule) for place, rule in enumerate(rules, 1)], LAYOUT)
