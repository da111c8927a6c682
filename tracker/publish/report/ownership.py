"""What builds of ours wrote, told from what others did: only our own files are ever replaced or taken away."""

import os
from pathlib import Path

GENERATOR = b'<meta name="generator" content="procedure-tracker">'
"""Stands in every page."""
HEAD_BYTES = 2048
"""The mark is looked for in the first bytes of a page."""
FINGERPRINTS = ".fingerprints"
"""Stands in the folder of a report from the moment at which the first files take their places; while they do, it names
the places whose pages these are."""
MEMORY = ".fingerprints.db"
"""What the report remembers of itself."""
STYLE = "assets/style.css"
"""Stands in the folder of a report, and in no folder below: a copy of a report may lack hidden files."""
PAGE = "index.html"


def is_page(path: str | Path) -> bool:
    """True for a page of ours."""
    with open(path, "rb") as source:
        return GENERATOR in source.read(HEAD_BYTES)


def is_report(folder: Path) -> bool:
    """True where the files of the folder are ours, as far as they have names of ours."""
    page = folder / PAGE
    return (folder / FINGERPRINTS).is_file() or (page.is_file() and is_page(page))


def is_another(folder: Path) -> bool:
    """True for a folder within a report that is a report itself, by another build."""
    return any(os.path.lexists(folder / name) for name in (FINGERPRINTS, STYLE))
