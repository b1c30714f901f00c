"""What this host is told: secrets and addresses by the environment, ids of accounts by `accounts.json`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from frontdesk import Bot

from .vendors import Backoffice, Bitrix24, Http, ManyChat, Vendor

HERE = Path(__file__).resolve().parent.parent


def env(name: str, otherwise: str | None = None) -> str:
    value = os.environ.get(name, otherwise)
    if value is None:
        raise SystemExit(f"{name} is not set; README.md says what it is")
    return value


def accounts() -> dict[str, dict[str, object]]:
    """What codecs must know of each account: pipelines, stages, people. No secrets."""
    return json.loads(Path(env("ACCOUNTS", str(HERE / "accounts.json"))).read_text("utf-8"))


def bot() -> Bot:
    """The bot as its files are now."""
    path = Path(env("BOT", str(HERE / "bot.yaml")))
    return Bot.compile(path.read_text("utf-8"), {table.name: table.read_text("utf-8") for table in path.parent.glob("*.csv")})


def vendors() -> Iterator[tuple[str, Vendor]]:
    """Every target that the environment gives an address or a token. Parcels for others wait in the outbox."""
    known = accounts()

    def per_second(allowed: float) -> float:
        return 0 if env("UNPACED", "") else allowed  # against the stand-ins there is nothing to spare

    if token := env("MANYCHAT_TOKEN", ""):
        http = Http(env("MANYCHAT_API", "https://api.manychat.com"), bearer(token), 4, per_second(10))
        yield "client", ManyChat("client", "manychat", http, known.get("manychat", {}), at_once=4)
    if url := env("KOMMO_URL", ""):
        http = Http(url, bearer(env("KOMMO_TOKEN")), 4, per_second(7))
        yield "kommo", Vendor("kommo", "kommo", http, known.get("kommo", {}), at_once=4)
    if hook := env("BITRIX24_HOOK", ""):
        yield "bitrix24", Bitrix24("bitrix24", "bitrix24", Http(hook, {}, 4, per_second(2)), known.get("bitrix24", {}), at_once=4)
    if token := env("TELEGRAM_TOKEN", ""):
        http = Http(f"{env('TELEGRAM_API', 'https://api.telegram.org')}/bot{token}", {}, 4, per_second(0.33))  # 20 a minute in a group
        options = {"chat_id": env("TELEGRAM_ADMIN_CHAT"), **known.get("telegram_admin", {})}
        yield "telegram_admin", Vendor("telegram_admin", "telegram_admin", http, options, at_once=4)
    if url := env("BACKOFFICE_URL", ""):
        yield "backoffice", Backoffice("backoffice", "webhook", Http(url, bearer(env("BACKOFFICE_TOKEN", "")), 4, 0), {}, at_once=4)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
