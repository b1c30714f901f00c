"""Sessions that older versions stored load for ever: python3 tests/checks/snapshots.py FACE

A folder of tests/snapshots/v1 is a bot as it was, with the sessions that it stored. Each is restored, stored again with
the same bytes, and goes on; and each is taken over by the bot that has this name among the examples today. A snapshot is
never recorded anew: where one stops loading, `restore` has broken a promise.
"""

import json
import sys

from harness import ROOT, answers, summary

NOW = "2026-11-22T09:00:00Z"
EVENT = {"id": "later", "kind": "message", "text": "Здравствуйте"}


def bot(name, folder):
    """The case that compiles the bot of a folder."""
    files = {table.name: table.read_text(encoding="utf-8") for table in folder.glob("*.csv")}
    return {"op": "bot", "bot": name, "definition": (folder / "bot.yaml").read_text(encoding="utf-8"), "files": files}


def cases():
    """Cases as JSON lines, each with the path of its snapshot and what the answer must hold."""
    for folder in sorted((ROOT / "tests/snapshots/v1").iterdir()):
        yield bot("then", folder), folder, {"warnings"}
        yield bot("now", ROOT / "core/examples" / folder.name), folder, {"warnings"}
        for path in sorted(folder.glob("*.json")):
            stored = json.loads(path.read_text(encoding="utf-8"))
            same = {"mode": stored["mode"], "status": stored["status"]}
            yield {"op": "restore", "session": "s", "bot": "then", "snapshot": stored}, path, same
            yield {"op": "snapshot", "session": "s"}, path, {"snapshot": stored}
            yield {"op": "step", "session": "s", "now": NOW, "event": EVENT}, path, {"outcome"}
            yield {"op": "migrate", "session": "s", "bot": "now", "snapshot": stored}, path, {"mode": stored["mode"]}
            yield {"op": "step", "session": "s", "now": NOW, "event": EVENT}, path, {"outcome"}


def holds(answer, expected):
    """Whether an answer has these keys, or these values."""
    if isinstance(expected, dict):
        return all(answer.get(key) == value for key, value in expected.items())
    return all(key in answer for key in expected)


def main(face):
    asked = list(cases())
    lines = [json.dumps(case, ensure_ascii=False).encode() for case, _, _ in asked]
    failed = 0
    for (case, path, expected), line in zip(asked, answers(face, lines)):
        if not holds(json.loads(line), expected):
            failed += 1
            print(f"{path.relative_to(ROOT)}: {case['op']}: {line.decode()[:500]}")
    summary(len(asked) - failed, failed)


if __name__ == "__main__":
    main(sys.argv[1])
