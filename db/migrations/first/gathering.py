"""What is polled and what it brought: feeds, items, articles, their pages and addresses; whose turn it is at a host."""

from alembic import op

from db.migrations.first.columns import (
    BYTES,
    DAY,
    EMPTY,
    FLAG,
    KEY,
    MOMENT,
    NUMBER,
    SCORE,
    TEXT,
    columns,
    index,
    perhaps,
    primary,
    refers,
    unique,
)


def make() -> None:
    _feed()
    _article()
    _item()
    _page()
    _addresses()
    _work()


def _feed() -> None:
    op.create_table(
        "feed",
        *columns(NUMBER, "id"),
        *columns(KEY, "url"),
        *columns(TEXT, "title", "site"),
        *perhaps(KEY, "home"),
        *columns(MOMENT, "added_at"),
        *perhaps(MOMENT, "retired_at", "next_poll", "polled_at", "heard_at", "changed_at"),
        *columns(NUMBER, "interval_s", "unchanged", "errors"),
        *columns(TEXT, "error", "error_kind", "etag", "modified", "body_hash"),
        primary("feed", "id"),
        unique("feed", "url"),
    )
    index("feed", "next_poll")


def _article() -> None:
    op.create_table(
        "article",
        *columns(NUMBER, "id"),
        *columns(KEY, "url"),
        *columns(TEXT, "title"),
        *columns(KEY, "text_hash"),
        *columns(DAY, "published"),
        *perhaps(MOMENT, "published_at"),
        *columns(KEY, "published_basis", default="stated"),
        *columns(TEXT, "publisher"),
        *columns(TEXT, "byline", default=EMPTY),
        *perhaps(KEY, "source_home"),
        *perhaps(NUMBER, "feed_id"),
        *columns(KEY, "report"),
        *perhaps(BYTES, "signature"),
        *columns(MOMENT, "stored_at"),
        *perhaps(MOMENT, "read_at"),
        *columns(KEY, "reader_version"),
        *perhaps(FLAG, "is_change"),
        *columns(SCORE, "score"),
        *columns(TEXT, "reason"),
        *columns(TEXT, "text"),  # last: SQLite walks through a long text to reach the columns after it
        refers("article", "feed_id", "feed", "SET NULL"),
        primary("article", "id"),
        unique("article", "url"),
    )
    for names in (("feed_id",), ("published",), ("reader_version", "id"), ("report",), ("text_hash",)):
        index("article", *names)


def _item() -> None:
    op.create_table(
        "item",
        *columns(NUMBER, "id", "feed_id"),
        *columns(KEY, "identity"),
        *columns(TEXT, "url", "title", "summary", "content"),
        *perhaps(MOMENT, "published"),
        *columns(MOMENT, "first_seen"),
        *columns(TEXT, "state"),
        *columns(NUMBER, "tries"),
        *perhaps(MOMENT, "next_try"),
        *columns(TEXT, "error"),
        *perhaps(NUMBER, "article_id"),
        *columns(TEXT, "publisher", default=EMPTY),
        *perhaps(KEY, "screened_by"),
        refers("item", "article_id", "article", "SET NULL"),
        refers("item", "feed_id", "feed", "CASCADE"),
        primary("item", "id"),
        unique("item", "feed_id", "identity"),
    )
    index("item", "article_id")
    index("item", "next_try")
    index("item", "screened_by", "feed_id", where="screened_by IS NOT NULL")
    op.create_table(
        "item_key",
        *columns(NUMBER, "feed_id"),
        *columns(KEY, "key"),
        *columns(NUMBER, "item_id"),
        refers("item_key", "feed_id", "feed", "CASCADE"),
        refers("item_key", "item_id", "item", "CASCADE"),
        primary("item_key", "feed_id", "key"),
    )
    index("item_key", "item_id")


def _page() -> None:
    op.create_table(
        "page",
        *columns(NUMBER, "article_id"),
        *columns(TEXT, "url", "content_type"),
        *columns(MOMENT, "fetched_at"),
        *columns(TEXT, "sha256"),
        *columns(NUMBER, "size"),
        *columns(BYTES, "packed"),
        refers("page", "article_id", "article", "CASCADE"),
        primary("page", "article_id"),
    )
    index("page", "fetched_at")


def _addresses() -> None:
    for table, owner, moment in (("feed_address", "feed", "until"), ("article_address", "article", "seen_at")):
        op.create_table(
            table,
            *columns(KEY, "url"),
            *columns(NUMBER, f"{owner}_id"),
            *columns(MOMENT, moment),
            refers(table, f"{owner}_id", owner, "CASCADE"),
            primary(table, "url"),
        )
        index(table, f"{owner}_id")


def _work() -> None:
    op.create_table(
        "in_hand",
        *columns(NUMBER, "article_id"),
        *columns(TEXT, "run"),
        *columns(NUMBER, "alone"),
        refers("in_hand", "article_id", "article", "CASCADE"),
        primary("in_hand", "article_id"),
    )
    op.create_table(
        "host_turn",
        *columns(KEY, "host"),
        *columns(MOMENT, "next_start", "closed_until"),
        primary("host_turn", "host"),
    )
    op.create_table(
        "host_lease",
        *columns(KEY, "key", "host"),
        *columns(MOMENT, "until"),
        primary("host_lease", "key"),
    )
    index("host_lease", "host")
