"""News of a small change, and what a model may answer when it is asked about it."""

import json
from datetime import date

from opinion_server import Asked

from tracker.model import Article


def boats(town: str, day: int = 2) -> Article:
    """A town of Wisconsin bans parked boats, in March 2026."""
    return Article(
        id=town,
        url=f"https://news.example/{town}",
        title=f"{town} council bans parked boats on city streets",
        published=date(2026, 3, day),
        publisher="Journal",
        source_home=f"ocd-division/country:us/state:wi/place:{town.lower()}",
        text=f"{town.upper()}, Wis. — The {town} Common Council voted 9-2 Tuesday to adopt an ordinance that bans boats"
        " parked on city streets.\n\nThe ordinance takes effect April 1, 2026.\n\nNeighbors had complained for years.",
    )


def adopted(asked: Asked) -> str:
    """The step of the first sentence, of the town that the headline names."""
    return adoption(asked.title.partition(" ")[0])


def adoption(town: str) -> str:
    """The same of a town; no other article has these words."""
    step = {"sentence": "S1", "stage": "adopted", "date": "D1", "place": "P1", "body": "none", "instrument": "none"}
    step |= {"effect": "bans", "direction": "none", "rule": f"{town} Common Council", "news": True}
    return json.dumps({"change": True, "topic": "streets", "steps": [step]})
