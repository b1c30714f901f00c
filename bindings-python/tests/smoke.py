"""One dialog through the installed wheel: `python smoke.py` in a venv that has it."""

import json
import pathlib
import unittest

from frontdesk import Bot, FrontdeskError

CLINIC = pathlib.Path(__file__).resolve().parents[2] / "core/examples/clinic"
KEY = json.dumps({"channel": "telegram", "account": "clinic", "user": "7"})


class Smoke(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        definition = (CLINIC / "bot.yaml").read_text(encoding="utf-8")
        files = {"faq.csv": (CLINIC / "faq.csv").read_text(encoding="utf-8")}
        cls.bot = Bot.compile(definition, files)

    def test_a_phone_becomes_a_lead(self):
        session = self.bot.open(KEY, "2026-01-05T12:00:00Z")
        event = json.dumps({"id": "1", "kind": "message", "text": "Наберите меня: 8 (912) 345-67-89"})
        answer = json.loads(self.bot.step(session, event, "2026-01-05T12:00:05Z"))
        kinds = [effect["kind"] for effect in answer["turn"]["effects"]]
        self.assertIn("create_lead", kinds)
        self.assertEqual(answer["session"]["fields"]["phone"], "+79123456789")
        late = json.loads(self.bot.due(json.dumps(answer["session"]), "2026-01-05T12:30:00Z"))
        self.assertEqual(late["turn"]["effects"][0]["code"], "lead_unconfirmed")

    def test_a_refusal_carries_code_and_path(self):
        with self.assertRaises(FrontdeskError) as refused:
            Bot.compile("bot: 1\nnmae: Клиника\n")
        self.assertEqual(refused.exception.code, json.loads(refused.exception.errors)[0]["code"])
        with self.assertRaises(FrontdeskError) as refused:
            self.bot.open(KEY, "noon")
        self.assertEqual((refused.exception.code, refused.exception.path), ("time_invalid", "now"))


if __name__ == "__main__":
    unittest.main()
