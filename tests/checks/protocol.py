"""The harness answers every line, whatever it holds: python3 tests/checks/protocol.py FACE"""

import json
import sys

from harness import answers, summary

TEXT = "Олена 🙂 пише: olena@example.com"
PLACE = TEXT.index("olena")
FAILS = [
    ("no JSON", b"{", "bad_case"),
    ("no bytes of UTF-8", b'{"op":"extract","text":"\xff\xfe', "bad_case"),
    ("no object", b"[1,2]", "bad_case"),
    ("an unknown op", b'{"op":"dance"}', "bad_case"),
    ("no op", b"{}", "bad_case"),
    ("an unknown bot", b'{"op":"bot.test","bot":"nobody"}', "unknown_name"),
    ("an unknown session", b'{"op":"due","session":"none","now":"2026-01-05T12:00:00Z"}', "unknown_name"),
]
EXTRACT = json.dumps({"op": "extract", "text": TEXT, "region": "ZZ"}, ensure_ascii=False).encode()


def main(face):
    # A good case after every bad one shows that the run goes on.
    lines = [line for _, bad, _ in FAILS for line in (bad, EXTRACT)]
    got = [json.loads(line) for line in answers(face, lines)]
    failed = []
    for (name, _, code), answer in zip(FAILS, got[::2]):
        if answer.get("error", {}).get("code") != code or not answer["error"].get("message"):
            failed.append(f"{name}: {code} expected, got {answer}")
    email = {"address": "olena@example.com", "raw": "olena@example.com", "start": PLACE, "end": len(TEXT)}
    for (name, _, _), answer in zip(FAILS, got[1::2]):
        if answer.get("emails") != [email] or answer.get("phones") != []:
            failed.append(f"after {name}: the e-mail in code points expected, got {answer}")
    print("\n".join(failed)) if failed else None
    summary(2 * len(FAILS) - len(failed), len(failed))


if __name__ == "__main__":
    main(sys.argv[1])
