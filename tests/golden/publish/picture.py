"""Makes the README's picture: one policy on the page of Milwaukee, as the demo's report shows it.

usage: uv run --group dev python tests/golden/publish/picture.py

Needs Chromium (apt-get install chromium). Writes tracker/timeline.png, 1,280 pixels wide.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

OUT = Path(__file__).parents[3] / "tracker" / "timeline.png"
PAGE = "wi/milwaukee/index.html"
TELLS = "July 6, 2017"
"""Stands in the policy that is shown: the story that the project began with."""
WIDTH, HIGHEST = 1280, 1060
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"


def main() -> None:
    """Runs the demo in a folder of its own and takes the picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        subprocess.run([sys.executable, "-m", "jobs", "demo", "--out", folder], check=True, stdout=subprocess.DEVNULL)
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page(viewport={"width": WIDTH, "height": HIGHEST}, color_scheme="light")
        page.goto((Path(folder) / PAGE).as_uri())
        policy = page.locator(".thread").filter(has_text=TELLS).first
        box = policy.bounding_box()
        assert box is not None, f"no policy of {PAGE} tells of {TELLS}"
        clip = {"x": 0, "y": box["y"] - 24, "width": WIDTH, "height": min(box["height"] + 48, HIGHEST)}
        page.screenshot(path=OUT, full_page=True, clip=clip)
        chromium.close()


if __name__ == "__main__":
    main()
