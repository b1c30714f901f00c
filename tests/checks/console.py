"""The command line prints the same bytes and ends the same way on two faces: console.py PYTHON FRONTDESK"""

import hashlib
import pathlib
import subprocess
import sys
import tempfile

from harness import ROOT, summary

CLINIC = "core/examples/clinic/bot.yaml"
TALK = "Здравствуйте\nСколько стоит чистка?\n\n/why\n8 900 123-45-67\n/effects\n/session\n/wait 2d\n/operator\n/help\n/quit\n"
# A log of three days, long enough to come in more than one part.
LOG = f"""
import json, pathlib, sys
from datetime import datetime, timedelta, timezone
from frontdesk import Bot
place = pathlib.Path("{CLINIC}").parent
tables = {{table.name: table.read_text() for table in place.glob("*.csv")}}
bot = Bot.compile((place / "bot.yaml").read_text(), tables)
noon = datetime(2026, 1, 5, 12, tzinfo=timezone.utc)
with open(sys.argv[1], "w", encoding="utf-8") as log:
    for n in range(400):
        now = noon + timedelta(minutes=10 * n)
        session = bot.open({{"channel": "web", "account": "site", "user": str(n)}}, now)
        for text in ("Здравствуйте", "Сколько стоит чистка?", "Почему? " * 100, f"8 900 {{n:03}}-45-67"):
            turn = bot.step(session, {{"id": text[:9], "kind": "message", "text": text}}, now)
            log.write(json.dumps(turn.record, ensure_ascii=False, separators=(",", ":")) + chr(10))
"""
RUNS = [
    ["check", CLINIC],
    ["check", "--json", CLINIC],
    ["check", "--strict", CLINIC],
    ["test", CLINIC],
    ["test", "--json", "--strict", CLINIC],
    ["chat", "--at", "2026-01-05T12:00:00+03:00", CLINIC],
    ["bundle", CLINIC, "-o", "OUTPUT"],
    ["bundle", CLINIC, "-o", "/"],
    ["check", "none.yaml"],
    ["check", "BROKEN"],
    ["test", "--json", "BROKEN"],
    ["chat", "BROKEN"],
    ["check", "tests/run"],
    ["check", "tests"],
    ["check", "LATIN"],
    ["bundle", CLINIC, "--audience", "clients"],
    ["verify", "none.jsonl"],
    ["verify", CLINIC],
    ["report", CLINIC, "--bot", CLINIC, "-o", "OUTPUT"],
    ["replay", CLINIC],
    ["verify", "LOG"],
    ["verify", "--json", "LOG"],
    ["replay", "LOG", "--bot", CLINIC],
    ["metrics", "LOG", "--week", "2026-W02", "--at", "2026-01-12T09:00:00Z"],
    ["report", "LOG", "--bot", CLINIC, "-o", "OUTPUT", "--at", "2026-01-12T09:00:00Z"],
    ["transcript", "LOG", "--format", "markdown"],
    ["diagram", "LOG", "--bot", CLINIC],
    ["purge", "LOG", "--keep", "2d", "--at", "2026-01-08T12:00:00Z"],
    ["purge", "LOG", "--keep", "2d", "--at", "2026-01-08T12:00:00Z", "-o", "OUTPUT"],
    ["purge", "LOG", "--keep", "2d", "--at", "2026-01-08T12:00:00Z", "-o", "/"],
    ["transcript", CLINIC, "--fast"],
    ["codes"],
    ["codes", "after_lead"],
    ["codes", "after_led"],
    ["--help"],
    ["help"],
    ["--version"],
    ["dance"],
    ["dance", CLINIC],
    ["check", "--fast", CLINIC],
    [],
]


def taken(path):
    """The hash of a file, which is gone then; None where there is none."""
    file = pathlib.Path(path)
    content = hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else None
    file.unlink(missing_ok=True)
    return content


def ends_quietly(command):
    """Whether a command whose output nobody takes says so by its exit code alone."""
    if not pathlib.Path("/dev/full").exists():  # Linux has it
        return True
    with open("/dev/full", "w") as full:
        run = subprocess.run([*command, "codes"], stdout=full, stderr=subprocess.PIPE)
    if (run.returncode, run.stderr) != (2, b""):
        print(f"{command[0]} on a full disk: {run.returncode} {run.stderr.decode()}")
        return False
    return True


def main(python, frontdesk):
    failed = 0
    with (
        tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as broken,
        tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="latin-1") as latin,
    ):
        broken.write("bot: 1\nname: Ошибка\nfaq: { file: none.csv }\nrulez: []\n")
        broken.flush()
        latin.write("bot: 1\nname: é\n")
        latin.flush()
        log = f"{broken.name}.jsonl"
        subprocess.run([python, "-c", LOG, log], check=True, cwd=ROOT)
        names = {"BROKEN": broken.name, "LATIN": latin.name, "LOG": log, "OUTPUT": f"{broken.name}.bundle"}
        for words in RUNS:
            words = [names.get(word, word) for word in words]
            ends = []
            for command in ([python, "-m", "frontdesk"], [frontdesk]):
                run = subprocess.run([*command, *words], input=TALK.encode(), capture_output=True, cwd=ROOT)
                ends.append((run.returncode, run.stdout, run.stderr, taken(names["OUTPUT"])))
            if ends[0] != ends[1] or not ends[0][1] or ends[0][2]:
                failed += 1
                print(f"{' '.join(words)}:\n  Python {ends[0]}\n  Node   {ends[1]}")
        pathlib.Path(log).unlink()
    failed += sum(not ends_quietly(command) for command in ([python, "-m", "frontdesk"], [frontdesk]))
    summary(len(RUNS) + 2 - failed, failed)


if __name__ == "__main__":
    main(*sys.argv[1:])
