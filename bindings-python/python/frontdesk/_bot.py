"""The bot: what of it crosses as JSON, over the class of the core."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from . import _frontdesk
from ._frontdesk import Session
from ._values import Data, Document, Failure, Instant, Report, whole, written


def _text(document: Document) -> str:
    return whole(document) if isinstance(document, str) else written(document)


class Bot(_frontdesk.Bot):
    """A definition compiled. Immutable; one serves all sessions and threads.

    Made by `compile` or `from_bundle`; `step` and `due` are those of the core.
    """

    __slots__ = ()

    @classmethod
    def compile(cls, definition: Document, files: Mapping[str, str] | None = None) -> Bot:
        """Compiles a definition, a text in YAML or JSON or a mapping, with the texts of the files that it names.

        Raises DefinitionError with every error found. Takes milliseconds: compile once.
        """
        return cls(written({"definition": definition, "files": dict(files or {})}))

    @classmethod
    def from_bundle(cls, bundle: bytes) -> Bot:
        """The bot of a bundle.

        Raises DefinitionError, `bundle_invalid`, for one that is cut, edited or of another version.
        """
        return cls(memoryview(bundle).tobytes())

    def bundle(self, audience: str = "client") -> bytes:
        """The bot as a page of one audience may have it: the same hash, and the same turns for every event of that
        audience. Rows, rules and words of others are not in it, nor warnings and tests. Raises FrontdeskError,
        `unknown_name`, for an audience that the definition does not have.
        """
        return self._bundle(audience)

    def open(self, key: Document, now: Instant, contact: Document | None = None) -> Session:
        """Begins a session for a key {channel, account, user}; `contact` is what the channel tells of the client.

        Nothing is said yet. Raises FrontdeskError for what is no key, time or contact.
        """
        return self._open(_text(key), now, None if contact is None else _text(contact))

    def restore(self, snapshot: Document) -> Session:
        """Reads a stored session: what `Session.to_json` or `Session.snapshot` gave.

        Raises SessionError: `snapshot_invalid` for a cut or edited one, `bot_mismatch` for one of another bot or
        version.
        """
        return self._restore(_text(snapshot))

    def migrate(self, snapshot: Document) -> tuple[Session, list[Data]]:
        """Takes over a stored session of another version of the bot: the session, and what became of its parts, each
        `{"code": …, "path": …}`. Raises SessionError as `restore` does, `bot_mismatch` excepted.
        """
        moved = json.loads(self._migrate(_text(snapshot)))
        return self.restore(moved["session"]), moved["report"]

    def test(self) -> Report:
        """Runs the dialog tests of the definition."""
        data = self.tool("test")
        return Report(data["passed"], [Failure(**failed) for failed in data["failed"]])

    def instructions(self) -> str:
        """What the team must know, in its language: how to stop the bot, bring it back, and change its answers."""
        told: str = self.tool("instructions")
        return told

    def tool(self, name: str, /, **argument: Any) -> Any:
        """Runs a tool of the core on the bot by name; a part of the argument that is None is left out."""
        return tool(name, self, **argument)


def tool(name: str, bot: Bot | None = None, /, **argument: Any) -> Any:
    """Runs a tool of the core by name, JSON in and JSON out; a part of the argument that is None is left out.

    `tool("tools")` names them all.
    """
    given = {key: value for key, value in argument.items() if value is not None}
    return json.loads(_frontdesk.tool(name, bot, written(given)))
