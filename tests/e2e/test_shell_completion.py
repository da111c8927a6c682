"""What a real bash offers behind `tracker … --option` when Tab is pressed twice, and that it is quick and quiet."""

import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BASH = shutil.which("bash")
HERE = Path(sys.executable).parent
QUICK_S = 3.0
"""Seconds of the processor that one press may take: most of it is Python's own start."""
pytestmark = pytest.mark.skipif(BASH is None, reason="bash is not installed")


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `tracker --show-completion bash` prints is what bash is given."""
    environment = {"PATH": f"{HERE}:/usr/bin:/bin", "_TRACKER_COMPLETE": "source_bash"}
    result = subprocess.run(["tracker"], env=environment, capture_output=True, text=True, check=True)
    path = tmp_path_factory.mktemp("completion") / "tracker.bash"
    path.write_text(result.stdout)
    return path


def offered(script: Path, line: str) -> tuple[list[str], str]:
    """What bash would offer at the end of a line, and what was printed meanwhile."""
    words = line.split(" ")
    program = f"""
        source {script}
        COMP_WORDS=({" ".join(f"'{word}'" for word in words)}) COMP_CWORD={len(words) - 1} COMP_LINE='{line}'
        $(complete -p tracker | sed 's/.*-F \\([^ ]*\\) .*/\\1/') tracker
        printf '%s\\n' "${{COMPREPLY[@]}}" >&3
    """
    command = [str(BASH), "--norc", "-c", f"exec 3>$1; {program}", "bash", str(script.with_suffix(".out"))]
    environment = {"PATH": f"{HERE}:/usr/bin:/bin", "HOME": str(script.parent)}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=script.parent)
    return script.with_suffix(".out").read_text().split(), result.stdout + result.stderr


LINES = {
    "tracker expo": ["export"],
    "tracker review wi": ["withhold", "withheld"],
    "tracker export --topic imm": ["immigration"],
    "tracker export --format ti": ["timelinejs"],
    "tracker search --how-sure un": ["uncertain"],
    "tracker export --stage re": ["rescinded", "rejected"],
    "tracker review edit e1 --stage re": ["rescinded", "rejected"],
    "tracker review edit e1 --effect ba": ["bans"],
    "tracker subscribers add a@example.org --weekday t": ["tuesday", "thursday"],
    "tracker subscribers add a@example.org --timezone America/Chic": ["America/Chicago"],
    "tracker sources import --starter --state WI": ["WI"],
    "tracker export --topic zzz": [],
}


@pytest.mark.parametrize(("line", "wanted"), LINES.items(), ids=LINES)
def test_bash_offers_the_values_and_nothing_is_printed(script: Path, line: str, wanted: list[str]) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    found, printed = offered(script, line)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert sorted(found) == sorted(wanted)
    assert printed == ""
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < QUICK_S
