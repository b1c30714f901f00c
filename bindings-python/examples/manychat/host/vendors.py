"""Who is on the other side of the outbox: where requests go, with what secrets, and what answers mean."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import urllib3
from frontdesk import decode, encode

from .desk import Effect, Event, Key, now

AT_ONCE = 8
"""Parcels that a vendor has on the way."""
CRMS = {"kommo", "bitrix24"}
LOCKED_OUT = {401, 403}
"""A token that ran out loses no lead: somebody will renew it."""

log = logging.getLogger("host.vendors")


class Later(Exception):
    """The vendor could not be asked, or could not answer: the same again, `after` seconds at the earliest."""

    def __init__(self, reason: str, after: float = 0) -> None:
        super().__init__(reason)
        self.after = after


class NoLead(Exception):
    """It belongs to a lead, and there is none yet."""


@dataclass(frozen=True)
class Errand:
    """One request."""

    effect: Effect
    method: str
    path: str
    payload: Any
    key: str | None


class Http:
    """One vendor's connections, and no more requests a second than it allows."""

    def __init__(self, base: str, token: str, per_second: float, timeout: float) -> None:
        self._base = base.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._pool = urllib3.PoolManager(maxsize=AT_ONCE, timeout=timeout, retries=False)
        self._threads = ThreadPoolExecutor(AT_ONCE)
        self._pause = 1 / per_second if per_second else 0.0
        self._free = 0.0

    async def send(self, method: str, path: str, payload: Any) -> tuple[int, str, float]:
        """Status, body, and the seconds that the vendor asks to wait."""
        await self._in_turn()
        loop = asyncio.get_running_loop()
        try:
            answer = await loop.run_in_executor(self._threads, self._request, method, path, payload)
        except urllib3.exceptions.HTTPError as error:
            raise Later(type(error).__name__) from error
        wait = answer.headers.get("Retry-After", "")
        return answer.status, answer.data.decode(errors="replace"), float(wait) if wait.isdigit() else 0.0

    async def _in_turn(self) -> None:
        clock = asyncio.get_running_loop().time
        wait = self._free - clock()
        self._free = max(self._free, clock()) + self._pause
        if wait > 0:
            await asyncio.sleep(wait)

    def _request(self, method: str, path: str, payload: Any) -> urllib3.BaseHTTPResponse:
        url = f"{self._base}/{path.lstrip('/')}" if path else self._base
        return self._pool.request(method, url, json=payload, headers=self._headers)


class Vendor:
    """A target of the definition: `codec` is its kind, `options` what the codec must know of the account."""

    def __init__(self, target: str, codec: str, http: Http, options: Mapping[str, Any]) -> None:
        self.target = target
        self.codec = codec
        self.http = http
        self.options = dict(options)

    def errands(self, key: Key, effects: list[Effect], session: Mapping[str, Any], reply: Mapping[str, Any]) -> list[Errand]:
        """The requests that a parcel becomes. Raises NoLead, and FrontdeskError for what the vendor cannot be told."""
        options = {**self.options, "target": self.target}
        if self.codec in CRMS:
            options["now"] = now().isoformat()
            if lead := lead_id(session, self.target):
                options["lead_id"] = lead
        encoded = encode(self.codec, effects, options)
        for change in encoded["changes"]:
            if change["code"] == "lead_unknown":
                raise NoLead("there is no lead yet")
            log.warning("%s: %s", self.target, change)
        by_key = {effect["key"]: effect for effect in effects}
        pairs = zip(encoded["requests"], encoded["payloads"])
        return [Errand(by_key[r["effect"]], r["method"], r.get("path", ""), payload, r.get("key")) for r, payload in pairs]

    async def run(self, errand: Errand, in_doubt: bool) -> Event | None:
        """Sends; what the answer means for the dialog. Raises Later where the same may be sent again."""
        status, body, wait = await self.http.send(errand.method, errand.path, errand.payload)
        asked = {"effect": errand.effect["key"], "target": self.target, "status": status}
        if errand.key:
            asked["request"] = errand.key
        event: Event = decode(self.codec, body, asked)[0]["events"][0]
        if not event["ok"] and (status in LOCKED_OUT or event.get("data", {}).get("retry")):
            raise Later(event.get("error", ""), event["data"].get("retry_after", wait))
        return event if expected(errand.effect) else None


class Bitrix24(Vendor):
    """It keeps no two requests apart: before a lead is sent again, we look whether it is there."""

    async def run(self, errand: Errand, in_doubt: bool) -> Event | None:
        if in_doubt and errand.effect["kind"] == "create_lead":
            found = await self._find(errand)
            if found is not None:
                key = errand.effect["key"]
                result = {"kind": "result", "effect": key, "target": self.target, "ok": True, "data": {"id": found}}
                return {"id": f"found.{key}.{self.target}", **result}
        return await super().run(errand, in_doubt)

    async def _find(self, errand: Errand) -> str | None:
        mark = {"originatorId": errand.payload["fields"]["originatorId"], "originId": errand.key}
        ask = {"entityTypeId": 1, "filter": mark, "select": ["id"]}
        status, body, wait = await self.http.send("POST", "crm.item.list", ask)
        if status != 200:
            raise Later(f"{status} {body[:100]}", wait)
        items = json.loads(body)["result"]["items"]
        return str(items[0]["id"]) if items else None


class OpenLine(Vendor):
    """The client of a session that began in a chat of Bitrix24, which the conversation's own options name."""

    def errands(self, key: Key, effects: list[Effect], session: Mapping[str, Any], reply: Mapping[str, Any]) -> list[Errand]:
        chat = Vendor(self.target, self.codec, self.http, {**self.options, **reply})
        return chat.errands(key, effects, session, reply)


class Backoffice(Vendor):
    """The owner's own system: calendar, orders, payments. It takes the request and answers `{ok, data?, error?}`."""

    def errands(self, key: Key, effects: list[Effect], session: Mapping[str, Any], reply: Mapping[str, Any]) -> list[Errand]:
        return [Errand(effect, "POST", "", {"session": key, **effect}, None) for effect in effects]

    async def run(self, errand: Errand, in_doubt: bool) -> Event | None:
        status, body, wait = await self.http.send(errand.method, errand.path, errand.payload)
        if status != 200:
            raise Later(f"{status} {body[:100]}", wait)
        key = errand.effect["key"]
        return {"id": f"result.{key}.{self.target}", "kind": "result", "effect": key, **json.loads(body)}


class ManyChat(Vendor):
    """The client, where ManyChat is not waiting for our answer: reminders, and what an answer was too late for."""

    def errands(self, key: Key, effects: list[Effect], session: Mapping[str, Any], reply: Mapping[str, Any]) -> list[Errand]:
        options = {**self.options, **reply, "to": key["user"], "channel": key["channel"], "form": "send"}
        encoded = encode("manychat", effects, options)
        pairs = zip(encoded["requests"], encoded["payloads"])
        return [Errand(effects[0], request["method"], request["path"], payload, None) for request, payload in pairs]

    async def push(self, block: Any) -> None:
        """A block for the client, now."""
        await self.http.send("POST", "fb/sending/sendContent", block)

    async def run(self, errand: Errand, in_doubt: bool) -> Event | None:
        status, body, wait = await self.http.send(errand.method, errand.path, errand.payload)
        if status in LOCKED_OUT or status == 429 or status >= 500:
            raise Later(f"{status} {body[:100]}", wait)
        if status != 200:
            log.error("manychat refused %s: %s %s", errand.payload, status, body)
        return None


def expected(effect: Effect) -> bool:
    """Whether the dialog waits for the answer."""
    return effect["kind"] in ("create_lead", "update_lead", "request")


def lead_id(session: Mapping[str, Any], target: str) -> str | None:
    """The latest lead that the target has of this client."""
    ids = [lead["ids"][target] for lead in session.get("leads", []) if target in lead.get("ids", {})]
    return ids[-1] if ids else None
