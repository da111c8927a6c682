"""Weekdays, months and days without a year: the verb that governs them says which one is meant."""

from datetime import date

import pytest

from tracker.read.dates import Tense, find_dates

TUESDAY, FRIDAY, MONDAY, WEDNESDAY = "2017-07-04", "2013-03-22", "2018-10-08", "2019-05-15"
JANUARY, AUTUMN, SPRING = "2018-01-03", "2019-09-14", "2009-03-25"


def values(published: str, text: str) -> str:
    """The values of the text's mentions, in order, those without one left out."""
    return " ".join(str(m.date) for m in find_dates(text, date.fromisoformat(published)) if m.date)


WEEKDAYS_PAST = [
    (TUESDAY, "The council voted Tuesday to end the contract.", "2017-07-04"),
    (TUESDAY, "The council voted 5-4 Monday night to end the contract.", "2017-07-03"),
    (TUESDAY, "Trustees on Thursday approved new rules for food trucks.", "2017-06-29"),
    (TUESDAY, "Trustees approved new rules for food trucks at their meeting Thursday.", "2017-06-29"),
    (TUESDAY, "A man was shot late Friday outside a bar, police said Sunday.", "2017-06-30 2017-07-02"),
    (TUESDAY, "Since Monday, buses have run every ten minutes.", "2017-07-03"),
    (TUESDAY, "Stocks fell Wednesday after a weak report on jobs.", "2017-06-28"),
    (FRIDAY, "Shares of the carmaker rose 3 percent Thursday in New York.", "2013-03-21"),
    (FRIDAY, "The minister resigned on Wednesday, the third to do so.", "2013-03-20"),
    (FRIDAY, "Rebels had seized the town on Sunday, the army said Friday.", "2013-03-17 2013-03-22"),
    (FRIDAY, "She told reporters Thursday that she has no plans to run.", "2013-03-21"),
    (FRIDAY, "On Tuesday, a court in Rome upheld the verdict.", "2013-03-19"),
    (FRIDAY, "The earthquake, which struck Monday, killed at least nine people.", "2013-03-18"),
    (FRIDAY, "Negotiators met Wednesday and Thursday without a result.", "2013-03-20 2013-03-21"),
    (MONDAY, "Aldermen approved the ban Monday.", "2018-10-08"),
    (MONDAY, "The city clerk, who was sworn in Thursday, replaces a long-time deputy.", "2018-10-04"),
    (MONDAY, "Crews were searching Sunday for a missing hiker.", "2018-10-07"),
    (MONDAY, "At Thursday's meeting, the board heard two hours of comment.", "2018-10-04"),
    (MONDAY, "Residents spoke against the plan at Thursday's meeting.", "2018-10-04"),
    (MONDAY, "Friday's storm left 4,000 homes without power.", "2018-10-05"),
    (WEDNESDAY, "Officers must now wear cameras under a rule signed Monday by the chief.", "2019-05-13"),
    (WEDNESDAY, "A rule adopted Monday will require permits.", "2019-05-13"),
    (WEDNESDAY, "In a statement Tuesday, he promised to appeal.", "2019-05-14"),
    (WEDNESDAY, "Firefighters are looking into what caused a blaze Monday morning on Oak Lane.", "2019-05-13"),
    (WEDNESDAY, "They may have left the building Monday.", "2019-05-13"),
    (WEDNESDAY, "He asked guests to leave the hall Tuesday evening.", "2019-05-14"),
    (WEDNESDAY, "Prices rose more than expected Tuesday.", "2019-05-14"),
    (WEDNESDAY, "The plan met with elected officials' anger Monday.", "2019-05-13"),
    (WEDNESDAY, "After Monday's vote, the ban stays in place.", "2019-05-13"),
    (WEDNESDAY, "Sheriff's deputies arrested him early Sunday morning.", "2019-05-12"),
]
WEEKDAYS_FUTURE = [
    (TUESDAY, "The changes are set to take effect Thursday.", "2017-07-06"),
    (TUESDAY, "The council will vote Monday on a plan to close two parks.", "2017-07-10"),
    (TUESDAY, "A hearing is scheduled for Friday.", "2017-07-07"),
    (TUESDAY, "The panel meets Wednesday at City Hall.", "2017-07-05"),
    (TUESDAY, "The council, which meets Monday, has not said how it leans.", "2017-07-10"),
    (TUESDAY, "On Thursday, the committee will hear from landlords.", "2017-07-06"),
    (TUESDAY, "On Thursday the committee plans to hear from landlords.", "2017-07-06"),
    (TUESDAY, "The committee on Thursday will hear from landlords.", "2017-07-06"),
    (TUESDAY, "He is due in court Friday.", "2017-07-07"),
    (TUESDAY, "Voters go to the polls Saturday.", "2017-07-08"),
    (TUESDAY, "The deadline is Friday.", "2017-07-07"),
    (TUESDAY, "Residents have until Monday to comment.", "2017-07-10"),
    (TUESDAY, "Tenants must leave by Friday.", "2017-07-07"),
    (TUESDAY, "The board postponed the vote until Monday.", "2017-07-10"),
    (TUESDAY, "The fee goes up starting Saturday.", "2017-07-08"),
    (TUESDAY, "Stores may not give out plastic bags beginning Saturday.", "2017-07-08"),
    (TUESDAY, "The council voted last month to charge for bags starting Saturday.", "2017-06 2017-07-08"),
    (TUESDAY, "The new rule takes effect Thursday.", "2017-07-06"),
    (TUESDAY, "An ordinance that passed last month takes effect Thursday.", "2017-06 2017-07-06"),
    (TUESDAY, "The order was approved last month and is to take effect Thursday.", "2017-06 2017-07-06"),
    (TUESDAY, "Officials said the ban would begin Friday.", "2017-07-07"),
    (TUESDAY, "Officials said Monday that the ban begins Friday.", "2017-07-03 2017-07-07"),
    (FRIDAY, "The bank's board is expected to meet Monday to approve the bailout.", "2013-03-25"),
    (FRIDAY, "Leaders plan to gather in Brussels on Sunday.", "2013-03-24"),
    (FRIDAY, "The banks are to reopen Tuesday.", "2013-03-26"),
    (FRIDAY, "Lawmakers could vote Saturday on the levy.", "2013-03-23"),
    (FRIDAY, "The funeral will be held Wednesday.", "2013-03-27"),
    (FRIDAY, "The trial resumes Monday.", "2013-03-25"),
    (FRIDAY, "The president travels to Jordan and will return Saturday.", "2013-03-23"),
    (MONDAY, "The council could vote Monday night to suspend such searches.", "2018-10-08"),
    (MONDAY, "The board has scheduled a hearing Thursday.", "2018-10-11"),
    (MONDAY, "The public can weigh in Wednesday at 6 p.m.", "2018-10-10"),
    (MONDAY, "Tuesday is the last day to register.", "2018-10-09"),
    (MONDAY, "Tuesday's meeting will begin at 7 p.m.", "2018-10-09"),
    (MONDAY, "The vote Tuesday will decide the matter.", "2018-10-09"),
    (MONDAY, "A vote on the plan is planned Thursday.", "2018-10-11"),
    (MONDAY, "They hope to finish by Saturday.", "2018-10-13"),
    (MONDAY, "Commissioners are meeting Tuesday to pick a new chief.", "2018-10-09"),
    (MONDAY, "The upcoming Thursday session is open to all.", "2018-10-11"),
    (MONDAY, "Mayor Ruiz is going to sign the bill on Friday.", "2018-10-12"),
    (MONDAY, "The ordinance, approved Friday, will be enforced from Wednesday.", "2018-10-05 2018-10-10"),
    (WEDNESDAY, "The mayor said that on Friday the city will close the shelter.", "2019-05-17"),
    (WEDNESDAY, "The council rejected the plan, but on Friday it will take up a new one.", "2019-05-17"),
    (WEDNESDAY, "Council takes up the plan Thursday.", "2019-05-16"),
    (WEDNESDAY, "The item is on the agenda for Monday.", "2019-05-20"),
    (WEDNESDAY, "Comments are due at noon Friday.", "2019-05-17"),
    (WEDNESDAY, "He gave the tenants until 5 p.m. Friday to leave.", "2019-05-17"),
]
WEEKDAYS_NEARER = [
    ("2015-10-15", "The raise was scheduled to take effect Wednesday, but a judge blocked it.", "2015-10-14"),
    ("2018-10-08", "The board was expected to vote Tuesday.", "2018-10-09"),
    ("2018-10-08", "The board was expected to vote Monday night.", "2018-10-08"),
    ("2017-01-19", "Members agreed to vote Tuesday.", "2017-01-17"),
]
MONTHS = [
    (JANUARY, "The committee voted in October to recommend the ban.", "2017-10"),
    (JANUARY, "The ban begins in October.", "2018-10"),
    (JANUARY, "She was elected in November and took office in January.", "2017-11 2018-01"),
    (JANUARY, "He retired in December after 30 years.", "2017-12"),
    (JANUARY, "The program will start in February.", "2018-02"),
    (JANUARY, "The moratorium runs until August.", "2018-08"),
    (JANUARY, "Voters will decide in November.", "2018-11"),
    (JANUARY, "Since March, officers have carried the drug.", "2017-03"),
    (AUTUMN, "The trustees banned smoking in parks in April.", "2019-04"),
    (AUTUMN, "The trustees plan to ban smoking in parks in April.", "2020-04"),
    (AUTUMN, "A final vote is expected in October.", "2019-10"),
    (AUTUMN, "In August, the court struck down the rule.", "2019-08"),
    (AUTUMN, "In November, residents will vote on the measure.", "2019-11"),
    (AUTUMN, "By December, all officers must be trained.", "2019-12"),
    (FRIDAY, "Home sales rose in February, the group said.", "2013-02"),
    (FRIDAY, "The plant is to open in May 2014, but hiring starts in June.", "2014-05 2013-06"),
    (SPRING, "She will step down in March.", "2009-03"),
    (SPRING, "Crypto was found in the pool in July.", "2008-07"),
]
YEARLESS_DAYS = [
    (JANUARY, "The policy took effect Jan. 1.", "2018-01-01"),
    (JANUARY, "The fee ended Dec. 31.", "2017-12-31"),
    (JANUARY, "The rule takes effect July 1.", "2018-07-01"),
    (JANUARY, "The new charge starts on February 1.", "2018-02-01"),
    (JANUARY, "It was introduced Nov. 9 and sent to a committee.", "2017-11-09"),
    (AUTUMN, "The ordinance takes effect Jan. 1.", "2020-01-01"),
    (AUTUMN, "Employers must comply beginning Jan. 1.", "2020-01-01"),
    (AUTUMN, "The law took effect July 1.", "2019-07-01"),
    (AUTUMN, "The ban is set to start Sept. 15.", "2019-09-15"),
    (AUTUMN, "The vote is Nov. 5.", "2019-11-05"),
    (AUTUMN, "It passed on first reading Sept. 3; a second reading is set for Sept. 17.", "2019-09-03 2019-09-17"),
    (AUTUMN, "The council will discuss the plan at its Oct. 7 meeting.", "2019-10-07"),
    (AUTUMN, "The council discussed the plan at its Aug. 5 meeting.", "2019-08-05"),
    (AUTUMN, "The committee sent the plan to the Sept. 23 council meeting.", "2019-09-23"),
    (AUTUMN, "The stay lasts through Oct. 31.", "2019-10-31"),
    (AUTUMN, "The parks close from Nov. 1 to March 31.", "2019-11-01 2020-03-31"),
    (FRIDAY, "The tax cut, passed Jan. 2, expires Dec. 31.", "2013-01-02 2013-12-31"),
    (FRIDAY, "Federal workers face furloughs after April 1.", "2013-04-01"),
    (FRIDAY, "The cuts began March 1.", "2013-03-01"),
    (SPRING, "The fiscal year ended June 30.", "2008-06-30"),
    (SPRING, "The team announced a July 26 match against a Spanish club.", "2009-07-26"),
    ("2012-12-28", "The rule takes effect Jan. 1.", "2013-01-01"),
    ("2012-12-28", "The rule took effect Dec. 1.", "2012-12-01"),
    ("2011-10-26", "The first of three votes on the bill is Nov. 1.", "2011-11-01"),
    ("2017-07-04", "The fireworks were canceled for July 4.", "2017-07-04"),
    ("2019-03-01", "A child born Feb. 29 has few birthdays.", "2016-02-29"),
]


@pytest.mark.parametrize(("published", "text", "expected"), WEEKDAYS_PAST)
def test_a_past_verb_means_the_last_such_weekday(published: str, text: str, expected: str) -> None:
    assert values(published, text) == expected


@pytest.mark.parametrize(("published", "text", "expected"), WEEKDAYS_FUTURE)
def test_a_verb_that_looks_ahead_means_the_coming_weekday(published: str, text: str, expected: str) -> None:
    assert values(published, text) == expected


@pytest.mark.parametrize(("published", "text", "expected"), WEEKDAYS_NEARER)
def test_what_was_to_come_is_the_nearer_weekday(published: str, text: str, expected: str) -> None:
    assert values(published, text) == expected


@pytest.mark.parametrize(("published", "text", "expected"), MONTHS)
def test_a_month_without_a_year_follows_the_verb(published: str, text: str, expected: str) -> None:
    assert values(published, text) == expected


@pytest.mark.parametrize(("published", "text", "expected"), YEARLESS_DAYS)
def test_a_day_without_a_year_follows_the_verb_and_is_seldom_far(published: str, text: str, expected: str) -> None:
    assert values(published, text) == expected


def test_the_caller_can_ask_for_the_other_direction() -> None:
    (mention,) = find_dates("The council on Thursday approved it.", date(2017, 7, 4))
    assert mention.direction is Tense.PAST
    assert str(mention.toward(Tense.PAST)) == "2017-06-29"
    assert str(mention.toward(Tense.FUTURE)) == "2017-07-06"
    assert mention.toward(Tense.NONE) == mention.within == mention.date
