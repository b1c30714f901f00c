"""Prints what the step with ten effects takes in Python: python step.py DEFINITION, where the package is installed."""

import sys
import time
from datetime import datetime, timedelta, timezone

from frontdesk import Bot

BATCH, BATCHES, WARM_UP = 20, 1500, 500

with open(sys.argv[-1], encoding="utf-8") as file:
    bot = Bot.compile(file.read())
noon = datetime(2026, 1, 5, 10, tzinfo=timezone.utc)
session = bot.open({"channel": "web", "account": "site", "user": "u1"}, noon)
samples = []
n = 0
for _ in range(BATCHES):
    said, events = 0, []
    for _ in range(BATCH):
        n += 1
        events.append(({"id": f"m{n}", "kind": "message", "text": "нове замовлення"}, noon + timedelta(seconds=n)))
    start = time.perf_counter_ns()
    for event, now in events:
        turn = bot.step(session, event, now)
        for effect in turn.effects:
            said += len(effect.key)
    samples.append((time.perf_counter_ns() - start) / BATCH)
    if said < BATCH * 10:
        sys.exit("not ten effects")
samples = sorted(samples[WARM_UP:])
print(f"{samples[len(samples) // 10] / 1000:.2f}")
