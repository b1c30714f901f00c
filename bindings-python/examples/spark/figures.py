"""Figures of a log in Spark, and the same in one process: figures.py WEEK [--records N] [--parts N] [--write FOLDER] [--one]

WEEK is a log in JSON lines, such as the example `week` of the crate writes; it is multiplied into the records wanted,
each copy with clients of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import sys
import time
from collections.abc import Iterator
from typing import Any

import frontdesk

ZONE = "Europe/Moscow"
USER = '"user":"'


def copies(week: list[str], first: int, last: int) -> Iterator[str]:
    """The log as often as that, one copy after another."""
    for copy in range(first, last):
        for line in week:
            yield line.replace(USER, f"{USER}{copy}-", 1)


def chunks(lines: Iterator[str], size: int) -> Iterator[str]:
    """Texts of so many lines."""
    kept: list[str] = []
    for line in lines:
        kept.append(line)
        if len(kept) == size:
            yield "\n".join(kept)
            kept = []
    if kept:
        yield "\n".join(kept)


def counted(week: list[str], first: int, last: int) -> str:
    """The partial sums of some copies: what a worker does. Each is whole sessions, so each part counts alone."""
    size = len(week) * max(1, 50_000 // len(week))
    parts = [frontdesk.tool("metrics", records=text, zone=ZONE) for text in chunks(copies(week, first, last), size)]
    return json.dumps(frontdesk.tool("merge", partials=parts))


def in_one_process(week: list[str], count: int) -> Any:
    """The log from end to end, as a host counts it: the texts end anywhere, and open dialogs go from one to the next.
    Every few copies all dialogs are over, and none is kept any longer."""
    sums = []
    step = max(1, 100_000 // len(week))
    for first in range(0, count, step):
        carry: list[Any] = []
        for text in chunks(copies(week, first, min(first + step, count)), 40_000):
            part = frontdesk.tool("metrics", records=text, zone=ZONE, carry=carry, open=True)
            sums.append(part["partial"])
            carry = part["carry"]
        sums.append(frontdesk.tool("metrics", records="", zone=ZONE, carry=carry))
        sums = [frontdesk.tool("merge", partials=sums)]
    return sums[0]


def in_spark(week: list[str], count: int, parts: int) -> Any:
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers find frontdesk where this process does
    spark = SparkSession.builder.master("local[*]").appName("frontdesk").getOrCreate()
    shared = spark.sparkContext.broadcast(week)
    bounds = [(count * at // parts, count * (at + 1) // parts) for at in range(parts)]

    def worker(bounds: Iterator[tuple[int, int]]) -> Iterator[str]:
        for first, last in bounds:
            yield counted(shared.value, first, last)

    sums = spark.sparkContext.parallelize(bounds, parts).mapPartitions(worker).collect()
    spark.stop()
    return frontdesk.tool("merge", partials=[json.loads(part) for part in sums])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("week", type=pathlib.Path)
    parser.add_argument("--records", type=int, default=10_000_000)
    parser.add_argument("--parts", type=int, default=64)
    parser.add_argument("--write", type=pathlib.Path, help="keep the records here, a file for each part")
    parser.add_argument("--one", action="store_true", help="one process only")
    arguments = parser.parse_args()
    week = arguments.week.read_text(encoding="utf-8").splitlines()
    count = -(-arguments.records // len(week))
    records = count * len(week)
    if arguments.write:
        arguments.write.mkdir(parents=True, exist_ok=True)
        for at in range(arguments.parts):
            part = copies(week, count * at // arguments.parts, count * (at + 1) // arguments.parts)
            (arguments.write / f"part-{at:03}.jsonl").write_text("".join(line + "\n" for line in part), encoding="utf-8")
    found = []
    ways = [("one process", lambda: in_one_process(week, count))]
    if not arguments.one:
        ways.append(("Spark", lambda: in_spark(week, count, arguments.parts)))
    for name, way in ways:
        start = time.monotonic()
        sums = way()
        seconds = time.monotonic() - start
        found.append(json.dumps(frontdesk.tool("figures", partial=sums, week="all"), sort_keys=True))
        print(f"{name}: {records:,} records in {seconds:.1f} s, {records / seconds:,.0f} a second", flush=True)
    figures = json.loads(found[0])
    print(json.dumps(figures["all"], ensure_ascii=False))
    same = all(text == found[0] for text in found)
    print("the same figures" if same else "the figures differ")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
