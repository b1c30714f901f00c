"""What must survive the process: sessions, the outbox, records. Each change is one transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from .database import Database, Row, Statement

SCHEMA = (
    """CREATE TABLE IF NOT EXISTS sessions (
        name TEXT PRIMARY KEY, rev BIGINT NOT NULL, snapshot TEXT NOT NULL,
        reply TEXT NOT NULL,            -- what the channel needs for answers beside the user's id
        next_due BIGINT)""",
    "CREATE INDEX IF NOT EXISTS sessions_due ON sessions (next_due) WHERE next_due IS NOT NULL",
    """CREATE TABLE IF NOT EXISTS outbox (
        session TEXT NOT NULL, target TEXT NOT NULL, seq BIGINT NOT NULL, -- the order within a session
        event TEXT NOT NULL, effects TEXT NOT NULL,
        state TEXT NOT NULL,            -- waiting; parked: until there is a lead; sent; answered: in the reply; failed
        due BIGINT NOT NULL,            -- when it may be tried; a worker that has it moves this on: its lease
        worker TEXT NOT NULL,           -- who has it
        attempts BIGINT NOT NULL, done BIGINT NOT NULL, -- tries; requests of it that are through
        error TEXT NOT NULL,
        PRIMARY KEY (session, target, seq))""",
    "CREATE INDEX IF NOT EXISTS outbox_waiting ON outbox (target, due) WHERE state = 'waiting'",
    "CREATE INDEX IF NOT EXISTS outbox_event ON outbox (session, event)",
    "CREATE TABLE IF NOT EXISTS records (session TEXT NOT NULL, rev BIGINT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (session, rev))",
)
# The oldest waiting parcel of a session and target goes first, and alone: an update never overtakes what it updates.
# Materialized: PostgreSQL may ask a plain subquery twice, and lease more than the limit.
LEASE = """
WITH ready AS MATERIALIZED (
    SELECT session, target, seq FROM outbox o
    WHERE target = $4 AND state = 'waiting' AND due <= $1 AND NOT EXISTS (
        SELECT 1 FROM outbox e
        WHERE e.session = o.session AND e.target = o.target AND e.state = 'waiting' AND e.seq < o.seq)
    ORDER BY due LIMIT $5 {skip_locked})
UPDATE outbox SET due = $2, worker = $3, attempts = attempts + 1
WHERE state = 'waiting' AND due <= $1 AND (session, target, seq) IN (SELECT session, target, seq FROM ready)
RETURNING session, target, seq, effects, attempts, done, worker"""
MINE = "WHERE session = $1 AND target = $2 AND seq = $3 AND worker = $4 AND state = 'waiting'"


@dataclass(frozen=True)
class Stored:
    """A session as it is kept."""

    rev: int
    snapshot: str
    reply: dict[str, Any]


@dataclass(frozen=True)
class Parcel:
    """What a turn had for one target."""

    session: str
    target: str
    seq: int
    effects: list[dict[str, Any]] = field(default_factory=list)
    attempts: int = 0
    done: int = 0
    worker: str = ""

    @property
    def mine(self) -> tuple[str, str, int, str]:
        return self.session, self.target, self.seq, self.worker

    @property
    def creates_a_lead(self) -> bool:
        return self.effects[0]["kind"] == "create_lead"


class Store:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def prepare(self) -> None:
        for statement in SCHEMA:
            await self._database.rows(statement)

    async def do(self, statement: Statement) -> None:
        """A change on its own: one of the functions below."""
        await self._database.rows(*statement)

    async def session(self, name: str) -> Stored | None:
        rows = await self._database.rows("SELECT rev, snapshot, reply FROM sessions WHERE name = $1", name)
        return Stored(rows[0][0], rows[0][1], json.loads(rows[0][2])) if rows else None

    async def save(self, name: str, before: Stored | None, after: Stored, due: int | None, *others: Statement) -> bool:
        """Compare-and-swap on the revision, `others` with it. False, and nothing is done, where somebody was faster."""
        values = name, after.rev, after.snapshot, json.dumps(after.reply), due
        if before is None:
            sql = "INSERT INTO sessions VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING rev"
            return await self._database.together((sql, *values), *others)
        sql = "UPDATE sessions SET rev = $2, snapshot = $3, reply = $4, next_due = $5 WHERE name = $1 AND rev = $6 RETURNING rev"
        return await self._database.together((sql, *values, before.rev), *others)

    async def due(self, now: int, limit: int) -> list[str]:
        """Sessions with a timer that is due."""
        sql = "SELECT name FROM sessions WHERE next_due <= $1 ORDER BY next_due LIMIT $2"
        return [name for (name,) in await self._database.rows(sql, now, limit)]

    async def lease(self, target: str, worker: str, now: int, until: int, limit: int) -> list[Parcel]:
        """Parcels for `target` that nobody else will touch before `until`."""
        sql = LEASE.format(skip_locked=self._database.skip_locked)
        return [parcel(row) for row in await self._database.rows(sql, now, until, worker, target, limit)]

    async def answers(self, session: str, event: str, worker: str, until: int) -> list[Parcel]:
        """What the channel is answered for an event that it asks about again; `worker` has it from here on. What a courier
        has taken by then is not said again."""
        sql = """UPDATE outbox SET worker = $3, due = $4 WHERE session = $1 AND event = $2 AND target = 'client'
            AND (state = 'answered' OR state = 'waiting' AND worker LIKE 'web.%')
            RETURNING session, target, seq, effects, attempts, done, worker"""
        return [parcel(row) for row in await self._database.rows(sql, session, event, worker, until)]

    async def records(self, session: str | None) -> list[str]:
        """The log of a session, or of all: lines of JSON, each session in its order."""
        sql = "SELECT record FROM records WHERE $1 = '' OR session = $1 ORDER BY session, rev"
        return [record for (record,) in await self._database.rows(sql, session or "")]

    async def sweep(self, before: int) -> None:
        """Drops what is over. It is kept longer than vendors repeat their webhooks."""
        await self.do(("DELETE FROM outbox WHERE state <> 'waiting' AND due < $1", before))


def parcel(row: Row) -> Parcel:
    session, target, seq, effects, attempts, done, worker = row
    return Parcel(session, target, seq, json.loads(effects), attempts, done, worker)


def posted(parcel: Parcel, event: str, due: int) -> Statement:
    """A parcel is put into the outbox; one with a worker is leased to it until `due`."""
    sql = "INSERT INTO outbox VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7, 0, 0, '')"
    effects = json.dumps(parcel.effects, ensure_ascii=False)
    return sql, parcel.session, parcel.target, parcel.seq, event, effects, due, parcel.worker


def recorded(session: str, rev: int, record: str) -> Statement:
    return "INSERT INTO records VALUES ($1, $2, $3)", session, rev, record


def progressed(parcel: Parcel, done: int, until: int) -> Statement:
    """So many requests of it are through; the lease goes on."""
    return f"UPDATE outbox SET done = $5, due = $6 {MINE}", *parcel.mine, done, until


def postponed(parcel: Parcel, due: int, error: str) -> Statement:
    return f"UPDATE outbox SET due = $5, error = $6, worker = '' {MINE}", *parcel.mine, due, error


def finished(parcel: Parcel, state: str, error: str = "") -> Statement:
    return f"UPDATE outbox SET state = $5, error = $6 {MINE}", *parcel.mine, state, error


def released(parcel: Parcel, now: int) -> Statement:
    """What was parked for want of a lead may go."""
    sql = "UPDATE outbox SET state = 'waiting', due = $3 WHERE session = $1 AND target = $2 AND state = 'parked'"
    return sql, parcel.session, parcel.target, now
