"""SQLite and PostgreSQL behind two calls. Both understand the statements of `store.py`, `$1` included."""

from __future__ import annotations

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

Row = tuple[Any, ...]
Statement = tuple[Any, ...]
"""SQL and its arguments."""


class Database(Protocol):
    skip_locked: str
    """What makes a worker pass by rows that another one is taking."""

    async def rows(self, sql: str, *arguments: Any) -> list[Row]:
        """What one statement gives, in a transaction of its own."""

    async def together(self, first: Statement, *others: Statement) -> bool:
        """All statements or none, in one transaction. False, and nothing is done, where `first` gives no row."""

    async def close(self) -> None: ...


async def connect(url: str) -> Database:
    """The database of `sqlite:///file` or `postgresql://…`."""
    if url.startswith("sqlite:///"):
        return Sqlite(url.removeprefix("sqlite:///"))
    if url.startswith(("postgresql://", "postgres://")):
        import asyncpg  # needed here only

        return Postgres(await asyncpg.create_pool(url, min_size=1, max_size=8))
    raise SystemExit(f"DATABASE_URL: `{url.split(':')[0]}` is neither sqlite nor postgresql")


class Sqlite:
    """One connection on a thread of its own: the event loop never waits for the disk, and SQLite has one writer anyway."""

    skip_locked = ""  # writers stand in line

    def __init__(self, path: str) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._connection = self._thread.submit(self._open, path).result()

    @staticmethod
    def _open(path: str) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # what was answered 200 survives a loss of power
        return connection

    async def rows(self, sql: str, *arguments: Any) -> list[Row]:
        return await self._do(self._execute, sql, *arguments)

    async def together(self, first: Statement, *others: Statement) -> bool:
        return await self._do(self._together, first, *others)

    async def _do(self, function: Any, *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)

    def _execute(self, sql: str, *arguments: Any) -> list[Row]:
        return self._connection.execute(sql, {str(n): value for n, value in enumerate(arguments, 1)}).fetchall()

    def _together(self, first: Statement, *others: Statement) -> bool:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            held = bool(self._execute(*first))
            for statement in others if held else ():
                self._execute(*statement)
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT" if held else "ROLLBACK")
        return held

    async def close(self) -> None:
        await self._do(self._connection.close)
        self._thread.shutdown()


class Postgres:
    skip_locked = "FOR UPDATE SKIP LOCKED"

    def __init__(self, pool: Any) -> None:
        self._pool = pool

    async def rows(self, sql: str, *arguments: Any) -> list[Row]:
        return [tuple(row) for row in await self._pool.fetch(sql, *arguments)]

    async def together(self, first: Statement, *others: Statement) -> bool:
        async with self._pool.acquire() as connection, connection.transaction():
            if not await connection.fetch(*first):
                return False  # the transaction ends having done nothing
            for statement in others:
                await connection.fetch(*statement)
            return True

    async def close(self) -> None:
        await self._pool.close()
