"""The parts that work alone: values of a text, word lists, the table of questions and answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import _frontdesk
from ._bot import tool
from ._values import Data, Date, Document, Instant, Problem, date_value, whole, written


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone in E.164; `start` and `end` count code points, as slices do."""

    e164: str
    raw: str
    start: int
    end: int
    ext: str | None = None


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail address, in lower case."""

    address: str
    raw: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date of a text; `note` says how an ambiguity was settled."""

    value: Date
    start: int
    end: int
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in minor units; `bound` is `exact`, `from`, `to` or `range` (then up to `upto`).

    Where it is not `certain` it may be any number, and counts only where a sum was asked for.
    """

    minor: int
    bound: str
    certain: bool
    start: int
    end: int
    upto: int | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A number, an order number or a name of a text."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Extracted:
    """The values of a text, each list in its order."""

    phones: list[Phone]
    emails: list[Email]
    dates: list[FoundDate]
    money: list[Amount]
    numbers: list[Found]
    orders: list[Found]
    name: Found | None
    yes_no: bool | None


def extract(
    text: str,
    *,
    region: str | None = None,
    now: Instant | None = None,
    zone: str | None = None,
    mask: str | None = None,
) -> Extracted:
    """Every value of a text: phones, e-mails, dates, sums, numbers, names.

    `region` is where phones without a country code belong (`UA`); `now` what «завтра» is relative to (1970 where
    absent); `zone` the IANA zone of the client's clock (UTC where absent); `mask` that of order numbers (`A-####`),
    which are not looked for without one. Raises FrontdeskError for an option that is none.
    """
    found: Data = tool("extract", text=text, region=region, now=now, zone=zone, mask=mask)
    return Extracted(
        phones=[Phone(**item) for item in found["phones"]],
        emails=[Email(**item) for item in found["emails"]],
        dates=[FoundDate(**{**item, "value": date_value(item["value"])}) for item in found.get("dates", ())],
        money=[Amount(**item) for item in found.get("money", ())],
        numbers=[Found(**item) for item in found.get("numbers", ())],
        orders=[Found(**item) for item in found.get("orders", ())],
        name=Found(**found["name"]) if "name" in found else None,
        yes_no=found.get("yes_no"),
    )


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed word in a text; `start` and `end` count code points."""

    word: str
    start: int
    end: int


def words(listed: Sequence[str], text: str) -> list[Hit]:
    """Where listed words stand in a text, in any of their forms, as a rule finds them."""
    # One text would be a list of its letters: the core refuses it.
    several = listed if isinstance(listed, str) else list(listed)
    return [Hit(**hit) for hit in tool("words", words=several, text=text)]


def lint(definition: Document, files: Mapping[str, str] | None = None) -> list[Problem]:
    """Errors and warnings of a definition; empty where there is nothing to say."""
    found = tool("lint", definition=definition, files=None if files is None else dict(files))
    return [Problem(**problem) for problem in found]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row with its score, 0 to 1000."""

    id: str
    score: int


@dataclass(frozen=True, slots=True)
class FaqAnswer:
    """The row that answers, or none."""

    answer: str | None
    """Id of the row."""
    say: str | dict[str, str] | None
    """Its answer, by language where the table names languages."""
    score: int
    candidates: list[Candidate]
    """The best rows, whatever the threshold."""
    close: list[str]
    """Two or three rows too close to call."""
    why: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """What ails a row, and what to do about it."""

    id: str
    line: int
    code: str
    remedy: str
    phrasing: str | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Messages that ask the same; `near` is the row that the question may join as a phrasing."""

    question: str
    times: int
    near: str | None = None


class Faq:
    """A table of questions and answers. Immutable; threads share it."""

    def __init__(
        self,
        name: str,
        table: str | Sequence[Mapping[str, Any]],
        *,
        threshold: str = "normal",
        synonyms: Sequence[Sequence[str]] = (),
    ) -> None:
        """Reads and indexes a table in CSV, TSV or JSON; `name` stands in the paths of errors.

        `threshold` is `strict`, `normal` or `eager`; `synonyms` are groups of words that mean the same. Raises
        DefinitionError with every faulty cell. Takes some 25 microseconds a phrasing.
        """
        text = whole(table) if isinstance(table, str) else written(list(table))
        options = {"threshold": threshold, "synonyms": [list(group) for group in synonyms]}
        self._faq = _frontdesk.Faq(whole(name), text, written(options))

    @classmethod
    def load(cls, path: str) -> Faq:
        """Reads the table of a file."""
        with open(path, encoding="utf-8") as file:
            return cls(path, file.read())

    def _tool(self, name: str, **argument: Any) -> Any:
        given = {key: value for key, value in argument.items() if value is not None}
        return json.loads(self._faq.tool(name, written(given)))

    def __len__(self) -> int:
        rows: int = self._tool("rows")
        return rows

    def match(self, text: str, top: int = 3) -> FaqAnswer:
        """The row that answers a message, with the `top` best rows."""
        found: Data = self._tool("match", text=text, top=top)
        return FaqAnswer(
            answer=found["answer"],
            say=found.get("say"),
            score=found["score"],
            candidates=[Candidate(**candidate) for candidate in found["candidates"]],
            close=found.get("close", []),
            why=found["why"],
        )

    def health(self, log: Sequence[str] | None = None) -> list[Finding]:
        """What ails the table; `log`, messages of clients, tells which rows nobody asks for."""
        found = self._tool("health", log=None if log is None else list(log))
        return [Finding(**finding) for finding in found]

    def discover(self, messages: Sequence[str]) -> list[Group]:
        """Messages in groups that ask the same, the largest first."""
        return [Group(**group) for group in self._tool("discover", messages=list(messages))]
