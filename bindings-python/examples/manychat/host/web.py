"""The webhooks: each event is saved with all that follows from it before it is answered."""

from __future__ import annotations

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
        held = uuid.uuid4().hex, millis(now()) + HELD
        parcels: list[Parcel] = []
        known = {"channel": channel, "form": form, **options}
        for talk in read("manychat", await request.body(), {"channel": channel}):
            known["to"] = talk["key"]["user"]
            for event in talk["events"]:
                await desk.take(talk, event, held)
                parcels += await desk.store.answers(named(talk["key"]), event["id"], *held)
        effects = [effect for parcel in parcels for effect in parcel.effects]
        encoded = encode("manychat", effects, known)
        for change in encoded["changes"]:
            log.warning("manychat: %s", change)
        first, *more = encoded["payloads"] or [NOTHING[form]]

        async def answered() -> None:
            for block in more if client else ():
                await client.push(block)
            for parcel in parcels:
                await desk.store.do(finished(parcel, "answered"))

        return JSONResponse(first, background=BackgroundTask(answered))

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
