"""What readers are shown: the values of the setting `publish`."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

ALLOWED = "all, likely, confirmed, or a chance from 0 to 1 with at most two decimals, as 0.5"
_CHANCE = re.compile(r"0|1|0?\.\d{1,2}|[01]\.0{1,2}")


@dataclass(frozen=True, slots=True)
class Publish:
    """Which entries are shown to readers: all, those that are sure or likely, only those that a person confirmed, or
    those of at least such a chance; what a person confirmed is always shown. Whole percents, as searches keep them."""

    name: str
    chance: float | None = None

    ALL: ClassVar[Self]
    LIKELY: ClassVar[Self]
    CONFIRMED: ClassVar[Self]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def parse(cls, text: str) -> "Publish":
        """`likely`, `0.5`. Raises ValueError, which says what is allowed."""
        named = {one.name: one for one in (cls.ALL, cls.LIKELY, cls.CONFIRMED)}
        if text in named:
            return named[text]
        if not _CHANCE.fullmatch(text):
            raise ValueError(f"{text!r} is none of {ALLOWED}")
        return cls(text, float(text))

    @classmethod
    def or_nothing(cls, value: Any) -> "Publish | Literal['']":
        """The value of a setting that may be empty; a file has a chance as a number, the environment as text."""
        return value if isinstance(value, cls) or value == "" else cls.parse(str(value).strip())

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def read(value: Any) -> "Publish":
            return value if isinstance(value, cls) else cls.parse(str(value).strip())

        return core_schema.no_info_plain_validator_function(read, serialization=core_schema.to_string_ser_schema())


Publish.ALL = Publish("all")
Publish.LIKELY = Publish("likely")
Publish.CONFIRMED = Publish("confirmed")
