"""The fields of an order's head, `Issue Date: 1 May 2021`: how their names are told from other words before a colon."""

import re

LONGEST_FIELD = 200
"""Characters of a line that is a field; what is longer is a sentence of the order."""
_NAMES = (
    r"(?:(?:original |last |next |date )?(?:effective|issued?|revised|revision|review(?:ed)?|approved|approval|amended|"
    r"authorized|authenticated|rescinds?|supersedes|replaces|expires|number|distribution|index category|index code)"
    r"(?: date| by| on)?"
    r"|date(?: of)?(?: last)? (?:revision|issue|review|issued|revised)|order number|sop number"
    r"|title|subject|topic|pages?):"
)
FIELD = re.compile(r"(?=[A-Z])[A-Za-z][\w./&#() -]{1,48}:(?:\s|$)")
"""Whatever stands before a colon where a line begins."""
USUAL_FIELD = re.compile(rf"(?=[A-Z])(?i:{_NAMES})(?:\s|$)|[A-Z][A-Z/& ]{{3,40}}:")
"""Names that orders use, and any in capitals: these begin a line wherever they stand."""
NAMED_FIELD = re.compile(rf"{_NAMES}(?:\s|$)", re.I)
BETWEEN_FIELDS = re.compile(rf"(?<=\S)\s+(?={_NAMES})", re.I)
"""Between fields that stand on one line."""
