"""The webhooks: each event is saved with all that follows from it before it is answered."""

from __future__ import annotations

import asyncio
import hmac
import logging
import uuid
from typing import Any
from urllib.parse import parse_qs

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from frontdesk import FrontdeskError, decode, encode
from starlette.background import BackgroundTask

from .desk import Conversation, Desk, millis, named, now
from .settings import accounts, env
from .store import Parcel, finished
from .vendors import ManyChat

HELD = 15_000
"""Milliseconds that an answer to ManyChat may take before a courier brings it; ManyChat waits for ten seconds."""
AT_ONCE = 16
"""Requests that are worked on; others wait before anything is saved, so that each is done well within HELD."""

log = logging.getLogger("host.web")
NOTHING: dict[str, dict[str, Any]] = {
    "block": {"version": "v2", "content": {"messages": []}},
    "flat": {"reply": "", "buttons": [], "lead": False, "handoff": False, "finished": False},
}
"""What ManyChat is answered where the bot has nothing to say."""


def application(desk: Desk, client: ManyChat | None) -> FastAPI:
    """`client` brings what an answer has no room for."""
    app = FastAPI(title="frontdesk for ManyChat")
    manychat_secret = env("MANYCHAT_SECRET")
    bitrix24_token = env("BITRIX24_APPLICATION_TOKEN", "")
    options = accounts().get("manychat", {})
    at_work = asyncio.Semaphore(AT_ONCE)

    @app.post("/manychat/{channel}")
    async def dynamic_block(channel: str, request: Request) -> JSONResponse:
        """The step «Dynamic Block» of a flow in `channel`: the answer is what ManyChat sends."""
        return await answer(channel, "block", request)

    @app.post("/manychat/{channel}/fields")
    async def external_request(channel: str, request: Request) -> JSONResponse:
        """The action «External Request»: the answer is flat, for fields that the flow goes on with."""
        return await answer(channel, "flat", request)

    @app.post("/bitrix24")
    async def bitrix24(request: Request) -> dict[str, bool]:
        """Events of Bitrix24: a form with brackets, which names the token of the application."""
        form = await request.body()
        check(parse_qs(form.decode()).get("auth[application_token]", [""])[0], bitrix24_token)
        await hear("bitrix24", form)
        return {"ok": True}

    @app.post("/events")
    async def events(request: Request) -> dict[str, bool]:
        """Events in the words of the contract: that a manager has joined, what the owner's system found out later."""
        check(request.headers.get("X-Frontdesk-Secret", ""), manychat_secret)
        await hear("webhook", await request.body())
        return {"ok": True}

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"bot": desk.bot.hash}

    async def answer(channel: str, form: str, request: Request) -> JSONResponse:
        check(request.headers.get("X-Frontdesk-Secret", ""), manychat_secret)
        talks = read("manychat", await request.body(), {"channel": channel})
        async with at_work:
            parcels = [parcel for talk in talks for parcel in await taken(talk)]
        effects = [effect for parcel in parcels for effect in parcel.effects]
        to = {"to": talk["key"]["user"] for talk in talks}
        encoded = encode("manychat", effects, {"channel": channel, "form": form, **options, **to})
        for change in encoded["changes"]:
            log.warning("manychat: %s", change)
        first, *more = encoded["payloads"] or [NOTHING[form]]

        async def answered() -> None:
            for parcel in parcels:
                await desk.store.do(finished(parcel, "answered"))
            if client:
                for block in more:  # what the first has no room for
                    await client.push(block)

        gone = await request.is_disconnected()  # then a courier brings what it has not waited for
        return JSONResponse(first, background=None if gone else BackgroundTask(answered))

    async def taken(talk: Conversation) -> list[Parcel]:
        """What the client is to be told, which is this request's to tell."""
        worker, parcels = f"web.{uuid.uuid4().hex}", []
        for event in talk["events"]:
            until = millis(now()) + HELD
            turn, posted = await desk.take(talk, event, (worker, until))
            if turn.outcome == "duplicate":
                posted = await desk.store.answers(named(talk["key"]), event["id"], worker, until)
            parcels += [parcel for parcel in posted if parcel.target == "client"]
        return parcels

    async def hear(channel: str, payload: bytes) -> None:
        for talk in read(channel, payload, {}):
            for event in talk["events"]:
                if "key" in talk:
                    await desk.take(talk, event)
                else:
                    log.info("%s, of no session: %s", channel, event)

    return app


def read(channel: str, body: bytes, options: dict[str, Any]) -> list[Conversation]:
    try:
        return decode(channel, body.decode(errors="replace"), options)
    except FrontdeskError as error:
        raise HTTPException(422, {"code": error.code, "path": error.path, "message": str(error)}) from error


def check(given: str, secret: str) -> None:
    if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
        raise HTTPException(401, "the secret is missing or wrong")
