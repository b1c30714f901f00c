"""What this host is told: secrets and addresses by the environment, ids of accounts by `accounts.json`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from frontdesk import Bot

from .vendors import Backoffice, Bitrix24, Http, ManyChat, OpenLine, Vendor

HERE = Path(__file__).resolve().parent.parent


def env(name: str, otherwise: str | None = None) -> str:
    value = os.environ.get(name, otherwise)
    if value is None:
        raise SystemExit(f"{name} is not set; README.md says what it is")
    return value


def accounts() -> dict[str, dict[str, Any]]:
    """What codecs must know of each account: pipelines, stages, people. No secrets."""
    return json.loads(Path(env("ACCOUNTS", str(HERE / "accounts.json"))).read_text("utf-8"))


def bot() -> Bot:
    """The bot as its files are now."""
    path = Path(env("BOT", str(HERE / "bot.yaml")))
    return Bot.compile(path.read_text("utf-8"), {table.name: table.read_text("utf-8") for table in path.parent.glob("*.csv")})


def timeout() -> float:
    """Seconds that a vendor may take."""
    return float(env("TIMEOUT", "10"))


def vendors() -> Iterator[tuple[str, Vendor]]:
    """Every target that the environment gives an address or a token. Parcels for others wait in the outbox."""
    known = accounts()

    def http(base: str, token: str, per_second: float) -> Http:
        # Against stand-ins there is nothing to spare.
        return Http(base, token, 0 if env("UNPACED", "") else per_second, timeout())

    if token := env("MANYCHAT_TOKEN", ""):
        api = http(env("MANYCHAT_API", "https://api.manychat.com"), token, 10)
        yield "client", ManyChat("client", "manychat", api, known.get("manychat", {}))
    if url := env("KOMMO_URL", ""):
        yield "kommo", Vendor("kommo", "kommo", http(url, env("KOMMO_TOKEN"), 7), known.get("kommo", {}))
    if hook := env("BITRIX24_HOOK", ""):
        portal = http(hook, "", 2)
        yield "bitrix24", Bitrix24("bitrix24", "bitrix24", portal, known.get("bitrix24", {}))
        yield "open_line", OpenLine("open_line", "bitrix24", portal, known.get("open_line", {}))
    if token := env("TELEGRAM_TOKEN", ""):
        api = http(f"{env('TELEGRAM_API', 'https://api.telegram.org')}/bot{token}", "", 0.33)  # 20 a minute in a group
        options = {"chat_id": env("TELEGRAM_ADMIN_CHAT"), **known.get("telegram_admin", {})}
        yield "telegram_admin", Vendor("telegram_admin", "telegram_admin", api, options)
    if url := env("BACKOFFICE_URL", ""):
        yield "backoffice", Backoffice("backoffice", "", http(url, env("BACKOFFICE_TOKEN", ""), 0), {})
