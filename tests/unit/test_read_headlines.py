"""Headlines: the present tense tells what was done, whatever the parser makes of it."""

import pytest
from tracker.read.acts import acts_in
from tracker.read.parser import parse

HEADLINES = [
    ("Judge throws out Dayton bag ban", {"blocked"}),
    ("Judge puts city's camping ban on hold", {"blocked"}),
    ("Court blocks county mask mandate", {"blocked"}),
    ("Supreme Court strikes down Akron's minimum wage", {"blocked"}),
    ("Council throws out bag ban", {"rescinded"}),
    ("Council throws out proposed ban", {"rejected"}),
    ("Council puts curfew on hold", {"rescinded"}),
    ("Commission puts data centers on hold", {"adopted"}),
    ("Mayor vetoes cap on rent increases", {"rejected"}),
    ("Mayor vetoes rent cap", {"rejected"}),
    ("City Council nixes curfew", {"rejected"}),
    ("Council says no to pot shops", {"rejected"}),
    ("Council OKs ban on tents", {"adopted"}),
    ("Curfew gets council's nod", {"adopted"}),
    ("Council eyes ban on leaf blowers", {"proposed"}),
    ("Trustees mull limits on short-term rentals", {"proposed"}),
    ("Bag ban clears first hurdle", {"proposed"}),
    ("Camping ban heads to full council", {"proposed"}),
    ("Council OKs beer garden", set()),
]


@pytest.mark.parametrize(("title", "wanted"), HEADLINES)
def test_a_headline_tells_its_step(title: str, wanted: set[str]) -> None:
    (doc,) = parse([title])
    assert {str(act.stage) for act in acts_in(doc, headline=True)} == wanted
