"""What kinds there are of places, steps and dates: the words of `model.py` that are one of a few."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of territory: a place is a city, town, village or consolidated city-county."""

    STATE = "state"
    COUNTY = "county"
    PLACE = "place"
    TOWNSHIP = "township"


class Stage(StrEnum):
    """What happened to the procedure."""

    PROPOSED = "proposed"
    ADOPTED = "adopted"
    EFFECTIVE = "effective"
    RESCINDED = "rescinded"
    REJECTED = "rejected"
    BLOCKED = "blocked"


class Effect(StrEnum):
    """What a step does, or would do, to those whom the rule is for."""

    BANS = "bans"
    LIMITS = "limits"
    REQUIRES = "requires"
    ALLOWS = "allows"
    CHARGES = "charges"
    LOWERS = "lowers"
    CREATES = "creates"
    JOINS = "joins"
    ENDS = "ends"
    AMENDS = "amends"
    UNCLEAR = "unclear"


class Direction(StrEnum):
    """Which way a step leads: immigration to more or less cooperation with federal enforcement, policing to stricter or
    looser rules for officers."""

    MORE_COOPERATION = "more-cooperation"
    LESS_COOPERATION = "less-cooperation"
    STRICTER = "stricter"
    LOOSER = "looser"


class Basis(StrEnum):
    """How a date is known: said outright, said relative to the publication, or not said at all."""

    STATED = "stated"
    RELATIVE = "relative"
    REPORTED = "reported"


class Factuality(StrEnum):
    """Whether a sentence says that a step was, or will be, taken."""

    ASSERTED = "asserted"
    DENIED = "denied"  # it was not, or will not be, or a report that it was is false
    POSTPONED = "postponed"  # it was put off: the date that was told before no longer holds


class Qualifier(StrEnum):
    """What a sentence says of how a step was taken, beside its stage."""

    SUSPENDED = "suspended"  # a pause of the rule, not its end
    VETOED = "vetoed"  # the executive took back what was voted
    IN_PART = "in part"  # of a part of the rule only
    FROM_ABOVE = "from above"  # a court or a higher government did it, or is named with it
    MOVES_START = "moves a start"  # a vote on when a rule begins, not on the rule
    WITHDRAWN = "withdrawn"  # its sponsor took back what was proposed
    LAPSED = "lapsed"  # the session ended without a vote on it
    SHELVED = "shelved"  # put on file or off for good, without a vote on what it says


FAILURES = (Qualifier.VETOED, Qualifier.WITHDRAWN, Qualifier.LAPSED, Qualifier.SHELVED)
"""How a proposal is rejected other than by a vote against it."""


class Witness(StrEnum):
    """Who read a step: in an article the encoder, a language model that was asked about it, or both alike; in a record
    a table of its actions, which then tells where an article has its step (`tracker.timeline.merging.passages`)."""

    ENCODER = "encoder"
    MODEL = "model"
    BOTH = "both"
    TABLE = "table"
    RECORD = "record"


class SourceKind(StrEnum):
    """What sort of source is polled."""

    FEED = "feed"
    LEGISTAR = "legistar"  # a council's record by the Legistar Web API
    AGREEMENTS = "287g"  # the sheet of all 287(g) agreements
    DOCUMENTS = "documents"  # policies as they are published


class ListingKind(StrEnum):
    """Of whom a listing is, or what it is."""

    COUNCIL = "council"  # the record or the meetings of a council, county board or commission
    POLICE = "police"  # the orders and policies of the police
    SHERIFF = "sheriff"
    JAIL = "jail"
    POLICIES = "policies"  # of another body, or of the place as a whole
    FEED = "feed"


class EvidenceKind(StrEnum):
    """What supports an entry."""

    REPORT = "report"  # a finding in a news article
    RECORD = "record"  # an official action
    DOCUMENT = "document"  # the text of a policy, before and after


class EditSort(StrEnum):
    """What an edit of a policy's text is: of a rule, or of form only."""

    RULE = "rule"
    FORM = "form"


class PublishedBasis(StrEnum):
    """How the day is known on which an article ran."""

    STATED = "stated"  # its feed says so, or whoever gave us the article
    PAGE = "page"  # its page does
    SEEN = "seen"  # nothing does: the day on which we first saw it; it ran then or at any time before


class EntryStatus(StrEnum):
    """What a person has said of an entry."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class ActKind(StrEnum):
    """What a person does: to an entry, to a policy, to what is published; and that it is taken back."""

    CONFIRM = "confirm"
    REJECT = "reject"
    EDIT = "edit"  # also the title of an entry, and the policy that it belongs to
    MERGE = "merge"
    SPLIT = "split"
    RENAME = "rename"  # a policy
    MERGE_POLICIES = "merge-policies"
    SPLIT_POLICY = "split-policy"
    WITHHOLD = "withhold"
    UNDO = "undo"
