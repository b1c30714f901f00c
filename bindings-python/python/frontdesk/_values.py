"""What crosses between the core and Python: values, refusals, states. The core calls `read`, `written`, `whole`, `plain`, `refusal`."""

from __future__ import annotations

import copyreg
import dataclasses
import datetime
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ._frontdesk import Effect

Instant = datetime.datetime | str
"""A `datetime` with a zone, or RFC 3339."""
Document = Mapping[str, Any] | str
"""A mapping, or its JSON."""
Data = dict[str, Any]
"""Free data, as JSON has it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, or what a careful reader would ask. `code` is stable and for programs, `message` for people."""

    code: str
    path: str
    """Where: `rules[2].do[0].say`; empty for the whole."""
    message: str
    line: int | None = None
    """From 1, where the text is known."""
    column: int | None = None
    """In code points, from 1."""
    hint: str | None = None


class FrontdeskError(Exception):
    """A refusal. It leaves everything as it was; `code` and `path` are those of the first of `errors`.

    `code` is one of the catalogue, or `internal` for a bug of the library.
    """

    def __init__(self, message: str, errors: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.errors = tuple(errors)
        self.code = self.errors[0].code if self.errors else "internal"
        self.path = self.errors[0].path if self.errors else ""

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.errors)


class DefinitionError(FrontdeskError):
    """A definition or table that cannot be used; `errors` are all that is wrong with it."""


class SessionError(FrontdeskError):
    """A stored session that is cut, edited, or of another bot or version."""


class LimitError(FrontdeskError):
    """An input above a limit; nothing is cut silently."""


_CLASSES = {
    "limit": LimitError,
    "snapshot_invalid": SessionError,
    "bot_mismatch": SessionError,
    "bundle_invalid": DefinitionError,
    "internal": FrontdeskError,
}


def refusal(kind: str, message: str, problems: str) -> FrontdeskError:
    """The exception for problems; `kind` is its class where the code of the first names none."""
    errors = [Problem(**problem) for problem in json.loads(problems)]
    other = DefinitionError if kind == "DefinitionError" else FrontdeskError
    return _CLASSES.get(errors[0].code, other)(message, errors)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in `minor` units (kopecks, cents) of `currency` (ISO 4217), None where it was not named."""

    minor: int
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """A date in the bot's zone; `until` ends a stretch of the same day."""

    date: datetime.date
    time: datetime.time | None = None
    until: datetime.time | None = None
    precision: str = "day"
    """`day`, `part_of_day`, `minute` or `range`."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that the host offers: its id, its `start` in RFC 3339, and what people call it."""

    id: str
    start: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo by the host's reference."""

    ref: str


FieldValue = str | bool | Money | Date | Slot | Photo
"""The value of a field: a text also for a phone (E.164), an e-mail, a number, a choice by its id."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a reply: the id that an event names, the title that the client sees."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Target:
    """A target of a handoff: the stage to move to, the task to put, the text to send."""

    target: str
    stage: str | None = None
    task: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class SessionState:
    """What a host asks of a session between steps."""

    mode: str
    """`active` (the bot talks), `human` or `finished`."""
    status: str
    rev: int
    """One more with every event that was no repetition: save by compare-and-swap on it."""
    mode_rev: int
    """The revision of the mode; a reply of an older one is not to be sent."""
    dialog: int
    """From 1."""
    language: str
    fields: dict[str, FieldValue]
    flow: str | None = None
    next_due: datetime.datetime | None = None
    """When `due` is to be called next."""


@dataclass(frozen=True, slots=True)
class Failure:
    """The first failed expectation of a dialog test; `step` counts from 1."""

    name: str
    step: int
    expected: Any
    got: Any


@dataclass(frozen=True, slots=True)
class Report:
    """What came of the dialog tests of a definition."""

    passed: int
    failed: list[Failure]


def date_value(data: Data) -> Date:
    def clock(key: str) -> datetime.time | None:
        return datetime.time.fromisoformat(data[key]) if key in data else None

    return Date(datetime.date.fromisoformat(data["date"]), clock("time"), clock("until"), data["precision"])


def _field_value(data: Any) -> FieldValue:
    match data:
        case {"minor": _}:
            return Money(**data)
        case {"precision": _}:
            return date_value(data)
        case {"start": _}:
            return Slot(**data)
        case {"ref": ref}:
            return Photo(ref)
        case str() | bool():
            return data
    raise TypeError(f"no value of a field: {data!r}")


def _session_state(data: Data) -> SessionState:
    due = data.pop("next_due", None)
    fields = {name: _field_value(value) for name, value in data.pop("fields").items()}
    return SessionState(
        **data, fields=fields, next_due=due and datetime.datetime.fromisoformat(due.replace("Z", "+00:00"))
    )


_READERS: dict[str, Callable[[Any], Any]] = {
    "Button": lambda data: Button(**data),
    "Data": lambda data: data,
    "FieldValue": _field_value,
    "Problem": lambda data: Problem(**data),
    "SessionState": _session_state,
    "Target": lambda data: Target(**data),
}


def read(shape: str, text: str) -> Any:
    """A value of the core."""
    return _READERS[shape](json.loads(text))


def _fields(effect: Effect) -> Data:
    return {name: getattr(effect, name) for name in getattr(effect, "__match_args__")}


def _effect(effect: Effect) -> Data:
    """An effect as JSON has it: `kind` is its class."""
    kind = re.sub("(?<=.)(?=[A-Z])", "_", type(effect).__name__).lower()
    return {"kind": kind} | {name: value for name, value in _fields(effect).items() if value is not None}


# Copies and pickles of effects are made anew of their fields.
for _kind in Effect.__subclasses__():
    copyreg.pickle(_kind, lambda effect: (type(effect), tuple(_fields(effect).values())))


def plain(value: Any) -> Any:
    """The nearest to a value that JSON has."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Effect):
        return _effect(value)
    if dataclasses.is_dataclass(value):
        fields = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {name: part for name, part in fields if part is not None}
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    if isinstance(value, datetime.datetime) and value.tzinfo is not None:
        # As the core writes times; a zone may have seconds, which RFC 3339 has no room for.
        return value.astimezone(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Sequence):
        return list(value)
    raise TypeError(f"{type(value)} cannot be written as JSON")


# What goes round in circles is nested too deep: the interpreter ends it.
_written = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=plain).encode


def whole(text: str) -> str:
    """A text of whole characters: halves of one, which JSON may bring, become U+FFFD, as JavaScript writes them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def written(value: Any) -> str:
    """A value for the core. Raises LimitError for one that is nested deeper than the interpreter can follow."""
    try:
        return whole(_written(value))
    except RecursionError:
        problem = Problem("limit", "", "nested too deep")
        raise LimitError(f"{problem.code}: {problem.message}", [problem]) from None
