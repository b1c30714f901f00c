"""How a typed host uses the package: checked with `mypy --strict`, and run."""

from datetime import datetime, timezone

from frontdesk import (
    Bot,
    Button,
    CreateLead,
    DefinitionError,
    Effect,
    Extracted,
    Faq,
    FieldValue,
    FrontdeskError,
    Money,
    Reply,
    SetTimer,
    Slot,
    encode,
    extract,
    lint,
)

DEFINITION = """
bot: 1
region: UA
fields: { phone: { type: phone } }
rules:
  - { if: { has: phone }, do: [ { lead: callback }, { say: Дякуємо!, buttons: [Так] }, { finish: silent } ] }
leads: { callback: { need: [phone], to: [crm], confirm_within: 5m } }
"""


def told(value: FieldValue) -> str:
    match value:
        case Money(minor, currency):
            return f"{minor} {currency}"
        case Slot(id):
            return id
        case str():
            return value
        case _:
            return repr(value)


def carried_out(effect: Effect) -> str | None:
    match effect:
        case Reply(text, buttons):
            titles: list[str] = [button.title for button in buttons]
            return f"{text} {titles}"
        case CreateLead(lead, fields, lead_key=key):
            return f"{lead} {key[:2]} {[told(value) for value in fields.values()]}"
        case SetTimer(due=due):
            return due.isoformat()
        case _:
            return None


def main() -> None:
    bot: Bot = Bot.compile(DEFINITION)
    now = datetime(2026, 11, 21, 10, tzinfo=timezone.utc)
    session = bot.open({"channel": "web", "account": "site", "user": "u1"}, now, {"name": "Олена"})
    turn = bot.step(session, {"id": "m1", "kind": "message", "text": "050 123-45-67", "at": now}, now)
    lines = [carried_out(effect) for effect in turn.effects]
    assert "callback k- ['+380501234567']" in lines, lines
    assert "Дякуємо! ['Так']" in lines, lines
    assert "2026-11-21T10:05:00+00:00" in lines, lines
    assert len({effect.key for effect in turn.effects}) == len(turn.effects)
    assert encode("webhook", turn.effects)["payloads"]
    reply = next(effect for effect in turn.effects if isinstance(effect, Reply))
    assert reply.buttons == [Button("Так", "Так")]
    due: datetime | None = session.state.next_due
    assert due is not None and bot.due(session, due).effects
    again = bot.restore(session.snapshot())
    assert again.to_json() == session.to_json()
    try:
        Bot.compile("bot: 1\nnmae: a\n")
    except DefinitionError as refused:
        assert isinstance(refused, FrontdeskError)
        assert (refused.code, refused.path, refused.errors[0].line) == ("unknown_key", "nmae", 2)
    found: Extracted = extract("пишіть на olena@example.com", now=now)
    assert found.emails[0].address == "olena@example.com"
    assert Faq("t", [{"ask": "Де ви?", "say": "Тут"}]).match("де ви").say == "Тут"
    assert [problem.code for problem in lint(DEFINITION)] == ["button_unhandled"]
    bundle: bytes = bot.bundle("client")
    assert Bot.from_bundle(bundle).hash == bot.hash


if __name__ == "__main__":
    main()
