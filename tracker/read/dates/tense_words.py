"""Function words of the tense reading; verbs, which a user may want to add to, are in `data/dates.toml`."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


MODALS = _set("will shall won't cannot can must should ought would may might could wouldn't couldn't shouldn't gonna")
COMING = _set("will shall won't would wouldn't")
MAYBE_PAST = _set("may might could must")
""" "may have": about something past."""
BE_NOW = _set("is are am isn't aren't it's that's he's she's they're we're i'm")
BE_THEN = _set("was were wasn't weren't")
HAVE = _set("has have hasn't haven't having")
AUXILIARIES = MODALS | BE_NOW | BE_THEN | HAVE | _set("had hadn't did didn't does do doesn't don't")
JOINS_PARTICIPLE = AUXILIARIES | _set("be been being to get gets got stay stays remain remains keep keeps")
ADVERBS = _set(
    "not also now still already then never only just once again both all each finally later first to be been"
)
OPENERS = _set("; : — – -- ( that while when if because but")
BETWEEN = _set(
    "on in at by the a an its their his her through from during for of late early mid last this next both around about"
)
"""Words that may stand between the opening of a clause and its time expression."""
NOMINAL = _set(
    "a an the its their his her our my this that these those with of for from by on in at into new more most some many"
    " any no other and or between against about under over among"
)
NOT_BEFORE_NOUN = NOMINAL - _set("and or that")
AFTER_VERB = _set(
    "by in on at to for with from the a an its their his her that it them as into after before against up out down off"
    " over when and or but not , ; unanimously"
)
LOOKS_AHEAD_AT = _set("to a an the on for its their his her another more")
STARTERS = _set("starting beginning effective commencing")
FILLERS = _set("at least about around approximately early late mid the end middle beginning start of as soon on")
""" "until at least Friday", "by the end of March"."""
TELLING = _set("since until till through by for from to after starting beginning effective")
SINGULAR_HEADS = _set("it he she")
CLAUSE_HEADS = _set("; , : and but then said says where until before")
""" "It docks Thursday", "and it docks Thursday": there, a verb in -s tells what is to come, unless it is of a state."""
BEFORE_NOUN = _set("'s final first special close unanimous public took taken")
""" "The final vote", "took hold": a word that is a noun as often as a verb stands behind these as one."""
BEFORE_BARE = _set("let lets make made makes help helped helps him them it us")
""" "was let go": the bare verb behind these has the time of theirs."""
PLURAL_HEADS = _set("they we i you who and also still people police both all many most some to")
""" "they plan": what stands before the bare form of a verb that is as often a noun ("the first plan")."""
DEADLINES = _set("until till through by")
PENDING_ALONE = _set("scheduled rescheduled slated set expected planned due payable booked projected anticipated")
""" "a hearing scheduled Tuesday": these look ahead without a form of "be" as well."""
SUBORDINATES = _set("that which who what when while if because although")
"""A verb beyond one of these is of another clause."""
RIGHT_TIMETABLE = _set("meets begins starts convenes opens resumes expires")
""" "Tuesday's meeting begins"; but "Tuesday's vote leaves the ban in place"."""
SAYINGS = _set("interview statement email e-mail memo letter tweet post release filing report ruling")
""" "in a statement Friday": what is said there is said already."""
KEEPS_QUIET = _set(
    "say comment discuss specify confirm disclose elaborate answer give identify reveal speculate talk name"
)
""" "would not say": a refusal, not a plan."""
PROMISES = _set("agreed promised vowed pledged planned threatened hoped wanted intended offered")
""" "agreed to vote Tuesday": to come at that time; the nearer day is meant."""
GATHERINGS = _set(
    "hearing meeting vote session election trial date deadline primary ballot match game event concert runoff"
)
MOVED = _set("moved postponed delayed rescheduled pushed shifted changed")
""" "moved from April 7 to June 2": neither day is that of the moving."""
DETERMINERS = _set("a an the its their his her")
NO_HEAD = _set("not also once first")
