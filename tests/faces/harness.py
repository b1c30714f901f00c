"""The harness of the Python face: JSON lines in, one JSON line out per case. See tests/harness."""

import json
import re
import sys

from frontdesk import Bot, DefinitionError, Faq, FrontdeskError, _frontdesk

SPACE = re.compile(r"\s*")
KINDS = {type(None): "nothing", bool: "a yes or no", int: "a number", float: "a number", str: "a text", list: "a list"}

TOOLS = json.loads(_frontdesk.tool("tools", None, "{}"))


class Refused(Exception):
    """A case that fails: code, message and path."""


def constant(name):
    raise ValueError(f"{name} is no JSON")


decoder = json.JSONDecoder(parse_constant=constant)


class Case(dict):
    """A case read, and beside it the text of each part as it was written, for the library to judge."""

    def __init__(self, line):
        read = decoder.decode(line)
        line.encode()  # half a surrogate pair is no text
        super().__init__(read if isinstance(read, dict) else {})
        self.raw = {}
        at = line.index("{") + 1 if self else 0
        for _ in self:
            key, at = decoder.raw_decode(line, SPACE.match(line, at).end())
            start = SPACE.match(line, line.index(":", at) + 1).end()
            _, end = decoder.raw_decode(line, start)
            self.raw[key] = line[start:end]
            at = SPACE.match(line, end).end() + 1

    def part(self, key):
        if key not in self:
            raise Refused("missing_key", f"the key `{key}` is missing", "")
        return self.raw[key]

    def text(self, key):
        self.part(key)
        if not isinstance(self[key], str):
            raise Refused("wrong_type", f"{KINDS.get(type(self[key]), 'a map')} found, a text expected", key)
        return self[key]

    def plain(self, key):
        """A text, or none."""
        return self[key] if isinstance(self.get(key), str) else ""


class Harness:
    def __init__(self):
        self.bots, self.sessions, self.tables = {}, {}, {}

    def extract(self, case):
        options = {key: case[key] for key in ("region", "now", "zone", "mask") if isinstance(case.get(key), str)}
        while True:
            try:
                return _frontdesk.tool("extract", None, json.dumps({"text": case.plain("text"), **options}))
            except FrontdeskError as refused:  # what is unknown counts as absent here
                del options[refused.path]

    def words(self, case):
        listed = [word for word in case.get("words") or [] if isinstance(word, str)]
        hits = _frontdesk.tool("words", None, json.dumps({"words": listed, "text": case.plain("text")}))
        return f'{{"hits":{hits}}}'

    def faq_load(self, case):
        given = case.get("options") or {}
        options = {key: given[key] for key in ("threshold", "synonyms") if key in given}
        table = self.tables[case.plain("kb")] = Faq("entries", case.get("entries") or [], **options)
        return written({"rows": len(table)})

    def faq_match(self, case):
        table = self.tables.get(case.plain("kb"))
        if table is None:
            raise Refused("table_invalid", f"no table `{case.plain('kb')}` is loaded", "kb")
        found = table.match(case.plain("text"), case.get("top", 3))
        candidates = [{"id": candidate.id, "score": candidate.score} for candidate in found.candidates]
        return written({"answer": found.answer, "candidates": candidates, "score": found.score})

    def bot(self, case):
        name = case.text("bot")
        case.part("definition")
        files = {name: text for name, text in (case.get("files") or {}).items() if isinstance(text, str)}
        try:
            bot = self.bots[name] = Bot.compile(case["definition"], files)
        except DefinitionError as refused:
            return written({"errors": [fields(error) for error in refused.errors]})
        return written({"hash": bot.hash, "warnings": warnings(bot)})

    def lint(self, case):
        return written({"warnings": warnings(self.known_bot(case))})

    def bot_test(self, case):
        report = self.known_bot(case).test()
        failed = [{**fields(f), "expected": ordered(f.expected), "got": ordered(f.got)} for f in report.failed]
        return written({"passed": report.passed, "failed": failed})

    def open(self, case):
        bot, now = self.known_bot(case), case.text("now")
        return self.keep(case, bot, bot.open(case.part("key"), now, case.raw.get("contact")))

    def restore(self, case):
        bot, snapshot = self.known_bot(case), case.part("snapshot")
        snapshot = case["snapshot"] if isinstance(case["snapshot"], str) else snapshot
        return self.keep(case, bot, bot.restore(snapshot))

    def migrate(self, case):
        stored = case.raw["snapshot"] if "snapshot" in case.raw else self.known_session(case)[1].to_json()
        bot = self.known_bot(case)
        session, report = bot.migrate(stored)
        told = [{key: item[key] for key in ("code", "path", "message") if key in item} for item in report]
        return f'{self.keep(case, bot, session)[:-1]},"report":{written(told)}}}'

    def keep(self, case, bot, session):
        self.sessions[case.text("session")] = bot, session
        return state(session)

    def step(self, case):
        bot, session = self.known_session(case)
        now = case.text("now")
        return bot.step(session, case.part("event"), now).to_json()

    def due(self, case):
        bot, session = self.known_session(case)
        return bot.due(session, case.text("now")).to_json()

    def snapshot(self, case):
        return f'{{"snapshot":{self.known_session(case)[1].to_json()}}}'

    def tool(self, case):
        """Every other op is a tool of that name; its argument is the rest of the case as it was written."""
        bot = self.known_bot(case) if "bot" in case else None
        rest = (f"{written(key)}:{text}" for key, text in case.raw.items() if key not in ("op", "bot"))
        return _frontdesk.tool(case["op"], bot, f"{{{','.join(rest)}}}")

    def known_bot(self, case):
        return known(self.bots, "bot", case.text("bot"))

    def known_session(self, case):
        return known(self.sessions, "session", case.text("session"))

    OPS = {
        "extract": extract,
        "words": words,
        "faq.load": faq_load,
        "faq.match": faq_match,
        "bot": bot,
        "lint": lint,
        "bot.test": bot_test,
        "open": open,
        "restore": restore,
        "migrate": migrate,
        "step": step,
        "due": due,
        "snapshot": snapshot,
    }

    def answer(self, line):
        try:
            case = Case(line)
        except (ValueError, RecursionError):
            return failed("bad_case", "the line is no JSON", "")
        op = case.plain("op")
        if op not in self.OPS and op not in TOOLS:
            return failed("bad_case", f"unknown op `{op}`", "op")
        try:
            return self.OPS.get(op, Harness.tool)(self, case)
        except Refused as refused:
            return failed(*refused.args)
        except FrontdeskError as refused:
            return failed(refused.code, refused.errors[0].message, refused.path)


def known(kept, kind, name):
    if name not in kept:
        raise Refused("unknown_name", f"no {kind} is called `{name}`", kind)
    return kept[name]


def state(session):
    return written({"mode": session.state.mode, "status": session.state.status})


def warnings(bot):
    return [{"code": w.code, "message": w.message, "path": w.path} for w in bot.warnings]


def fields(value):
    """A value of the face as JSON has it; problems are written with their keys sorted."""
    given = {name: getattr(value, name) for name in value.__slots__ if getattr(value, name) is not None}
    return given if "step" in given else dict(sorted(given.items()))


def ordered(value):
    return json.loads(json.dumps(value, sort_keys=True))


def failed(code, message, path):
    return written({"error": {"code": code, "message": message, **({"path": path} if path else {})}})


def written(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main():
    harness = Harness()
    for line in sys.stdin.buffer:
        if line.strip():
            answer = harness.answer(line.decode("utf-8", "replace").rstrip("\r\n"))
            sys.stdout.buffer.write(answer.encode() + b"\n")
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
