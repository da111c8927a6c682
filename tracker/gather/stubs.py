"""Pages that stand before an article: a paywall shows its start, a consent notice nothing of it. What the
feed itself says is worth more than both."""

import re
from urllib.parse import urlsplit

SHORT = 1200
"""Characters under which a text that asks for a subscription, or for consent, is no article."""
PAYWALL = re.compile(
    r"\b(?:subscribe|sign in|log in|become a member|create a free account|start your (?:free )?trial)\b[^.]{0,60}"
    r"\b(?:continue|keep|finish|read|access|unlimited|full)\b|\balready a (?:subscriber|member)\b"
    r"|\bfor subscribers only\b|\bsubscriber[- ]exclusive\b|\bto continue reading\b"
    r"|\bthis (?:article|story|content) is (?:only )?(?:available )?(?:to|for) (?:our )?(?:subscribers|members)\b",
    re.I,
)
"""How American news sites word it."""
CONSENT = (
    re.compile(r"\b(?:we|us)(?:,? and| with) our (?:\d[\d,.]* )?(?:trusted )?(?:partners|vendors)\b", re.I),
    re.compile(r"\b(?:store|access)\b[^.]{0,30}\binformation on (?:a|your) device\b", re.I),
    re.compile(r"\b(?:accept|reject|allow|decline) all\b(?: cookies)?|\baccept (?:and continue|cookies)\b", re.I),
    re.compile(r"\bmanage (?:your |my )?(?:choices|preferences|cookies|consent|options|settings)\b", re.I),
    re.compile(r"\bwe (?:value|respect|care about) your privacy\b|\bbefore you continue\b", re.I),
    re.compile(r"\b(?:uses?|using) cookies\b|\bcookie (?:policy|notice|settings|preferences)\b", re.I),
    re.compile(r"\bprocess(?:ing)? (?:of )?(?:your )?personal data\b|\bwithdraw (?:your )?consent\b", re.I),
)
"""How consent managers word it, by the framework of the advertisers (IAB TCF) or in words of their own."""
MARKS = 3
"""Of these in one short text; a brief about a cookie law has one or two."""
CONSENT_HOSTS = ("consent.", "guce.", "privacy-mgmt.")
"""How hosts begin to which sites lead visitors before their first page."""


def stub(text: str, title: str, url: str) -> str:
    """What stands there instead of the article, in words; empty for an article."""
    if (urlsplit(url).hostname or "").startswith(CONSENT_HOSTS):
        return "the site leads to a consent notice instead of the article"
    if len(text) >= SHORT:
        return ""
    if sum(bool(mark.search(f"{title}. {text}")) for mark in CONSENT) >= MARKS:
        return "the page shows a consent notice instead of the article"
    return "the page shows only the start of the article, before a paywall" if PAYWALL.search(text) else ""
