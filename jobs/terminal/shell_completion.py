"""What a shell offers for the values of options (`tracker --install-completion`). Each function takes what is typed so
far, imports no more than the names that it offers, and prints nothing."""

from collections.abc import Iterable


def topics(incomplete: str) -> list[str]:
    """Names of topics, those of users too."""
    from tracker.read.topics import topics as known

    return _starting(known(), incomplete)


def stages(incomplete: str) -> list[str]:
    """Names of stages."""
    from tracker.model import Stage

    return _starting(Stage, incomplete)


def source_kinds(incomplete: str) -> list[str]:
    """Names of kinds of sources."""
    from tracker.kinds import SourceKind

    return _starting(SourceKind, incomplete)


def listing_kinds(incomplete: str) -> list[str]:
    """Names of kinds of listings."""
    from tracker.kinds import ListingKind

    return _starting(ListingKind, incomplete)


def effects(incomplete: str) -> list[str]:
    """Names of effects that tell something."""
    from tracker.model import Effect

    return _starting((effect for effect in Effect if effect is not Effect.UNCLEAR), incomplete)


def directions(incomplete: str) -> list[str]:
    """Names of directions."""
    from tracker.model import Direction

    return _starting(Direction, incomplete)


def how_sure(incomplete: str) -> list[str]:
    """Words for how sure an entry is."""
    from tracker.timeline.how_sure import SureWord

    return _starting(SureWord, incomplete)


def formats(incomplete: str) -> list[str]:
    """Names of the formats of exports."""
    from tracker.publish.exports import FORMATS

    return _starting(FORMATS, incomplete)


def frequencies(incomplete: str) -> list[str]:
    """How often a mail may come."""
    from tracker.publish.mail.subscribers import Frequency

    return _starting(Frequency, incomplete)


def weekdays(incomplete: str) -> list[str]:
    """Monday to Sunday."""
    from tracker.publish.mail.subscribers import DAYS

    return _starting(DAYS, incomplete)


def zones(incomplete: str) -> list[str]:
    """Time zones by their names in the zone database."""
    from zoneinfo import available_timezones

    return _starting(sorted(available_timezones()), incomplete)


def states(incomplete: str) -> list[str]:
    """Postal codes: names of states have blanks, which shells take for the end of a word."""
    from tracker.read.places.place_names import state_rows

    return _starting((row["postal"] for row in state_rows()), incomplete)


def _starting(values: Iterable[str], incomplete: str) -> list[str]:
    """Those that begin with what is typed; Typer drops those of another case."""
    return [str(value) for value in values if str(value).startswith(incomplete)]
