"""A build with the feature `test-panic`: a panic is an exception like any other, and the session goes on."""

import frontdesk

bot = frontdesk.Bot.compile("bot: 1\nregion: UA\n")
session = bot.open({"channel": "web", "account": "site", "user": "u1"}, "2026-01-05T12:00:00Z")
before = session.to_json()
try:
    bot.step(session, {"id": "panic!", "kind": "message", "text": "а"}, "2026-01-05T12:00:00Z")
except Exception as error:  # and no BaseException beside it
    assert isinstance(error, frontdesk.FrontdeskError) and error.code == "internal", error
    assert "forced by a test" in str(error), error
else:
    raise SystemExit("no panic: is this a build with the feature test-panic?")
assert session.to_json() == before
assert bot.step(session, {"id": "2", "kind": "message", "text": "а"}, "2026-01-05T12:00:00Z").outcome == "applied"
print("1 passed, 0 failed")
