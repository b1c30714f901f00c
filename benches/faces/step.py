"""Microseconds of the step with ten effects in Python: python step.py PACKAGE DEFINITION; the package is installed."""

import sys
import time
from datetime import datetime, timedelta, timezone

from frontdesk import Bot

with open(sys.argv[2], encoding="utf-8") as file:
    bot = Bot.compile(file.read())
noon = datetime(2026, 1, 5, 10, tzinfo=timezone.utc)
session = bot.open({"channel": "web", "account": "site", "user": "u1"}, noon)
samples = []
for n in range(30_000):
    event = {"id": f"m{n}", "kind": "message", "text": "нове замовлення"}
    now = noon + timedelta(seconds=n)
    start = time.perf_counter_ns()
    turn = bot.step(session, event, now)
    said = 0
    for effect in turn.effects:
        said += len(effect.key)
    samples.append(time.perf_counter_ns() - start)
    if len(turn.effects) != 10 or not said:
        sys.exit(f"{len(turn.effects)} effects")
samples = sorted(samples[10_000:])
print(f"{samples[len(samples) // 2] / 1000:.2f}")
