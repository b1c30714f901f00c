"""What the records of turns say: proved, replayed, counted, sampled, shown and forgotten.

    from frontdesk import logs

    verdict = logs.verify(open("log.jsonl").read())
    page = logs.report(open("log.jsonl").read(), bot, week="2026-W47")

`records` are JSON lines as one text, or a list of records: texts, or objects as JSON has them. `docs/records.md` says
what a record holds, `docs/figures.md` how each figure is counted. All raise FrontdeskError, with the place in `path`,
for what is no record (`record_invalid`; `verify` tells it in its verdict) and for options that no tool has.

A log larger than memory: cut it between sessions, count the parts with `metrics`, and add the parts with `merge`; or use
the command line (`python -m frontdesk verify log.jsonl`), which reads a log a megabyte at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from ._bot import Bot, tool
from ._values import Data

__all__ = [
    "Records",
    "Replayed",
    "Verdict",
    "diagram",
    "figures",
    "mask",
    "merge",
    "metrics",
    "purge",
    "replay",
    "report",
    "sample",
    "transcript",
    "verify",
    "what_if",
]

Records = str | Sequence[str | Mapping[str, Any]]


class _Whole(TypedDict):
    ok: bool
    records: int
    sessions: int


class Verdict(_Whole, total=False):
    """Whether a log is whole. `broken` is its first broken record, `{at, code, message, session?, n?}`: `log_edited`,
    `log_truncated`, `log_reordered`, `log_duplicated`, `log_foreign` or `record_invalid`."""

    broken: Data
    heads: list[Data]


class _Steps(TypedDict):
    steps: int
    same: bool


class Replayed(_Steps, total=False):
    """What a replay gave; `difference` is the first one, `{at, session, n, was?, is?, path, expected, got}`."""

    skipped: int
    difference: Data


def verify(records: Records, **options: Any) -> Verdict:
    """Whether the chain of hashes holds. `options`: session, bots, heads (what was kept apart from the log), from."""
    verdict: Verdict = tool("verify", records=records, **options)
    return verdict


def replay(records: Records, bot: Bot, **options: Any) -> Replayed:
    """Takes the events of a log again and compares the turns. `options`: bots (others of the log, `{definition, files}`),
    texts (what references stand for), by_session (the log holds one session after the other: memory for one)."""
    replayed: Replayed = tool("replay", bot, records=records, **options)
    return replayed


def what_if(records: Records, edited: Bot, **options: Any) -> Data:
    """Dialogs of an old log that would go otherwise with an edited bot, grouped by cause:
    `{dialogs, otherwise, skipped, groups}`. `options`: bots, texts."""
    compared: Data = tool("what_if", edited, records=records, **options)
    return compared


def metrics(records: Records, bot: Bot | None = None, **options: Any) -> Data:
    """Partial sums of a part of a log. `options`: zone (of the bot where none is given), filter, now, carry, open."""
    partial: Data = tool("metrics", bot, records=records, **options)
    return partial


def merge(partials: Sequence[Data]) -> Data:
    """One partial of several, the same in every order."""
    merged: Data = tool("merge", partials=partials)
    return merged


def figures(partial: Data, **options: Any) -> Data:
    """The figures of a week beside the week before, shares in permille. `options`: week (`2026-W47`, the last one where
    none is given), previous, filter, rules (of alerts)."""
    told: Data = tool("figures", partial=partial, **options)
    return told


def sample(records: Records, bot: Bot | None = None, **options: Any) -> list[Data]:
    """The dialogs to read by hand, week by week: 5 percent, at least one, the same ones every time.
    `options`: zone, share (percent), week."""
    weeks: list[Data] = tool("sample", bot, records=records, **options)["weeks"]
    return weeks


def transcript(records: Records, bot: Bot | None = None, **options: Any) -> str:
    """Who said what, and what was done. `options`: format (text, markdown, html, jsonl), session, dialog, zone, language,
    why."""
    text: str = tool("transcript", bot, records=records, **options)["text"]
    return text


def purge(records: Records, now: str, bot: Bot | None = None, **options: Any) -> Data:
    """Forgets what is older than `keep` (`12mo`, the bot's where none is given): `{lines, purged}`, with tombstones that
    verify."""
    kept: Data = tool("purge", bot, records=records, now=now, **options)
    return kept


def mask(records: Records, level: str, key: str, bot: Bot | None = None) -> Data:
    """The log with marks in place of phones, e-mails and names (masked), or of every text (reference), under a secret of
    the host's: `{lines, texts?}`."""
    masked: Data = tool("mask", bot, records=records, level=level, key=key)
    return masked


def report(records: Records, bot: Bot | None = None, **options: Any) -> str:
    """The page of a week: one HTML file that needs no network. `options`: week, zone, language, rules, now."""
    page: str = tool("report", bot, records=records, **options)
    return page


def diagram(bot: Bot, records: Records | None = None, **options: Any) -> Any:
    """The flows of a bot drawn, with counts of a log on the arrows. `options`: format (mermaid, svg, counts), flow,
    language, counts."""
    return tool("diagram", bot, records=records, **options)
