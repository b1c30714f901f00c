"""Takes events to sessions: load, migrate if the bot changed, step, save what follows together with the session."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from typing import Any
from urllib.parse import quote, unquote
from weakref import WeakValueDictionary

from frontdesk import Bot, Session, Turn

from .store import Parcel, Statement, Store, Stored, finished, posted, recorded, released

Key = dict[str, str]
Effect = dict[str, Any]
Event = dict[str, Any]
Conversation = dict[str, Any]
"""What `decode` gives: key, events, and what is known of the client (`contact`) and for answers (`reply`)."""
ORDER = 1000
"""More effects than a step can have: keeps them in order within a session."""
RACES = 50
"""How often a session may be taken from under our hands before something else must be wrong."""
MANYCHAT = {"reply", "set_field", "tag", "set_status", "handoff", "create_lead", "finish"}
"""What a Dynamic Block carries: replies, and the fields and tags that rules in ManyChat act on."""
OPEN_LINE = {"reply", "handoff", "finish"}
"""What an open line of Bitrix24 carries: replies, calling an operator, the end."""


class Desk:
    def __init__(self, bot: Bot, store: Store, team: str | None = None) -> None:
        self.bot = bot
        """May be replaced at any time: sessions follow with their next event."""
        self.store = store
        self.team = team
        """The target that alerts and suggestions go to."""
        self.news: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        """By target: something was put into the outbox."""
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        """Turns of one session stand in line here; only other processes are raced against."""

    async def take(self, talk: Conversation, event: Event, held: Held | None = None) -> Taken:
        """One event of the client's channel, whatever became of it before: a repeated one changes nothing.

        With `held`, what goes to the client is leased to that worker from the first moment on: it has a request of the
        channel to answer.
        """
        return await self._turn(named(talk["key"]), lambda s: self.bot.step(s, event, now()), event["id"], talk, held)

    async def settle(self, parcel: Parcel, event: Event) -> None:
        """A vendor's answer: the parcel is settled with what follows from it, or neither is."""
        state, error = ("sent", "") if event["ok"] else ("failed", event.get("error", ""))
        also = [finished(parcel, state, error)]
        if parcel.creates_a_lead:
            also.append(released(parcel, millis(now())))
        name = parcel.session
        await self._turn(name, lambda s: self.bot.step(s, event, now()), event["id"], also=also)

    async def fire(self, name: str) -> None:
        """The timers of a session that are due."""
        await self._turn(name, lambda session: self.bot.due(session, now()), "")

    async def _turn(
        self,
        name: str,
        act: Callable[[Session], Turn],
        event: str,
        talk: Conversation = {},
        held: Held | None = None,
        also: Sequence[Statement] = (),
    ) -> Taken:
        line = self._lines.setdefault(name, asyncio.Lock())
        async with line:
            return await self._race(name, act, event, talk, held, also)

    async def _race(
        self,
        name: str,
        act: Callable[[Session], Turn],
        event: str,
        talk: Conversation,
        held: Held | None,
        also: Sequence[Statement],
    ) -> Taken:
        for _ in range(RACES):
            stored = await self.store.session(name)
            session = self._session(name, stored, talk.get("contact"))
            turn = act(session)
            if stored and session.state.rev == stored.rev:  # a repeated event, or a timer that another worker has rung
                for statement in also:
                    await self.store.do(statement)
                return turn, []
            parcels = self._parcels(name, session, json.loads(turn.to_json())["effects"], held[0] if held else "")
            rev = session.state.rev
            after = Stored(rev, session.to_json(), talk.get("reply") or (stored.reply if stored else {}))
            due = millis(turn.next_due) if turn.next_due else None
            statements = [posted(parcel, event, held[1] if held and parcel.worker else millis(now())) for parcel in parcels]
            record = recorded(name, rev, json.dumps(turn.record, ensure_ascii=False))
            if await self.store.save(name, stored, after, due, record, *also, *statements):
                for parcel in parcels:
                    self.news[parcel.target].set()
                return turn, parcels
        raise RuntimeError(f"{name}: lost {RACES} races in a row")

    def _session(self, name: str, stored: Stored | None, contact: dict[str, Any] | None) -> Session:
        if stored is None:
            return self.bot.open(key_of(name), now(), contact)
        if json.loads(stored.snapshot)["bot"]["hash"] != self.bot.hash:
            return self.bot.migrate(stored.snapshot)[0]
        return self.bot.restore(stored.snapshot)

    def _parcels(self, name: str, session: Session, effects: list[Effect], holder: str) -> list[Parcel]:
        """The effects of a turn by where they go, in order: all for the client in one, others on their own, but what is set
        beside a lead that is created goes with it."""
        first = session.state.rev * ORDER
        channel, kinds = ("open_line", OPEN_LINE) if key_of(name)["channel"] == "bitrix24" else ("client", MANYCHAT)
        client = [effect for effect in effects if effect["kind"] in kinds]
        parcels = [Parcel(name, channel, first, client, worker=holder)] if client else []
        holders = {target for lead in leads(session) for target in lead["to"]}
        born: dict[str, Parcel] = {}
        for n, effect in enumerate(effects):
            for target in self._targets(effect, holders):
                if target in born and effect["kind"] in ("set_status", "tag"):
                    born[target].effects.append(effect)
                    continue
                parcels.append(Parcel(name, target, first + n, [effect]))
                if effect["kind"] == "create_lead":
                    born[target] = parcels[-1]
        return parcels

    def _targets(self, effect: Effect, holders: set[str]) -> list[str]:
        """Who carries out an effect, beside the channel itself."""
        match effect["kind"]:
            case "create_lead" | "update_lead":
                return effect["to"]
            case "handoff":
                return [call["target"] for call in effect["to"]]
            case "notify" | "note":
                return [effect["to"]]
            case "request":
                return ["backoffice"]
            case "alert" | "suggest":
                return [self.team] if self.team else []
            case "set_status" | "tag":
                return sorted(holders)
        return []


Held = tuple[str, int]
"""A worker, and until when what is posted for the client is its own."""
Taken = tuple[Turn, list[Parcel]]
"""A turn, and what it put into the outbox."""


def leads(session: Session) -> list[dict[str, Any]]:
    """The leads of the dialog that is going on."""
    snapshot = session.snapshot()
    return [lead for lead in snapshot.get("leads", []) if lead["dialog"] == snapshot["dialog"]]


def named(key: Key) -> str:
    return "/".join(quote(key[part], safe="") for part in ("channel", "account", "user"))


def key_of(name: str) -> Key:
    return dict(zip(("channel", "account", "user"), map(unquote, name.split("/"))))


def now() -> datetime:
    return datetime.now(timezone.utc)


def millis(time: datetime) -> int:
    return int(time.timestamp() * 1000)
