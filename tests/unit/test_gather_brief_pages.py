"""Pages of few words: paragraphs stay paragraphs, and headline, byline and date are no part of the text."""

import pytest

from tracker.errors import PageError
from tracker.gather.pages.extraction import extract_article, page_facts

URL = "https://www.bugle.example/bag-fee"
HEADLINE = "<h1>Elmwood repeals its bag fee</h1>"
FIRST = "ELMWOOD - The Elmwood City Council voted 7-4 on Tuesday to repeal the city's fee on plastic bags."
SECOND = "The repeal takes effect Jan. 1, City Attorney Lee Ott said Wednesday."
THIRD = "Stores may keep charging for bags if they like, he said, but they need not tell the city of it any more."
NAV = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/sports'>Sports</a></li></ul></nav>"
FOOT = "<footer><p>Copyright The Bugle. All rights reserved.</p></footer>"


def page(body: str, head: str = "") -> bytes:
    return f"<html><head><title>The Bugle</title>{head}</head><body>{body}</body></html>".encode()


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("a class", f"<article>{HEADLINE}<p class='byline'>By Dana Roe</p><time>2026-11-12</time>TEXT</article>"),
        ("spans", f"<article>{HEADLINE}<span>By Dana Roe</span> | <span>Nov. 12, 2026</span>TEXT</article>"),
        ("a div", f"<article>{HEADLINE}<div>By Dana Roe</div><div>Nov. 12, 2026</div><div>TEXT</div></article>"),
        ("time in a p", f"<article>{HEADLINE}<p>By Dana Roe, <time>Nov. 12, 2026</time></p>TEXT</article>"),
        ("a header", f"<article><header>{HEADLINE}<p>By <a href='/roe'>Dana Roe</a></p></header>TEXT</article>"),
        ("a frame", f"{NAV}<main><article>{HEADLINE}<i>Dana Roe</i><div>TEXT</div></article></main>{FOOT}"),
        (
            "a list",
            f"<article>{HEADLINE}<ul><li>By Dana Roe</li><li>Nov. 12</li></ul><section>TEXT</section></article>",
        ),
    ],
    ids=lambda value: value if "<" not in value else "",
)
def test_what_stands_above_a_brief_is_no_part_of_it(what: str, body: str) -> None:
    assert extract_article(page(body.replace("TEXT", paragraphs(FIRST, SECOND))), URL).text == f"{FIRST}\n\n{SECOND}"
    one = f"{FIRST} {SECOND}"
    assert extract_article(page(body.replace("TEXT", paragraphs(one))), URL).text == one


@pytest.mark.parametrize("tag", ["div", "section", "main"])
def test_a_brief_without_an_article_element(tag: str) -> None:
    above = f"{HEADLINE}<p>By Dana Roe</p><time>2026-11-12</time>"
    body = f"<{tag}>{above}<div>{paragraphs(FIRST, THIRD)}</div></{tag}>"
    assert extract_article(page(body), URL).text == f"{FIRST}\n\n{THIRD}"


def test_another_headline_in_the_meta_elements_is_no_sentence_either() -> None:
    head = '<meta property="og:title" content="Bag fee repealed">'
    body = f"<article>{HEADLINE}<p>By Dana Roe</p>{paragraphs(FIRST, SECOND)}</article>"
    assert extract_article(page(body, head), URL).text == f"{FIRST}\n\n{SECOND}"


def test_a_paragraph_that_only_the_last_resort_finds_is_kept_apart() -> None:
    body = f"<article>{HEADLINE}{paragraphs(FIRST)}<div class='teaser'>{paragraphs(THIRD)}</div></article>"
    assert extract_article(page(body), URL).text == f"{FIRST}\n\n{THIRD}"


def test_a_teaser_in_an_article_is_no_article() -> None:
    with pytest.raises(PageError, match="no article text"):
        extract_article(page(f"<article>{HEADLINE}<p class='byline'>By Dana Roe</p>{paragraphs(FIRST)}</article>"), URL)


def test_one_of_several_short_articles_is_a_list() -> None:
    card = f"<article>{HEADLINE}{paragraphs(f'{FIRST} {SECOND}')}</article>"
    assert extract_article(page(card), URL).text
    with pytest.raises(PageError, match="no article text"):
        extract_article(page(card + "<article><h2>Fair opens</h2><p>It runs until Sunday.</p></article>"), URL)


def test_a_line_of_items_without_sentences_is_not_emptied() -> None:
    assert page_facts(page("<article><h1>Agenda</h1><p>Roll call</p><p>New business</p></article>"), URL).text


def test_a_longer_page_keeps_what_the_rules_found() -> None:
    told = (FIRST, SECOND, THIRD, FIRST.replace("7-4", "8-3"))
    body = f"<article>{HEADLINE}<p>Elmwood, Ridgeton</p>{paragraphs(*told)}</article>"
    assert extract_article(page(body), URL).text == "\n\n".join(("Elmwood, Ridgeton", *told))
