"""The time zone of an outlet, from the state that it serves: most feeds give their moments in UTC, and a story of
Tuesday evening in Milwaukee must not run on Wednesday."""

import re
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "America/New_York"
"""For an outlet without a home: the zone of nearly half of the population."""
STATES_OF_ZONE = {
    "America/New_York": "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV",
    "America/Chicago": "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
    "America/Denver": "CO ID MT NM UT WY",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA NV OR WA",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR VI",
    "Pacific/Guam": "GU MP",
    "Pacific/Pago_Pago": "AS",
}
"""States that lie in two zones stand under that of most of their people; the other is an hour away."""
_ZONE_OF_STATE = {state: zone for zone, states in STATES_OF_ZONE.items() for state in states.split()}
_STATE = re.compile(r"/(?:state|territory|district):([a-z]{2})\b|,\s*([A-Za-z]{2})\s*$")


def zone_of(home: str | None) -> ZoneInfo:
    """The zone of a home, "Milwaukee, WI" or an OCD id; the default where it names no state in two letters."""
    found = _STATE.search(home or "")
    state = (found[1] or found[2]).upper() if found else ""
    return ZoneInfo(_ZONE_OF_STATE.get(state, DEFAULT_ZONE))
