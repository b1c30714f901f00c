"""The installed package as a host uses it: `python test_face.py` in a venv that has it."""

import copy
import json
import pathlib
import pickle
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from datetime import datetime, timedelta, timezone

import frontdesk
from frontdesk import Bot, CreateLead, Effect, Faq, FrontdeskError, Reply

CLINIC = pathlib.Path(__file__).resolve().parents[2] / "core/examples/clinic"
KEY = {"channel": "telegram", "account": "clinic", "user": "7"}
NOON = datetime(2026, 1, 5, 12, tzinfo=timezone.utc)


def message(id, text):
    return {"id": id, "kind": "message", "text": text}


class Face(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        definition = (CLINIC / "bot.yaml").read_text(encoding="utf-8")
        cls.bot = Bot.compile(definition, {"faq.csv": (CLINIC / "faq.csv").read_text(encoding="utf-8")})

    def refused(self, call, kind, code, path):
        with self.assertRaises(kind) as caught:
            call()
        self.assertEqual((caught.exception.code, caught.exception.path), (code, path))
        return caught.exception

    def test_a_phone_becomes_a_lead_and_silence(self):
        session = self.bot.open(KEY, NOON)
        turn = self.bot.step(session, message("1", "Наберите меня: 8 (912) 345-67-89"), NOON)
        lead = next(effect for effect in turn.effects if isinstance(effect, CreateLead))
        self.assertEqual(lead.fields["phone"], "+79123456789")
        self.assertEqual((turn.mode, turn.status), ("finished", "done"))
        self.assertIs(turn.effects[0], turn.effects[0])
        self.assertEqual(turn.record["matched"]["rule"], "Оставил телефон вне записи")
        late = self.bot.due(session, NOON + timedelta(minutes=30))
        self.assertEqual([effect.code for effect in late.effects if isinstance(effect, Effect.Alert)], ["lead_unconfirmed"])

    def test_effects_are_frozen_equal_by_value_and_show_themselves(self):
        session = self.bot.open(KEY, NOON)
        (reply,) = self.bot.step(session, message("1", "Здравствуйте"), NOON).effects[:1]
        made = Reply(reply.text, reply.buttons, reply.language, reply.window, reply.template, reply.mode_rev, reply.key)
        self.assertEqual(made, reply)
        self.assertTrue(repr(reply).startswith("Reply(text='Здравствуйте!"), repr(reply))
        with self.assertRaises(AttributeError):
            reply.text = "x"

    def test_effects_copy_pickle_hash_and_go_to_codecs(self):
        session, turns = self.bot.open(KEY, NOON, {"name": "Ира", "utm": {"source": "ig"}}), []
        for n, text in enumerate(["Хочу записаться на чистку", "завтра в 15:00", "Позовите человека", "8 912 345-67-89"]):
            turns.append(self.bot.step(session, message(str(n), text), NOON))
        turns.append(self.bot.due(session, NOON + timedelta(minutes=30)))
        effects = [effect for turn in turns for effect in turn.effects]
        told = [effect for turn in turns for effect in json.loads(turn.to_json())["effects"]]
        self.assertGreater(len({type(effect) for effect in effects}), 5)
        for made in (pickle.loads(pickle.dumps(effects)), [copy.copy(e) for e in effects], copy.deepcopy(effects)):
            self.assertEqual(made, effects)
        self.assertEqual(len(set(effects)), len({effect.key for effect in effects}))
        for effect, data in zip(effects, told):
            self.assertEqual((effect.key, hash(effect)), (data["key"], hash(copy.copy(effect))))
            for channel in ("webhook", "telegram"):
                self.assertEqual(frontdesk.encode(channel, [effect], {"to": "7"}), frontdesk.encode(channel, [data], {"to": "7"}))

    def test_refusals_are_exceptions_with_code_and_path(self):
        session = self.bot.open(KEY, NOON)
        wrong = self.refused(lambda: Bot.compile("bot: 1\nnmae: a\nrulez: []\n"), frontdesk.DefinitionError, "unknown_key", "nmae")
        self.assertGreater(len(wrong.errors), 1)
        self.assertEqual(pickle.loads(pickle.dumps(wrong)).errors, wrong.errors)
        self.refused(lambda: self.bot.open(KEY, "noon"), FrontdeskError, "time_invalid", "now")
        for call in (lambda now: self.bot.open(KEY, now), lambda now: self.bot.step(self.bot.open(KEY, NOON), message("1", "а"), now)):
            naive = self.refused(lambda: call(datetime(2026, 1, 5)), FrontdeskError, "time_invalid", "now")
            self.assertEqual(naive.errors[0].hint, "pass datetime.now(timezone.utc)")
            self.assertIn("has no zone", str(naive))
            for wrong in (5, None):
                self.refused(lambda: call(wrong), FrontdeskError, "time_invalid", "now")
            call(NOON.astimezone(timezone(timedelta(hours=5, seconds=7))))
        self.refused(lambda: self.bot.open({**KEY, "user": 7}, NOON), FrontdeskError, "wrong_type", "user")
        self.refused(lambda: self.bot.restore("{}"), frontdesk.SessionError, "snapshot_invalid", "")
        self.refused(lambda: Bot.compile("bot: 1").restore(session.to_json()), frontdesk.SessionError, "bot_mismatch", "bot.hash")
        self.refused(lambda: self.bot.step(session, {"id": "1", "kind": "fact", "name": "a", "data": 1.5}, NOON), FrontdeskError, "number_refused", "data")
        self.refused(lambda: self.bot.step(session, message("1", "a" * 20_000), NOON), frontdesk.LimitError, "limit", "text")
        self.refused(lambda: Bot.compile("bot: 1", {"a": None}), frontdesk.DefinitionError, "wrong_type", "files.a")
        self.refused(lambda: self.bot.bundle("clients"), FrontdeskError, "unknown_name", "audience")
        self.refused(lambda: frontdesk.words("собака", "обожаю собак"), FrontdeskError, "wrong_type", "words")
        self.refused(lambda: Faq("t", "q,a\nа,б\n").match("а", -1), FrontdeskError, "unknown_value", "top")
        with self.assertRaisesRegex(TypeError, "bytes-like"):
            Bot.from_bundle("frontdesk-bundle")
        self.assertEqual(session.state.rev, 0)

    def test_a_bundle_talks_like_the_definition(self):
        bundle = self.bot.bundle()
        told = []
        for bot in (self.bot, Bot.from_bundle(bundle)):
            session = bot.open({**KEY, "channel": "web"}, NOON)
            turn = bot.step(session, message("1", "Где вы находитесь?"), NOON)
            told.append((bot.hash, turn.to_json(), session.to_json()))
        self.assertEqual(*told)
        for damaged in (bundle[:100], b""):
            self.refused(lambda: Bot.from_bundle(damaged), frontdesk.DefinitionError, "bundle_invalid", "")

    def test_what_is_no_json_is_a_type_error(self):
        session = self.bot.open(KEY, NOON)
        with self.assertRaises(TypeError):
            self.bot.step(session, {"id": object()}, NOON)
        loop = {}
        loop["loop"] = loop
        for call in (lambda: self.bot.step(session, loop, NOON), lambda: Bot.compile(loop), lambda: frontdesk.tool("lint", definition=loop)):
            self.refused(call, frontdesk.LimitError, "limit", "")

    def test_events_are_mappings_or_their_json(self):
        turns = []
        for event in (message("1", "Где вы находитесь?"), '{"id":"1","kind":"message","text":"Где вы находитесь?"}'):
            session = self.bot.open(KEY, NOON)
            turns.append((self.bot.step(session, event, NOON).to_json(), session.to_json()))
        self.assertEqual(turns[0], turns[1])
        at = {**message("1", "Привет"), "at": NOON}
        self.assertEqual(self.bot.step(self.bot.open(KEY, NOON), at, NOON).record["at"], "2026-01-05T12:00:00.000Z")

    def test_half_of_a_character_is_a_mark_whoever_cut_it(self):
        def said(event):
            return self.bot.step(self.bot.open(KEY, NOON), event, NOON).record["event"]["text"]

        for event in (message("1", "Вітаю \ud83d"), '{"id":"1","kind":"message","text":"Вітаю \\ud83d"}', '{"id":"1","kind":"message","text":"Вітаю \ud83d"}'):
            self.assertEqual(said(event), "Вітаю \ufffd")
        self.assertEqual(said({"id": "1", "kind": "message", "text": "\ud83d\ude42 \ude42"}), "🙂 \ufffd")
        self.refused(lambda: said({**message("1", "а"), "\ud800": 1}), FrontdeskError, "unknown_key", "\ufffd")
        session = self.bot.open({**KEY, "user": "7\udc80"}, NOON, {"name": "Ира\ud83d"})
        self.assertEqual(session.snapshot()["key"]["user"], "7\ufffd")
        self.assertEqual(frontdesk.extract("\ud83d 067 123 45 67", region="UA").phones[0].start, 2)
        faq = Faq("faq.json", [{"ask": "где вы", "say": "тут \ud83d"}])
        self.assertEqual(faq.match("где вы \ud83d").say, "тут \ufffd")
        self.assertEqual(Bot.compile({"bot": 1, "name": "Клиника \ud83d"}).hash, Bot.compile({"bot": 1, "name": "Клиника \ufffd"}).hash)

    def test_times_keep_their_milliseconds(self):
        for micros in (0, 1_000, 999_999, 123_456):
            now = NOON.replace(microsecond=micros)
            other = now.astimezone(timezone(timedelta(hours=5, minutes=45)))
            session = self.bot.open(KEY, other)
            self.assertEqual(self.bot.step(session, message("1", "а"), now).record["now"], f"2026-01-05T12:00:00.{micros // 1000:03}Z")

    def test_eight_threads_on_one_bot(self):
        def dialog(user):
            session = self.bot.open({**KEY, "user": "same"}, NOON)
            texts = ["Здравствуйте", "Сколько стоит чистка?", "Где вы находитесь?", "8 912 345-67-89"] * 20
            return [self.bot.step(session, message(str(n), text), NOON).to_json() for n, text in enumerate(texts)]

        alone, together = dialog(0), [None] * 8
        shared = self.bot.open(KEY, NOON)

        def work(n):
            together[n] = dialog(n)
            for k in range(50):
                self.bot.step(shared, message(f"{n}-{k}", "Привет"), NOON)

        threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual(together, [alone] * 8)
        self.assertEqual(shared.state.rev, 8 * 50)

    def test_long_calls_let_other_threads_run(self):
        rows = [{"ask": [f"вопрос {n} про товар {n * 7}"], "say": str(n)} for n in range(4000)]
        ticks, done = [], threading.Event()

        def tick():
            while not done.is_set():
                ticks.append(time.perf_counter())
                time.sleep(0.001)

        ticker = threading.Thread(target=tick)
        ticker.start()
        began = time.perf_counter()
        Faq("t", rows)
        ended = time.perf_counter()
        done.set()
        ticker.join()
        self.assertGreater(sum(began < at < ended for at in ticks), 3)

    def test_parts_work_alone(self):
        found = frontdesk.extract("🙂 мене звати Ярина, 067 123 45 67, завтра о 15:00", region="UA", now=NOON, zone="Europe/Kyiv")
        self.assertEqual((found.phones[0].e164, found.phones[0].start), ("+380671234567", 20))
        self.assertEqual(found.dates[0].value.date.isoformat(), "2026-01-06")
        self.assertEqual(found.name.value, "Ярина")
        odd = NOON.astimezone(timezone(timedelta(hours=2, seconds=7)))
        self.assertEqual(frontdesk.extract("завтра", now=odd).dates[0].value.date.isoformat(), "2026-01-06")
        self.refused(lambda: frontdesk.extract("", region="UKR"), FrontdeskError, "region_unknown", "region")
        self.assertEqual([hit.word for hit in frontdesk.words(["собака"], "Обожаю собак!")], ["собака"])
        faq = Faq.load(str(CLINIC / "faq.csv"))
        self.assertEqual(len(faq), 121)
        self.assertIsNone(faq.match("собака съела мой носок").answer)
        self.assertEqual(faq.discover(["есть ли парковка", "парковка есть?"])[0].times, 2)
        self.assertIsInstance(faq.health(), list)
        self.refused(lambda: Faq("t", "q,a\nа,\n"), frontdesk.DefinitionError, "table_invalid", "t:2:a")

    def test_places_are_counted_in_one_walk(self):
        """Four times the text takes four times as long, not sixteen."""

        def took(call):
            runs = []
            for _ in range(3):
                began = time.perf_counter()
                call()
                runs.append(time.perf_counter() - began)
            return min(runs)

        phones = "89001234567 "
        for find in (lambda text: frontdesk.extract(text, region="RU"), lambda text: frontdesk.words(["89001234567"], text)):
            short, long = (took(lambda times=times: find(phones * times)) for times in (4_000, 16_000))
            self.assertLess(long, 10 * short)
        self.assertEqual(frontdesk.extract("🙂" * 1000 + phones, region="RU").phones[0].start, 1000)

    def test_a_webhook_comes_in_and_an_answer_goes_out(self):
        update = '{"update_id":1,"message":{"message_id":5,"text":"Вітаю","from":{"id":7},"chat":{"id":7}}}'
        (talk,) = frontdesk.decode("telegram", update)
        self.assertEqual(talk["key"], {"channel": "telegram", "account": "", "user": "7"})
        self.assertEqual((talk["events"][0]["id"], talk["events"][0]["text"]), ("m5", "Вітаю"))
        self.assertEqual(frontdesk.decode("telegram", {"update_id": 2, "poll": {}}), [])
        reply = {"key": "1.1", "kind": "reply", "text": "Вітаємо!", "language": "uk", "window": "open", "mode_rev": 0}
        encoded = frontdesk.encode("telegram", [reply], {"to": talk["key"]["user"]})
        self.assertEqual((encoded["payloads"], encoded["changes"]), ([{"chat_id": 7, "text": "Вітаємо!"}], []))
        self.assertEqual(encoded["requests"][0]["path"], "sendMessage")
        self.refused(lambda: frontdesk.decode("telegram", {}), FrontdeskError, "payload_invalid", "payload")

    def test_a_log_is_proved_replayed_counted_and_shown(self):
        logs = frontdesk.logs
        session = self.bot.open(KEY, NOON)
        said = ["Сколько стоит чистка?", "+7 900 123-45-67"]
        turns = [self.bot.step(session, {"id": str(n), "kind": "message", "text": text}, NOON) for n, text in enumerate(said)]
        records = [turn.record for turn in turns]
        self.assertEqual(logs.verify(records), {"ok": True, "records": 2, "sessions": 1})
        self.assertEqual(logs.verify(records[1:])["broken"]["code"], "log_truncated")
        self.assertEqual(logs.replay(records, self.bot), {"steps": 2, "same": True})
        partial = logs.metrics(records, self.bot)
        self.assertEqual(logs.merge([partial]), partial)
        self.assertEqual(logs.figures(partial)["zone"], "Europe/Moscow")
        self.assertEqual(logs.sample(records, self.bot)[0]["dialogs"], 1)
        self.assertIn("Сколько стоит чистка", logs.transcript(records, self.bot))
        self.assertIn("<html", logs.report(records, self.bot))
        self.assertTrue(logs.diagram(self.bot, records, format="mermaid").startswith("flowchart"))
        self.assertEqual(logs.verify([{}, *records])["broken"]["code"], "record_invalid")
        with self.assertRaises(FrontdeskError) as caught:
            logs.metrics([{}])
        self.assertEqual(caught.exception.code, "record_invalid")

    def test_the_command_line_ends_with_codes_for_ci(self):
        def run(*arguments, typed=""):
            command = [sys.executable, "-m", "frontdesk", *map(str, arguments)]
            return subprocess.run(command, input=typed, capture_output=True, encoding="utf-8")

        clinic = CLINIC / "bot.yaml"
        self.assertEqual(run("test", clinic).returncode, 0)
        self.assertEqual(run("check", "--strict", clinic).returncode, 1)
        self.assertEqual(run("check", CLINIC / "none.yaml").returncode, 2)
        self.assertEqual(run("dance", clinic).returncode, 2)
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write("bot: 1\nrulez: []\n")
            file.flush()
            told = run("check", file.name)
            self.assertIn(f"{file.name}:2:1: error: unknown_key: rulez", told.stdout)
            self.assertEqual(told.returncode, 2)
        chat = run("chat", "--at", "2026-01-05T12:00:00Z", clinic, typed="Здравствуйте\n/wait 2d\n/quit\nнет\n")
        self.assertIn("it is 2026-01-07 15:00 Europe/Moscow", chat.stdout)
        self.assertNotIn("> нет", chat.stdout)


if __name__ == "__main__":
    unittest.main()
