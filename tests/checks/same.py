"""R168: random cases, whole dialogs among them, give the same bytes on every face: python3 tests/checks/same.py FACE…

The cases are made with a fixed seed: what clients write is put together from the words below, some of it damaged; the
dialogs run on the clinic and on the definitions of the recorded vectors. The faces are compared with `rust`.
"""

import datetime
import json
import random
import sys

from harness import ROOT, answers, summary

CASES = 10_000
SHOWN = 5  # differences printed of a face
CLINIC = ROOT / "core/examples/clinic"
OPENINGS = ["Здравствуйте", "Добрый день,", "Доброго дня!", "Hello", "", "", "", "😀", "ну"]
TALK = [
    *["сколько стоит чистка", "хочу записаться", "где вы находитесь?", "Обожаю собак!", "позовите менеджера"],
    *["скільки коштує імплант", "спасибо, до свидания", "верните деньги!!!", "да", "нет", "2", "имплант", "how much is it"],
    *["есть ли парковка", "мне больно", "отмените запись", "лучше в другое время", "ghbdtn", "skolko stoit chistka"],
]
VALUES = [
    *["8-900-123-45-67", "+380 67 123 45 67", "восемь девятьсот три 123 45 67", "тел. 12-34", "ivan (собака) mail.ru"],
    *["olena@example.com", "завтра в 15:00", "в пятницу вечером", "25.12", "від 30к", "1500 грн", "до 100 тысяч рублей"],
    *["меня зовут Ирина", "A-123456", "№ 00123", "+1 (650) 253-0000 доб. 5", "12:99", "31.02.2026", "٠٥٠"],
]
STRANGE = ["\u202e", "\u0000", "a\u0301", "👩‍👩‍👧", "ﬁ", "\t\n", "«»", "\\\"", "ё" * 50, "🇺🇦", "ı", "\u2028"]
EVENTS = ["message"] * 14 + ["button", "photo", "operator", "control", "result", "fact", "deleted", "broken"]


class Cases:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []

    def add(self, **case):
        self.lines.append(json.dumps(case, ensure_ascii=False).encode())

    def pick(self, some):
        return self.random.choice(some)

    def text(self):
        parts = [self.pick(OPENINGS)]
        parts += [self.pick(self.pick([TALK, TALK, VALUES, STRANGE])) for _ in range(self.random.randrange(4))]
        text = " ".join(part for part in parts if part)
        if text and self.random.random() < 0.2:  # a letter lost, doubled or exchanged
            at = self.random.randrange(len(text))
            text = text[:at] + self.pick(["", text[at] * 2, self.pick("abcяіё.,!1")]) + text[at + 1 :]
        return text

    def event(self, id, effects):
        kind = self.pick(EVENTS)
        event = {"id": self.pick(["m0", id]) if self.random.random() < 0.05 else id, "kind": kind}
        match kind:
            case "message":
                event["text"] = self.text()
            case "button":
                event.update(kind="message", button=self.pick(["Записаться", "Чистка", "slot1", "Да", "1"]))
            case "photo":
                event.update(kind="message", attachments=[{"kind": "photo", "ref": "p1"}])
            case "operator":
                event.update(action=self.pick(["joined", "message", "left"]), text=self.pick(["Добрый день", "/bot"]))
            case "control":
                event["action"] = self.pick(["stop", "resume", "restart", "restart"])
            case "result":
                slots = [{"id": "slot1", "start": "2026-01-07T10:00:00Z"}, {"id": "slot2", "start": "2026-01-08T12:00:00Z"}]
                event.update(effect=self.pick(effects), ok=self.random.random() < 0.8)
                event["data"] = self.pick([{"slots": slots}, {}, {"id": "42"}, {"status": "delayed", "x": 1.5}])
            case "fact":
                event.update(name=self.pick(["started", "no_show", "payment"]), data={"10": 1, "9": 2})
            case "deleted":
                event["of"] = "m1"
            case "broken":
                event = self.pick([{"id": id}, {"id": 7, "kind": "message"}, {"id": id, "kind": "shout"}, [], "x"])
        return event

    def dialog(self, number, bot, steps):
        session, now = f"s{number}", 1_767_600_000 + self.random.randrange(10**7)

        def at():
            return datetime.datetime.fromtimestamp(now, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

        self.add(op="open", session=session, bot=bot, now=at(), key={"channel": "telegram", "account": "a", "user": session})
        # Keys of effects are guessed: a revision and a place, as hosts get them.
        for step in range(steps):
            now += self.pick([1, 5, 60, 600, 7_200, 90_000])
            if self.random.random() < 0.15:
                self.add(op="due", session=session, now=at())
            else:
                guesses = [f"{max(step - back, 1)}.{n}" for back in range(3) for n in range(3)]
                self.add(op="step", session=session, now=at(), event=self.event(f"m{step}", guesses))
        self.add(op="snapshot", session=session)


def definitions():
    """The clinic, and every definition of the recorded vectors that compiles."""
    yield (CLINIC / "bot.yaml").read_text(encoding="utf-8"), {"faq.csv": (CLINIC / "faq.csv").read_text(encoding="utf-8")}
    for path in sorted((ROOT / "tests/vectors").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            recorded = json.loads(line)
            if recorded["case"].get("op") == "bot" and "hash" in recorded["answer"]:
                yield recorded["case"]["definition"], recorded["case"].get("files", {})


def cases():
    made = Cases(168)
    bots = []
    for number, (definition, files) in enumerate(definitions()):
        bots.append(f"b{number}")
        made.add(op="bot", bot=bots[-1], definition=definition, files=files)
        made.add(op="bot.test", bot=bots[-1])
    number = 0
    while len(made.lines) < CASES * 7 // 10:
        number += 1
        made.dialog(number, made.pick([bots[0], made.pick(bots)]), made.random.randrange(5, 60))
    made.add(op="faq.load", kb="k", entries=[{"id": text, "ask": [text], "say": text} for text in TALK])
    while len(made.lines) < CASES:
        match made.random.randrange(3):
            case 0:
                region = made.pick(["RU", "UA", "US", None, "ZZ"])
                zone = made.pick(["Europe/Kyiv", "Asia/Kathmandu", "UTC"])
                made.add(op="extract", text=made.text(), region=region, now="2026-11-21T10:00:00Z", zone=zone, mask="A-######")
            case 1:
                made.add(op="faq.match", kb="k", text=made.text(), top=3)
            case _:
                listed = made.random.sample(["собака", "чистка", "=запись", "записат*", "верните деньги", "@profanity"], 3)
                made.add(op="words", words=listed, text=made.text())
    return made.lines


def main(faces):
    lines = cases()
    expected = answers("rust", lines)
    refused = sum(line.startswith(b'{"error"') for line in expected)
    print(f"{len(lines)} cases, {refused} of them refused")
    passed = failed = 0
    for face in faces:
        pairs = zip(lines, expected, answers(face, lines))
        wrong = [(case, want, got) for case, want, got in pairs if want != got]
        for case, want, got in wrong[:SHOWN]:
            print(f"{face}: {case.decode()[:500]}\n  rust {want.decode()[:700]}\n  {face} {got.decode()[:700]}")
        passed, failed = passed + len(lines) - len(wrong), failed + len(wrong)
    summary(passed, failed)


if __name__ == "__main__":
    main(sys.argv[1:])
