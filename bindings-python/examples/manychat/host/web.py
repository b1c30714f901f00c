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

from .desk import Desk, millis, named, now
from .settings import accounts, env
from .store import Parcel, finished

HELD = 15_000
"""Milliseconds that an answer to ManyChat may take before a courier brings it; ManyChat waits for ten seconds."""

log = logging.getLogger("host.web")


def application(desk: Desk) -> FastAPI:
    app = FastAPI(title="frontdesk for ManyChat")
    manychat_secret = env("MANYCHAT_SECRET")
    bitrix24_token = env("BITRIX24_APPLICATION_TOKEN", "")
    options = accounts().get("manychat", {})

    @app.post("/manychat")
    async def dynamic_block(request: Request) -> JSONResponse:
        """The step «Dynamic Block»: the answer is what ManyChat sends."""
        return await answer(request, {})

    @app.post("/manychat/fields")
    async def external_request(request: Request) -> JSONResponse:
        """The action «External Request»: the answer is flat, for fields that the flow goes on with."""
        return await answer(request, {"format": "flat"})

    @app.post("/bitrix24")
    async def bitrix24(request: Request) -> dict[str, bool]:
        """Events of Bitrix24: a form with brackets, which names the token of the application."""
        form = (await request.body()).decode()
        check(parse_qs(form).get("auth[application_token]", [""])[0], bitrix24_token)
        await hear("bitrix24", form, {})
        return {"ok": True}

    @app.post("/events")
    async def events(request: Request) -> dict[str, bool]:
        """Events in the words of the contract: that a manager has joined, what the owner's system found out later."""
        check(request.headers.get("X-Frontdesk-Secret", ""), manychat_secret)
        await hear("webhook", (await request.body()).decode(), {})
        return {"ok": True}

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"bot": desk.bot.hash}

    async def answer(request: Request, format: dict[str, Any]) -> JSONResponse:
        check(request.headers.get("X-Frontdesk-Secret", ""), manychat_secret)
        held = uuid.uuid4().hex, millis(now()) + HELD
        parcels: list[Parcel] = []
        reply: dict[str, Any] = {}
        for conversation in read("manychat", (await request.body()).decode(), options):
            reply = conversation.get("reply", {})
            for event in conversation["events"]:
                await desk.take(conversation["key"], event, reply=reply, held=held)
                parcels += await desk.store.answers(named(conversation["key"]), event["id"], *held)
        effects = [effect for parcel in parcels for effect in parcel.effects]
        encoded = encode("manychat", effects, {**options, **reply, **format})
        for change in encoded["changes"]:
            log.warning("manychat: %s", change)

        async def answered() -> None:
            for parcel in parcels:
                await desk.store.do(finished(parcel, "answered"))

        return JSONResponse(encoded["payloads"][0], background=BackgroundTask(answered))

    async def hear(channel: str, payload: str, known: dict[str, Any]) -> None:
        for conversation in read(channel, payload, known):
            for event in conversation["events"]:
                await desk.take(conversation["key"], event, reply=conversation.get("reply"))

    return app


def read(channel: str, payload: str, options: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        return decode(channel, payload, options)
    except FrontdeskError as error:
        raise HTTPException(422, {"code": error.code, "path": error.path, "message": str(error)}) from error


def check(given: str, secret: str) -> None:
    if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
        raise HTTPException(401, "the secret is missing or wrong")
