"""What a sentence says of how its step was taken, and which branch of government acts."""

import pytest

from tracker.model import Qualifier
from tracker.read.branches import branch
from tracker.read.qualifiers import qualifiers

SUSPENDED, VETOED, IN_PART, FROM_ABOVE, *_ = Qualifier
SAID = [
    ("The council repealed the curfew.", "", ()),
    ("The council suspended the curfew for the summer.", "", (SUSPENDED,)),
    ("Enforcement is on  hold until May.", "", (SUSPENDED,)),
    ("The mayor VETOED the ban.", "", (VETOED,)),
    ("The mayor's veto halted the ban.", "", (SUSPENDED, VETOED)),
    ("A judge struck down two provisions of the ordinance.", "", (IN_PART, FROM_ABOVE)),
    ("The participants left.", "", ()),
    ("The ordinance cannot be enforced for now.", "Federal judge blocks Dayton's ban", (FROM_ABOVE,)),
    ("The ordinance is void under a new statewide law.", "", (FROM_ABOVE,)),
    ("The ordinance was suspended.", "Council meets in Dayton", (SUSPENDED,)),
    ("The order was read.", "Mayor vetoes the ban, section by section", ()),
]


@pytest.mark.parametrize(("sentence", "title", "told"), SAID)
def test_a_sentence_tells_how_a_step_was_taken_and_a_headline_only_who_took_it(
    sentence: str, title: str, told: tuple[Qualifier, ...]
) -> None:
    assert qualifiers(sentence, title) == told


BODIES = [
    ("Milwaukee Common Council", "council"),
    ("Board of County Commissioners", "council"),
    ("Fire and Police Commission", "council"),
    ("Police Chief Edward Flynn", "police"),
    ("Sheriff's Office", "police"),
    ("Mayor Tom Barrett", "executive"),
    ("Montgomery County Judge", "executive"),
    ("Circuit Judge Steven Ohmer", "court"),
    ("Missouri General Assembly", "state"),
    ("Anchorage Assembly", "council"),
    ("Austin voters", "voters"),
    ("City of Milwaukee", ""),
    ("", ""),
]


@pytest.mark.parametrize(("body", "expected"), BODIES)
def test_the_branch_that_acts(body: str, expected: str) -> None:
    assert branch(body) == expected
