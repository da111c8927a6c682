"""Article pages: text, title, moment, publisher, lasting address, and pages that hold no article."""

import json

import pytest

from tracker.errors import PageError
from tracker.gather.pages.extraction import extract_article, surroundings

URL = "https://www.bugle.example/2019/05/no-knock/?utm_source=rss"
PARAGRAPHS = (
    "The Ridgeton City Council voted 6-1 on Tuesday night to end no-knock warrants within the city limits.",
    "Police Chief Ana Ruiz told the council that the new general order takes effect June 1, and that officers "
    "will be trained before then.",
    "Two residents spoke against the change, and eleven spoke in favor of it during the public hearing.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def page(head: str = "", body: str = "", paragraphs: tuple[str, ...] = PARAGRAPHS, before: str = "") -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Council ends warrants | Bugle</title>
    {head}</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/sports">Sports</a></li></ul></nav>
    <main><article>{before}{text}{body}</article></main>
    <footer><p>Copyright The Bugle. All rights reserved.</p></footer>
    </body></html>""".encode()


def linked(**values: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **values}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


def test_the_text_keeps_its_paragraphs_and_nothing_else_of_the_page() -> None:
    headline = "<h1>Council ends warrants</h1>"
    found = extract_article(page(before=headline, body="<p>Advertisement</p>"), URL)
    assert found.text == TEXT
    assert found.title == "Council ends warrants"


@pytest.mark.parametrize(
    ("what", "head", "before", "expected"),
    [
        ("JSON-LD", linked(datePublished="2019-05-08T06:00:00-05:00"), "", "2019-05-08T06:00:00-05:00"),
        (
            "JSON-LD in a graph, of an array type",
            '<script type="application/ld+json">{"@graph": [{"@type": "Person"}, '
            '{"@type": ["Thing", "ReportageNewsArticle"],'
            ' "datePublished": "2019-05-08T11:00:00Z"}]}</script>',
            "",
            "2019-05-08T11:00:00+00:00",
        ),
        (
            "broken JSON-LD, then a meta element",
            '<script type="application/ld+json">{"</script>'
            + meta("article:published_time", "2019-05-08T06:00:00-0500"),
            "",
            "2019-05-08T06:00:00-05:00",
        ),
        (
            "JSON-LD with a bad date, then meta",
            linked(datePublished="soon") + meta("article:published_time", "2019-05-08"),
            "",
            "2019-05-08T12:00:00+00:00",
        ),
        (
            "the published time, not the modified one",
            meta("article:modified_time", "2020-01-01T00:00:01Z")
            + meta("article:published_time", "2019-05-08T11:00:00Z"),
            "",
            "2019-05-08T11:00:00+00:00",
        ),
        (
            "a meta name of another program",
            '<meta name="parsely-pub-date" content="2019-05-08T11:00:00Z">',
            "",
            "2019-05-08T11:00:00+00:00",
        ),
        ("a time element", "", '<time datetime="2019-05-08T06:00:00-05:00">May 8</time>', "2019-05-08T06:00:00-05:00"),
        ("the address", "", "", "2019-05-01T12:00:00+00:00"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value and "<" not in value else "",
)
def test_the_moment_of_publication(what: str, head: str, before: str, expected: str) -> None:
    url = URL.replace("/05/", "/05/01/") if what == "the address" else "https://www.bugle.example/no-knock"
    found = extract_article(page(head, before=before), url).published
    assert found is not None
    assert found.isoformat() == expected


def test_a_page_without_any_date_has_none() -> None:
    assert extract_article(page(), "https://www.bugle.example/no-knock").published is None


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("", "Council ends warrants | Bugle"),
        (meta("og:title", "Board &amp;amp; council"), "Board & council"),
        (linked(headline="By JSON"), "By JSON"),
        (linked(headline=["no", "text"]), "Council ends warrants | Bugle"),
    ],
)
def test_the_title(head: str, title: str) -> None:
    assert extract_article(page(head), URL).title == title


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("", ""),
        (meta("og:site_name", "The Bugle"), "The Bugle"),
        (linked(publisher={"@type": "Organization", "name": "Bugle Media"}), "Bugle Media"),
        (linked(publisher=[{"name": 5}, {"name": "Second"}]), "Second"),
        (linked(publisher="a string"), ""),
    ],
)
def test_the_publisher(head: str, publisher: str) -> None:
    assert extract_article(page(head), URL).publisher == publisher


PLAIN = "https://www.bugle.example/2019/05/no-knock/"


@pytest.mark.parametrize(
    ("what", "url", "link", "expected"),
    [
        ("no link: the address without tracking", URL, None, PLAIN),
        ("its own address", URL, PLAIN, PLAIN),
        ("a relative link", URL, "/story/77", "https://www.bugle.example/story/77"),
        (
            "the mobile page names the other",
            "https://m.bugle.example/s?id=7",
            "https://bugle.example/s/7",
            "https://bugle.example/s/7",
        ),
        (
            "the AMP page names the other",
            "https://bugle.example/s/7/amp",
            "https://bugle.example/s/7/",
            "https://bugle.example/s/7/",
        ),
        (
            "the print page names the other",
            "https://bugle.example/s/7/print",
            "https://bugle.example/s/7",
            "https://bugle.example/s/7",
        ),
        ("another site is not believed", URL, "https://wire.example/2019/05/no-knock/", PLAIN),
        ("a site whose name only ends the same is not believed", URL, "https://evil-bugle.example/x", PLAIN),
        ("the home page is not believed", URL, "https://www.bugle.example/", PLAIN),
        ("a section is not believed", URL, "https://www.bugle.example/2019/05/", PLAIN),
        ("a script is not believed", URL, "javascript:alert(1)", PLAIN),
        ("no address at all", URL, "http://[", PLAIN),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_the_lasting_address(what: str, url: str, link: str | None, expected: str) -> None:
    head = f'<link rel="canonical" href="{link}">' if link else ""
    assert extract_article(page(head), url).canonical_url == expected


def test_the_article_in_json_ld_stands_in_where_the_page_is_built_by_a_script() -> None:
    body = (
        "<html><head>"
        + linked(articleBody=f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>")
        + "</head><body></body></html>"
    )
    assert extract_article(body.encode(), URL).text == "\n\n".join(PARAGRAPHS[:2])


STUB = (
    "The council voted on Tuesday to end the practice of entering homes without knocking, "
    "a change that has been debated for three years in the city.",
)
NO_ARTICLES = [
    ("nothing", b"", "text/html", "empty"),
    ("blank", b" \n ", "", "empty"),
    ("a picture", b"\x89PNG\r\n", "image/png", "image/png"),
    ("a PDF file", b"%PDF-1.7", "application/pdf", "application/pdf"),
    ("a teaser", page(paragraphs=STUB), "text/html", "no article text"),
    (
        "a paywall",
        page(paragraphs=(*STUB, "Subscribe today to continue reading this story and every other one.")),
        "text/html",
        "paywall",
    ),
    (
        "a wall for members",
        page(paragraphs=(*STUB, "This article is only available to subscribers. Already a subscriber? Welcome back.")),
        "text/html",
        "paywall",
    ),
    (
        "a consent notice",
        page(
            paragraphs=(
                "We and our 412 partners access information on your device and process personal data.",
                "You can accept all or manage your choices now, and withdraw consent whenever you like. "
                "Our cookie policy tells what each partner does with what it learns.",
            )
        ),
        "text/html",
        "consent notice",
    ),
    (
        "a list of links",
        page(paragraphs=(), body="<ul>" + "<li><a href='/x'>Story</a></li>" * 50 + "</ul>"),
        "text/html",
        "no article text",
    ),
]


@pytest.mark.parametrize(
    ("body", "kind", "words"), [case[1:] for case in NO_ARTICLES], ids=[case[0] for case in NO_ARTICLES]
)
def test_what_holds_no_article_is_said_in_one_line(body: bytes, kind: str, words: str) -> None:
    with pytest.raises(PageError) as caught:
        extract_article(body, URL, kind)
    assert words in str(caught.value)
    assert caught.value.url == URL


def test_a_long_article_that_also_sells_subscriptions_is_an_article() -> None:
    long = PARAGRAPHS * 5
    found = extract_article(page(paragraphs=(*long, "Subscribe to read more of our work.")), URL)
    assert len(found.text) > 1200


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_letters_survive_every_encoding(encoding: str) -> None:
    text = page(paragraphs=(*PARAGRAPHS, "Señora Núñez asked for a café permit – and got it.")).decode()
    body = text.replace('<meta charset="utf-8">', "").encode(encoding)
    assert "Señora Núñez asked for a café permit – and got it." in extract_article(body, URL).text


def test_an_xhtml_page_with_a_declaration_is_a_page() -> None:
    body = b'<?xml version="1.0" encoding="utf-8"?>\n' + page()
    assert extract_article(body, URL, "application/xhtml+xml").text == TEXT


def test_a_short_report_on_a_cookie_law_is_no_consent_notice() -> None:
    told = (
        "The Elmwood City Council voted 5-2 on Monday that city websites may use cookies only if visitors agree.",
        "The ordinance, which begins in May, covers how the city may process personal data of those who visit. "
        "Nobody spoke against it, and the clerk said that the city's own cookie policy would be rewritten.",
    )
    assert "cookie policy" in extract_article(page(paragraphs=told), URL).text


@pytest.mark.parametrize("host", ["consent.news.example", "guce.news.example"])
def test_a_site_that_leads_to_a_consent_host_shows_no_article(host: str) -> None:
    with pytest.raises(PageError, match="consent notice"):
        extract_article(page(), f"https://{host}/collect")


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        (linked(author={"@type": "Person", "name": "Ada  Frey"}), "Ada Frey"),
        (linked(author=[{"name": "Ada Frey"}, "By Ben Ode", {"name": "Ada Frey"}]), "Ada Frey, Ben Ode"),
        (linked(author={"url": "https://bugle.example/frey"}) + meta("author", "by Ada Frey"), "Ada Frey"),
        (meta("parsely-author", "Ada Frey") + meta("author", "https://bugle.example/frey"), "Ada Frey"),
        (linked(author=[None, 5, {"name": ["x"]}, {"name": "x" * 5000}]), "x" * 200),
        ("", ""),
    ],
)
def test_who_wrote_it_is_what_the_page_declares(head: str, byline: str) -> None:
    assert extract_article(page(head), URL).byline == byline


ELSEWHERE = "The council of Rockford has adopted a curfew, which takes effect on May 1, 2017."
AROUND = {
    "a caption": f"<figure><img src='a.jpg'><figcaption>{ELSEWHERE}</figcaption></figure>",
    "a caption by its class": f"<div class='photo-caption'><p>{ELSEWHERE}</p></div>",
    "a box of other stories": f"<section class='trendingNow'><p>{ELSEWHERE}</p></section>",
    "a note beside it": f"<div role='complementary'><p>{ELSEWHERE}</p></div>",
    "links to other stories": f"<p><a href='/a'>{ELSEWHERE.rstrip('.')}</a></p>",
}


@pytest.mark.parametrize("box", AROUND.values(), ids=AROUND)
def test_what_the_page_marks_as_around_its_article_is_no_text(box: str) -> None:
    assert extract_article(page(body=box), URL).text == TEXT
    assert [words for _, words in surroundings(page(body=box), URL)] == [ELSEWHERE.rstrip("." * ("href" in box))]


def test_what_stands_in_a_box_is_shown_with_it_once() -> None:
    caption = AROUND["a caption by its class"]
    box = f"<section class='trendingNow'><script>load()</script><h2>Trending</h2>{caption}</section>"
    assert list(surroundings(page(body=box), URL)) == [("trending", f"Trending {ELSEWHERE}")]


POSTS = {
    "alone": "<blockquote class='twitter-tweet'><p>{}</p></blockquote>",
    "in a wrapper": "<div class='embed embed-twitter'><blockquote class='twitter-tweet'><p>{}</p></blockquote></div>",
    "in a figure": "<figure class='wp-block-embed'><div class='wp-block-embed__wrapper'><blockquote "
    "class='bluesky-embed'><p>{}</p></blockquote></div></figure>",
}


@pytest.mark.parametrize("post", POSTS.values(), ids=POSTS)
def test_a_post_that_the_article_shows_stays(post: str) -> None:
    told = "The council just adopted Ordinance 12 on a 5-2 vote, and it takes effect June 1."
    assert extract_article(page(body=post.format(told)), URL).text == f"{TEXT}\n\n{told}"


@pytest.mark.parametrize("shape", ["<div class='post has-gallery'>{}</div>", "<div id='share-weather'><p>{}</p></div>"])
def test_the_article_itself_stays_whatever_it_is_called(shape: str) -> None:
    text = "</p><p>".join(PARAGRAPHS) if "<p>" in shape else "<br><br>".join(PARAGRAPHS)
    body = f"<html><title>Council ends warrants</title><body>{shape.format(text)}</body></html>"
    assert PARAGRAPHS[1] in extract_article(body.encode(), URL).text


def test_paragraphs_that_all_bear_one_mark_are_the_article() -> None:
    marked = "".join(f"<div class='share-text'><p>{paragraph}</p></div>" for paragraph in PARAGRAPHS)
    assert extract_article(page(body=marked, paragraphs=()), URL).text == TEXT
