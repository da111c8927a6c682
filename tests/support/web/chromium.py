"""The browser of the tests that look at pages: Debian's Chromium, and what axe-core is asked for."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Chromium is not installed (apt-get install chromium)"),
]
"""The `pytestmark` of a file that needs it."""
WCAG: dict[str, Any] = {
    "preload": False,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
"""Options of axe-core: WCAG 2.2 AA and its best practice."""
COLOURS: dict[str, Any] = {
    "preload": False,
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
"""Those of its rules that look at colours: nothing else of a page is another in the dark."""


def assert_accessible(page: "Page") -> None:
    """In the light by all of `WCAG`, in the dark by the rules for colours. The page must not forbid foreign scripts
    (`bypass_csp`)."""
    from axe_playwright_python.sync_playwright import Axe

    for scheme, options in (("light", WCAG), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = Axe().run(page, options=options)
        assert found.violations_count == 0, f"{page.url} {scheme}: {found.generate_report()}"


@contextmanager
def chromium() -> Iterator["Browser"]:
    """The browser, without a window, for as long as the block runs."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()
