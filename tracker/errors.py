"""Everything that can go wrong and is expected to.

    TrackerError                  one line for people, saying what to do
    ├── GatherError               carries the address that it is about
    │   ├── FetchError            the address could not be had
    │   │   ├── AddressRefused    a private, loopback, link-local or metadata address, or a scheme other than http(s)
    │   │   ├── HttpStatusError   the server answered, with an error
    │   │   │   └── NotAsked      it asked for quiet a while ago, so it was not asked again
    │   │   ├── TooLarge          more than the limit after decompression
    │   │   ├── TooManyRedirects
    │   │   ├── RobotsRefused     robots.txt asks us not to
    │   │   └── NetworkError      no connection, no answer in time, a broken answer
    │   │       └── Unheard       not even the beginning of an answer: may be the fault of this machine's own network
    │   ├── FeedError             the bytes are not a feed
    │   │   └── DamagedFeed       they begin as one, and break off before the first item that can be read
    │   ├── RecordError           a government's record cannot be read: no such council, no sheet of agreements
    │   ├── DocumentError         the bytes of a published policy give no text; what was kept of it before stands
    │   │   ├── LockedDocument    a PDF that opens with a password only
    │   │   ├── DamagedDocument   a PDF that breaks off, or is none inside
    │   │   ├── HeavyDocument     more time or memory than one document may take
    │   │   └── OtherDocument     neither PDF nor page: a workbook, a picture, nothing at all
    │   └── PageError             the page holds no article
    │       └── DeadEnd           and never will: no link, no web page, a paywall
    ├── BadInput                  a line, a file, an argument or a form that cannot be used
    │   └── BadValue              a value that an option or a field cannot take: on the command line bad usage
    │       └── UnknownPlace      a place that the gazetteer does not have, or has several of
    ├── OpinionError              a language model was asked, and no usable answer came
    │   ├── OpinionDenied         its server says no to all that we ask: the key, the model, the address
    │   ├── OpinionLater          it asks for quiet, is not there, takes too long, or sends what is no answer
    │   └── OpinionBroken         what the model answered about this article cannot be used
    ├── OpinionRefused            a language model's answer that does not keep to what it was asked
    ├── SettingsError             a setting that cannot be used
    ├── ScorerFault               what scores articles cannot be reached now: no fault of an article
    └── StorageError              the database or a folder cannot be read or written

Anything else is a bug and propagates.
"""


class TrackerError(Exception):
    """Base: `str(error)` is one line for people that says what is wrong and what to do."""


class GatherError(TrackerError):
    """An expected failure on the way from the network to an article."""

    def __init__(self, url: str, message: str) -> None:
        super().__init__(message)
        self.url = url


class FetchError(GatherError):
    """The address could not be had."""


class AddressRefused(FetchError):
    """The address is one that we never connect to."""


class HttpStatusError(FetchError):
    """The server answered with an error status. `further` is said behind its number."""

    def __init__(
        self, url: str, status: int, retry_after: float | None = None, further: str = "", body: bytes = b""
    ) -> None:
        super().__init__(url, f"the server answered HTTP {status}{further}")
        self.status = status
        self.retry_after = retry_after
        """Seconds that the server asked us to wait, if it did."""
        self.body = body
        """The reason that it gave, of an answer to a POST."""


class NotAsked(HttpStatusError):
    """The server answered so a while ago and asked for quiet, which lasts: nothing was sent."""


class TooLarge(FetchError):
    """The body is larger than the limit."""


class TooManyRedirects(FetchError):
    """More redirects than the limit, or a loop."""


class RobotsRefused(FetchError):
    """robots.txt disallows this page for us."""


class NetworkError(FetchError):
    """No connection, no answer in time, or a broken answer."""


class Unheard(NetworkError):
    """Not even the beginning of an answer came: no name, no connection, no byte. Where many hosts are unheard at once,
    the fault is this machine's own (tracker.gather.outage). `why` is the reason in one word, where it is known: name,
    certificate, tls, refused, slow."""

    why: str = ""


class FeedError(GatherError):
    """The bytes are not a feed."""


class RecordError(GatherError):
    """A government's record that cannot be read: no such council, no sheet of agreements; the message says what to do.
    `passes`: it may be the server's trouble, and over soon."""

    def __init__(self, url: str, message: str, *, passes: bool = False) -> None:
        super().__init__(url, message)
        self.passes = passes


class DocumentError(GatherError):
    """The bytes of a published policy that give no text."""


class LockedDocument(DocumentError):
    """A PDF that opens with a password only."""


class DamagedDocument(DocumentError):
    """A PDF that breaks off, or is none inside."""


class HeavyDocument(DocumentError):
    """A document that takes more time or memory than one may."""


class OtherDocument(DocumentError):
    """Neither PDF nor page."""


class DamagedFeed(FeedError):
    """A feed whose XML is broken, and of which no item can be read."""

    def __init__(
        self,
        url: str,
        message: str = "the feed is damaged and no item of it can be read: it breaks off, or its XML is broken",
    ) -> None:
        super().__init__(url, message)


class PageError(GatherError):
    """The page holds no article text."""


class DeadEnd(PageError):
    """No page with an article is to be had there, now or later."""


class BadInput(TrackerError):
    """A line, a file, an argument or a form that cannot be used."""


class BadValue(BadInput):
    """A value that an option or a field cannot take; the message names what it can."""


class UnknownPlace(BadValue):
    """A place name that the gazetteer does not have, or has several of."""


class OpinionError(TrackerError):
    """A language model was asked, and no usable answer came. The encoder's reading stands."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """Seconds that the server asked us to wait, if it did."""


class OpinionDenied(OpinionError):
    """The server says no, and will to every article until a setting, the account or the server changes."""


class OpinionLater(OpinionError):
    """The server asks for quiet, is not there, takes too long or sends what is no answer, most likely to every one."""


class OpinionBroken(OpinionError):
    """The model's answer about this article is empty, unfinished or declined; one about another may be fine."""


class OpinionRefused(TrackerError):
    """An answer of a language model that does not keep to what it was asked; the message is the reason."""


class SettingsError(TrackerError):
    """A setting that cannot be used."""


class ScorerFault(TrackerError):
    """What scores articles cannot be reached now: a file of its model is missing, its library cannot be loaded, its
    server does not answer. It says nothing about any article: reading stops, and is tried again later."""


class StorageError(TrackerError):
    """The database or a folder cannot be read or written."""
