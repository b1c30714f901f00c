"""Carries parcels of the outbox to their vendors, and the vendors' answers back to the desk; rings due timers."""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from collections.abc import Awaitable
from typing import Any, TypeVar

from frontdesk import FrontdeskError

from .desk import Desk, Effect, key_of, millis, now
from .store import Parcel, finished, postponed, progressed
from .vendors import AT_ONCE, Later, NoLead, Vendor

POLL = 0.25
"""Seconds between looks at an outbox where nothing is new."""
PATIENCE = 300
"""Tries, a day's worth. The alert `lead_unconfirmed` has told the team long before."""
KEPT = 48 * 3600 * 1000
"""Milliseconds that settled parcels are kept: vendors repeat a webhook for a day."""

log = logging.getLogger("host.courier")
T = TypeVar("T")


class Courier:
    """One vendor's parcels: a vendor that hangs holds up no other. Any number of processes may run one each."""

    def __init__(self, desk: Desk, target: str, vendor: Vendor, timeout: float) -> None:
        self._desk = desk
        self._lease = int(timeout * 4000)
        """Milliseconds that a parcel is ours: longer than a request takes, its waiting in line included."""
        self._target = target
        self._vendor = vendor
        self._worker = uuid.uuid4().hex

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`, and to the end of what is under way."""
        news = self._desk.news[self._target]
        running: set[asyncio.Task[None]] = set()
        while not stop.is_set():
            news.clear()
            running |= {asyncio.create_task(self._carry(parcel)) for parcel in await self._leased(len(running))}
            running = await any_of(running, news, POLL)
        if running:
            await asyncio.wait(running)

    async def _leased(self, busy: int) -> list[Parcel]:
        at, free = millis(now()), AT_ONCE - busy
        if not free:
            return []
        return await quietly(self._desk.store.lease(self._target, self._worker, at, at + self._lease, free)) or []

    async def _carry(self, parcel: Parcel) -> None:
        store = self._desk.store
        try:
            await self._deliver(parcel)
        except NoLead as reason:
            await store.do(finished(parcel, "parked", str(reason)))
        except Later as later:
            await self._retry(parcel, later)
        except FrontdeskError as error:  # an effect that this vendor cannot be told; so it will be next time
            log.error("%s for %s: %s", parcel.effects, parcel.target, error)
            await store.do(finished(parcel, "failed", str(error)))
        except Exception:
            log.exception("parcel %s of %s for %s", parcel.seq, parcel.session, parcel.target)
            await self._retry(parcel, Later("a bug of the host"))

    async def _retry(self, parcel: Parcel, later: Later) -> None:
        if parcel.attempts >= PATIENCE:
            log.error("%s took no %s: %s", parcel.target, parcel.effects, later)
            return await self._desk.store.do(finished(parcel, "failed", str(later)))
        wait = max(later.after, backoff(parcel.attempts))
        log.warning("%s: %s; again in %.1f s", parcel.target, later, wait)
        await self._desk.store.do(postponed(parcel, millis(now()) + int(wait * 1000), str(later)))

    async def _deliver(self, parcel: Parcel) -> None:
        store = self._desk.store
        stored = await store.session(parcel.session)
        if stored is None:  # deleted, as its owner asked
            return await store.do(finished(parcel, "failed", "the session is gone"))
        session = json.loads(stored.snapshot)
        effects = [with_ids(effect, session) for effect in parcel.effects if wanted(effect, session)]
        errands = self._vendor.errands(key_of(parcel.session), effects, session, stored.reply) if effects else []
        event = None
        for done, errand in enumerate(errands):
            if done < parcel.done:
                continue
            if done > parcel.done:
                await store.do(progressed(parcel, done, millis(now()) + self._lease))
            event = await self._vendor.run(errand, in_doubt=parcel.attempts > 1) or event
        if event is None:
            await store.do(finished(parcel, "sent"))
        else:
            await self._desk.settle(parcel, event)


class Bell:
    """Rings the timers that are due. Several may: who saves first has rung, the others find nothing due."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            for name in await quietly(self._desk.store.due(millis(now()), 100)) or []:
                await quietly(self._desk.fire(name))
            await any_of(set(), stop, POLL)

    async def sweep(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await quietly(self._desk.store.sweep(millis(now()) - KEPT))
            await any_of(set(), stop, 3600)


async def quietly(work: Awaitable[T]) -> T | None:
    """None where it failed: a database that restarts comes back, and one session holds up no other."""
    try:
        return await work
    except Exception:
        log.exception("will be tried again")
        return None


def wanted(effect: Effect, session: dict[str, Any]) -> bool:
    """Whether it may still be said: not where a human talks by now. (`mode_rev` alone would not tell: the closing reply of
    a dialog is older than its end.)"""
    return effect["kind"] != "reply" or session["mode"] != "human"


def with_ids(effect: Effect, session: dict[str, Any]) -> Effect:
    """An update made before the creation was answered gets the ids that are known by now."""
    if effect["kind"] != "update_lead":
        return effect
    lead = next((lead for lead in session.get("leads", []) if lead["key"] == effect["lead_key"]), {})
    return {**effect, "ids": {**effect.get("ids", {}), **lead.get("ids", {})}}


def backoff(attempts: int) -> float:
    """Seconds: half a second, 1, 2, 4 … up to five minutes."""
    return min(0.25 * 2**attempts, 300.0)


async def any_of(tasks: set[asyncio.Task[None]], event: asyncio.Event, seconds: float) -> set[asyncio.Task[None]]:
    """Waits for a task, the event, or the time; gives the tasks that are still under way."""
    signal = asyncio.create_task(event.wait())
    await asyncio.wait({*tasks, signal}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    signal.cancel()
    return {task for task in tasks if not task.done()}
