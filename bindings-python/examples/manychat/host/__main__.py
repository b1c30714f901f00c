"""python -m host [--port 8000] [--only web|couriers]

One process does all. With more traffic, run several with `--only web` behind a proxy and several with `--only couriers`.
SIGTERM and SIGINT end it when what is under way is done; SIGHUP reads the bot's files anew.
"""

import argparse
import asyncio
import contextlib
import logging
import signal
from collections.abc import Iterator

import uvicorn
from fastapi import FastAPI

from . import settings
from .courier import Bell, Courier
from .database import connect
from .desk import Desk
from .store import Store
from .vendors import ManyChat
from .web import application


async def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m host", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--only", choices=["web", "couriers"])
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")

    vendors = dict(settings.vendors())
    database = await connect(settings.env("DATABASE_URL", "sqlite:///frontdesk.db"))
    store = Store(database)
    await store.prepare()
    desk = Desk(settings.bot(), store, team="telegram_admin" if "telegram_admin" in vendors else None)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, lambda: reload(desk))

    work = []
    if arguments.only != "web":
        bell = Bell(desk)
        work += [bell.run(stop), bell.sweep(stop)]
        work += [Courier(desk, target, vendor, settings.timeout()).run(stop) for target, vendor in vendors.items()]
    if arguments.only != "couriers":
        client = vendors.get("client")
        app = application(desk, client if isinstance(client, ManyChat) else None)
        work.append(serve(app, arguments.host, arguments.port, stop))
    await asyncio.gather(*work)
    await database.close()


class Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield  # signals set `stop`, which ends more than the server


async def serve(app: FastAPI, host: str, port: int, stop: asyncio.Event) -> None:
    server = Server(uvicorn.Config(app, host=host, port=port, log_level="warning", backlog=4096))
    serving = asyncio.create_task(server.serve())
    await asyncio.wait({serving, asyncio.create_task(stop.wait())}, return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    await serving
    stop.set()


def reload(desk: Desk) -> None:
    """A bot that does not compile changes nothing."""
    try:
        desk.bot = settings.bot()
    except Exception as error:
        logging.error("the bot stays as it was: %s", error)


if __name__ == "__main__":
    asyncio.run(main())
