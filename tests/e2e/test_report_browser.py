"""The report and the mail as a browser shows them: from files, offline, with and without scripts, light and dark."""

import runpy
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from support.documents.published import documents
from support.sources.hearings import with_hearings
from support.timeline.list_catalogue import write_site
from support.web.chromium import MARKS, assert_accessible
from tracker.model import Direction, Mark
from tracker.publish.mail.digest import Letter, compose
from tracker.publish.report import site_pages
from tracker.publish.report.pages import names

pytestmark = MARKS
samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
NOW = samples["NOW"]
PAGES = {
    **{item.folder.rstrip("/") or "index": f"{item.folder}index.html" for item in site_pages.PAGES},
    "place": "wi/milwaukee/index.html",
    "county with a correction": "wi/county/dane/index.html",
    "all stages": "wa/pasco/index.html",
    "uncertain place": "mo/springfield/index.html",
    "empty place": "wi/madison/index.html",
    "hostile place": "tx/x/index.html",
    "state": "wi/index.html",
    "policy": "policy/p-camping/index.html",
    "entry": "entry/e-detainer-e/index.html",
    "entry with its proof": "directions/entry/e-sop130-e/index.html",
    "withdrawn entry": "entry/e-fair/index.html",
    "topic": "topic/homelessness/index.html",
    "topic in a state": "topic/immigration/wi/index.html",
    "data": "data/index.html",
    "place in a frame": "embed/wi/milwaukee/index.html",
    "policy in a frame": "embed/policy/p-camping/index.html",
    "hostile place in a frame": "embed/tx/x/index.html",
    "digest": "digest.html",
    "empty site": "empty/index.html",
    "place that is filtered": "directions/wi/milwaukee/index.html",
    "coming up": "hearings/coming/index.html",
    "coming up on a topic": "hearings/coming/streets/index.html",
    "coming up on a topic, nothing": "hearings/coming/housing/index.html",
    "place with hearings": "hearings/wi/milwaukee/index.html",
    "place with a record and no hearing": "hearings/wi/madison/index.html",
    "document": "hearings/documents/4/index.html",
    "document that is gone": "hearings/documents/5/index.html",
    "documents": "hearings/documents/index.html",
    "documents of a place": "hearings/documents/wi/milwaukee/index.html",
    "quietly changed": "hearings/documents/quiet/index.html",
    "policy with a hearing": "hearings/policy/p-sop130/index.html",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    coverage = samples["all_coverage"]()
    options = {"contact": "desk@example.org", "coverage": coverage, "public_url": "https://tracker.example"}
    write_site(samples["all_places"](), out, now=NOW, **options)
    write_site([], out / "empty", now=NOW)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(names, "WHOLE", 0)  # as of thousands of places
        write_site(samples["all_places"](), out / "many", now=NOW)
    write_site([_with_directions(place) for place in samples["all_places"]()], out / "directions", now=NOW)
    write_site(
        [with_hearings(place) for place in samples["all_places"]()], out / "hearings", now=NOW, texts=documents()
    )
    digest = compose(samples["all_entries"](), Letter(NOW.date(), coverage, contact="desk@example.org"))
    (out / "digest.html").write_text(digest.html, "utf-8")
    return out


WAYS = {"p-sop130": Direction.MORE_COOPERATION, "p-camping": Direction.STRICTER}


def _proven(entry):
    """The same with words around each quote, and its first words marked for two fields."""

    def around(item):
        found = item.finding
        marks = tuple(Mark(field=name, start=10, end=10 + length) for name, length in (("body", 9), ("place", 4)))
        told = {"start": 10, "end": 10 + len(found.quote), "before": "Before it. ", "after": " After.", "marks": marks}
        return item.model_copy(update={"finding": found.model_copy(update=told)})

    return entry.model_copy(update={"evidence": tuple(map(around, entry.evidence))})


def _with_directions(place):
    """The same place where the steps of some policies are known to lead one way, all of one topic, with their proof."""
    policies = []
    for policy in place.policies:
        told = {"direction": WAYS.get(policy.id), "topic": "immigration"}
        entries = tuple(_proven(entry.model_copy(update=told)) for entry in policy.entries)
        policies.append(policy.model_copy(update={"entries": entries, "topic": "immigration"}))
    return place.model_copy(update={"policies": tuple(policies)})


@pytest.fixture
def visit(browser, site):
    """Opens a page; at the end no error may stand in the console and no request may have left the folder."""
    contexts, troubles = [], []

    def open_page(path, width=1440, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda request: troubles.append(request.url) if _is_outside(request.url, site) else None)
        page.on("dialog", lambda dialog: troubles.append(f"dialog: {dialog.message}"))
        page.goto((site / path).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def _is_outside(url, site):
    return not url.startswith((site.as_uri() + "/", "data:,"))


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_has_no_accessibility_violation_in_light_and_dark(visit, path):
    page = visit(path, reduced_motion="reduce", bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true })")
    assert_accessible(page)


PALE = "document.querySelector('h1').style.color = 'light-dark({})'"


@pytest.mark.parametrize(
    ("harm", "rule"),
    [
        ("document.documentElement.lang = '#ddd'", "html-lang-valid"),
        (PALE.format("#ddd, #eee"), "color-contrast"),
        (PALE.format("#111, #222"), "color-contrast"),
    ],
)
def test_the_accessibility_checker_sees_what_is_wrong(visit, harm, rule):
    page = visit("wi/milwaukee/index.html", bypass_csp=True)
    page.evaluate(harm)
    with pytest.raises(AssertionError, match=rule):
        assert_accessible(page)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_fits_every_window_and_runs_nothing_foreign(visit, path):
    page = visit(path)
    for width in (320, 380, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{width} px"
    assert not page.evaluate("'pwned' in window")


def test_every_page_works_without_scripts(visit, site):
    page = visit("index.html", java_script_enabled=False)
    for path in PAGES.values():
        page.goto((site / path).as_uri())
        assert page.locator("h1").inner_text().strip(), path
        assert page.locator("main").is_visible(), path


def test_one_walks_from_the_index_to_the_source_by_links(visit):
    page = visit("index.html", java_script_enabled=False)
    page.get_by_role("link", name="Milwaukee", exact=True).first.click()
    assert page.locator("h1").inner_text() == "Milwaukee, Wisconsin"
    page.get_by_role("link", name="Revised police procedure on immigration status takes effect").click()
    page.get_by_role("link", name="Police procedure on questions about immigration").last.click()
    page.get_by_role("link", name="Immigration", exact=True).click()
    page.get_by_role("link", name="Milwaukee", exact=True).click()
    sources = page.get_by_role("link", name="Milwaukee Ledger").evaluate_all("links => links.map(link => link.href)")
    assert "https://news.example/milwaukee/police-order" in sources


def test_the_proof_of_a_field_is_told_by_words_and_not_by_colour_alone(visit):
    page = visit("directions/entry/e-sop130-e/index.html")
    first = page.locator(".evidence").first
    assert first.locator("mark").first.inner_text().replace("\n", " ") == "The place, body"
    assert first.locator(".around").first.inner_text().strip() == "Before it."
    assert "the quoted sentence is in bold" in first.inner_text()
    weights = [
        first.locator(name).first.evaluate("e => getComputedStyle(e).fontWeight") for name in (".said", ".around")
    ]
    assert weights == ["600", "400"]


def test_the_first_tab_leads_past_the_navigation(visit):
    page = visit("wi/milwaukee/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_every_link_can_be_reached_by_keyboard_in_the_order_of_the_page(visit):
    page = visit("wi/milwaukee/index.html")
    count = page.evaluate("document.querySelectorAll('a[href], summary, select').length")
    seen = []
    for _ in range(count):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("[...document.querySelectorAll('a[href], summary, select')].indexOf(document.activeElement)")
        )
    assert seen == list(range(count))


@pytest.mark.parametrize("path", ["index.html", "places/index.html"])
def test_a_place_is_found_while_one_types(visit, path):
    page = visit(path)
    page.get_by_label("Find a place").fill("mil")
    found = page.locator(".found li")
    found.first.wait_for()
    assert found.all_inner_texts() == ["Milwaukee, Wisconsin\n3"]
    assert page.locator("form.search [role=status]").inner_text() == "1 place"
    page.get_by_label("Find a place").fill("wisc")
    assert found.count() == 3
    page.get_by_label("Find a place").fill("nowhere")
    assert page.locator("form.search [role=status]").inner_text() == "No place of that name is followed."
    page.get_by_label("Find a place").fill("dane")
    page.keyboard.press("Enter")
    page.wait_for_url("**/wi/county/dane/index.html")
    assert page.locator("h1").inner_text() == "Dane County, Wisconsin"


def test_of_many_places_only_the_names_are_loaded_that_begin_as_what_is_typed(visit):
    page, field, asked = visit("many/index.html"), "Find a place", []
    page.on("request", lambda request: asked.append(request.url.rpartition("places/")[2]))
    for typed, said in (("m", "Type at least two letters"), ("xy", "No place"), ("milwaukee, wis", "1 place")):
        page.get_by_label(field).fill(typed)
        page.locator("form.search [role=status]").filter(has_text=said).wait_for()
    assert page.locator(".found li").all_inner_texts() == ["Milwaukee, Wisconsin\n3"]
    page.get_by_label(field).fill("wisc")
    page.locator(".found a", has_text="Wisconsin").wait_for()
    assert asked == ["names.js", "names/mi.js", "names/wi.js"]


def test_steps_that_lead_another_way_are_hidden_by_keyboard_and_without_scripts(visit):
    for options in ({}, {"java_script_enabled": False}):
        page = visit("directions/topic/immigration/index.html", **options)
        rows, groups = page.locator(".marks tr:has(td):visible"), page.locator(".marks tr.group:visible")
        everything = rows.count()
        page.focus("#direction-all")
        page.keyboard.press("ArrowRight")
        assert 0 < rows.count() < everything
        others = [text for text in rows.all_inner_texts() if "SOP 130" not in text]
        assert others
        assert all("direction not known" in text for text in others), "what is not known stays, and says so"
        assert "Wisconsin" in groups.all_inner_texts()
        page.keyboard.press("ArrowLeft")
        assert rows.count() == everything


@pytest.mark.parametrize("path", ["wi/index.html", "places/index.html"])
def test_no_name_of_a_place_is_broken_in_mid_word(visit, path):
    page = visit(path)
    for width in (380, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        lines = page.locator(".tally bdi").filter(has_not_text="script").evaluate_all(WORDS_ON_ONE_LINE)
        assert lines, "names were looked at"
        assert set(lines) == {1}, f"{width} px"


WORDS_ON_ONE_LINE = """names => names.flatMap(name => {
  const text = name.firstChild, lines = [];
  for (const word of text.data.matchAll(/\\S+/g)) {
    const range = document.createRange();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    lines.push(range.getClientRects().length);
  }
  return lines;
})"""


def test_the_map_leads_to_a_place_by_keyboard_and_can_be_passed(visit):
    page = visit("index.html")
    page.focus(".past")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert not page.evaluate("!!document.activeElement.closest('svg')"), "past the map"
    said = "Milwaukee, WI: 2 policies, 3 steps"
    page.get_by_role("link", name=said).focus()
    assert page.evaluate("document.activeElement.querySelector('title').textContent").startswith(said)
    page.keyboard.press("Enter")
    page.wait_for_url("**/wi/milwaukee/index.html")


def test_the_map_is_coloured_by_topic_by_keyboard_and_without_scripts_and_its_key_follows(visit):
    page = visit("index.html", java_script_enabled=False)
    signs, letters = page.locator(".map use:visible"), page.locator(".map .letter:visible")
    assert (signs.count() > 0, letters.count(), page.locator(".by-topic").is_visible()) == (True, 0, False)
    page.focus("#map-standing")
    page.keyboard.press("ArrowRight")
    assert (signs.count(), letters.count() > 0, page.locator(".by-topic").is_visible()) == (0, True, True)


def test_what_lies_further_than_some_miles_is_dimmed_on_the_map(visit):
    page = visit("index.html")
    page.get_by_label("Near").select_option(label="Milwaukee, WI")
    near = page.locator(".map a[data-where]:not(.far) title").all_text_contents()
    assert [said.partition(":")[0] for said in near] == ["Milwaukee, WI"]
    page.get_by_label("within").select_option("100")
    near = page.locator(".map a[data-where]:not(.far) title").all_text_contents()
    assert sorted(said.partition(":")[0] for said in near) == ["Dane County, WI", "Milwaukee, WI"]


def test_the_search_of_a_hostile_name_runs_nothing(visit):
    page = visit("places/index.html")
    page.get_by_label("Find a place").fill("script")
    page.locator(".found li").first.wait_for()
    assert "<script>window.pwned" in page.locator(".found li").first.inner_text()
    assert not page.evaluate("'pwned' in window")


def test_without_scripts_the_whole_list_stands_there_and_no_search(visit):
    page = visit("places/index.html", java_script_enabled=False)
    assert page.locator("main .tally li:visible").count() == 6
    assert not page.get_by_label("Find a place").is_visible()


def test_a_printed_place_shows_revisions_and_addresses_and_no_navigation(visit):
    page = visit("wi/county/dane/index.html")
    page.emulate_media(media="print")
    assert page.locator(".revisions ol").first.is_visible()
    assert not page.get_by_role("navigation", name="Main").is_visible()
    link = page.locator(".evidence figcaption a").first
    assert "https://dane.example" in link.evaluate("link => getComputedStyle(link, '::after').content")
    assert page.pdf(format="A4")[:5] == b"%PDF-"


def test_a_stage_is_told_by_word_and_shape(visit):
    page = visit("wa/pasco/index.html")
    shapes = {}
    for entry in page.locator(".entry").all():
        word = entry.locator(".stage").first.inner_text()
        shapes[word] = entry.locator(".point svg").evaluate("svg => svg.innerHTML")
    assert set(shapes) == {"Proposed", "Adopted", "Took effect", "Ended", "Rejected", "Blocked"}
    assert len(set(shapes.values())) == len(shapes)
