"""Orders of a police department that does not exist, in our own words, as long as one likes."""

import random

from tracker.gather.documents.policy_text import Paragraph

HEAD = (
    "Lakemoor Police Department",
    "General Order 7.04",
    "Contact with Federal Officers",
    "Issue Date: 3 March 2024",
    "Effective Date: 1 April 2024",
    "Rescinds: General Order 7.04 of 12 May 2019",
)
SENTENCES = (
    "Members will not ask anybody for papers that show where that person was born.",
    "A supervisor must approve the transport in writing before it begins.",
    "Records of a stop are kept for ninety days, and for two years where a complaint was made.",
    "The watch commander may allow an exception only if a judge has signed a warrant.",
    "Detainees are told in a language that they understand that they may refuse to be interviewed.",
    "Officers shall turn on the body-worn camera before the first contact and leave it on until they go.",
    "No member may hold a person longer than the charge allows, whatever a detainer asks for.",
    "The duty sergeant enters the name, the hour and the reason in the station log.",
    "Force is used only where nothing else would end the danger, and it ends when the danger does.",
    "A copy of the report goes to the Professional Standards Unit within twenty-four hours.",
    "Members who are off duty follow this order as far as they act for the Department.",
    "Property is inventoried by two members, one of whom was not part of the arrest.",
    "Vehicles are not pursued for a traffic offense, a stolen plate or a debt.",
)
ITEMS = (
    "the name of the member who asked;",
    "the day and the hour of the request;",
    "whether a judge had signed it, and which court;",
    "what was answered, and by whom;",
    "every paper that was handed over, by its number;",
)
HEADINGS = ("Purpose", "Policy", "Requests by Others", "Records", "Training and Review", "Members Off Duty")
ROMAN = ("I.", "II.", "III.", "IV.", "V.", "VI.")


def order(seed: int) -> tuple[Paragraph, ...]:
    """The numbered paragraphs of one order; some have no number, some a note."""
    rng = random.Random(seed)
    found = []
    for number, heading in zip(ROMAN, HEADINGS, strict=True):
        found += [Paragraph(number, heading), Paragraph("", f"This part binds all members. {_text(rng)}")]
        for letter in "ABCD"[: rng.randint(2, 4)]:
            found.append(Paragraph(f"{letter}.", _text(rng)))
            if rng.random() < 0.4:
                found += _list(rng)
            if rng.random() < 0.2:
                found.append(Paragraph("NOTE:", _text(rng)))
    return tuple(found)


def _list(rng: random.Random) -> list[Paragraph]:
    found = [Paragraph("1.", "The entry in the log names:")]
    found += [Paragraph(f"{letter}.", item) for letter, item in zip("abcde", rng.sample(ITEMS, 4), strict=False)]
    return [*found, Paragraph("2.", _text(rng))]


def _text(rng: random.Random) -> str:
    return " ".join(rng.sample(SENTENCES, rng.randint(1, 4)))
