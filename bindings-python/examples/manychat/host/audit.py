"""python -m host.audit week | talk CHANNEL/ACCOUNT/USER | sample

What the records say. `week` prints the figures of the last whole week and sends its alerts to the team's chat; run it on
Mondays. `talk` prints a dialog as a page, `sample` the dialogs that a person should read, chosen by nobody.
"""

import argparse
import asyncio
import json
import sys
from datetime import timedelta
from typing import Any

from frontdesk import encode

from . import settings
from .database import connect
from .desk import now
from .store import Store
from .vendors import Vendor


async def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m host.audit", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["week", "talk", "sample"])
    parser.add_argument("session", nargs="?", help="as it stands in the table `sessions`")
    arguments = parser.parse_args()
    database = await connect(settings.env("DATABASE_URL", "sqlite:///frontdesk.db"))
    records = await Store(database).records(arguments.session)
    await database.close()
    bot = settings.bot()
    if arguments.what == "talk":
        sys.stdout.write(bot.tool("transcript", records=records, format="html")["text"])
    elif arguments.what == "sample":
        print(json.dumps(bot.tool("sample", records=records), ensure_ascii=False, indent=1))
    else:
        year, week, _ = (now() - timedelta(weeks=1)).isocalendar()
        counted = bot.tool("metrics", records=records, now=now().isoformat())
        figures = bot.tool("figures", partial=counted, week=f"{year}-W{week:02}")
        print(json.dumps(figures, ensure_ascii=False, indent=1))
        if team := dict(settings.vendors()).get("telegram_admin"):
            await tell(team, figures["alerts"])


async def tell(team: Vendor, alerts: list[dict[str, Any]]) -> None:
    lines = [f"{alert['figure']}: {alert['now']} ({alert['bound']} {alert['limit']})" for alert in alerts]
    if lines:
        text = "Аудит недели\n" + "\n".join(lines)
        notice = {"key": "1.0", "kind": "notify", "to": team.target, "text": text}
        encoded = encode(team.codec, [notice], {**team.options, "target": team.target})
        for request, payload in zip(encoded["requests"], encoded["payloads"]):
            await team.http.send(request["method"], request["path"], payload)


if __name__ == "__main__":
    asyncio.run(main())
