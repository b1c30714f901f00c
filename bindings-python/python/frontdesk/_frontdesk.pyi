"""
What `frontdesk` is made of.
"""

from _typeshed import SupportsGetItem
from datetime import datetime
from frontdesk import Button, Data, Document, FieldValue, Instant, Problem, SessionState, Target
from typing import Final, SupportsIndex, final
from typing_extensions import disjoint_base

__all__ = ["Bot", "Console", "Effect", "Faq", "Session", "Turn", "tool"]

@disjoint_base
class Bot:
    """
    A definition compiled, over JSON but for its steps. Immutable; one serves all sessions and threads.
    """
    def __new__(cls, /, source: str | SupportsGetItem[int, SupportsIndex]) -> Bot: ...
    def _bundle(self, /, audience: str) -> bytes: ...
    def _migrate(self, /, snapshot: str) -> str: ...
    def _open(self, /, key: str, now: Instant, contact: str | None) -> Session: ...
    def _restore(self, /, snapshot: str) -> Session: ...
    def due(self, /, session: Session, now: Instant) -> Turn:
        """
        Fires the timers that are due at `now`; the session changes in place. Raises as `step` does.
        """
    @property
    def hash(self, /) -> str:
        """
        The hash of definition and files: the same meaning gives the same hash, whatever spelled it.
        """
    def step(self, /, session: Session, event: Document, now: Instant) -> Turn:
        """
        Takes an event, a mapping or its JSON, at the time `now`; the session changes in place.

        Fires no timers: call `due` at `next_due`. Raises FrontdeskError for what is no event, SessionError for a
        session of another bot; the session is unchanged then. Takes some tens of microseconds, and lets other threads run.
        """
    @property
    def warnings(self, /) -> list[Problem]:
        """
        What a careful reader would ask the author.
        """

@final
class Console:
    """
    One run of the command line.
    """
    def __new__(cls, /, arguments: SupportsGetItem[int, str], now: SupportsIndex) -> Console:
        """
        Reads the arguments; a chat begins `now`, in milliseconds.
        """
    def tell(self, /, told: str) -> str:
        """
        Takes what came of the last answer, as JSON: what to do next.
        """

@disjoint_base
class Effect:
    """
    Something for the host to do, once. `key` is `<rev>.<n>`, unique with the session's key; results name it.

    Each kind is a class of its own, to be told apart with `match` or `isinstance`.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __repr__(self, /) -> str: ...
    @property
    def key(self, /) -> str:
        """
        `<rev>.<n>`, unique with the session's key; results name it.
        """
    @final
    class Alert(Effect):
        """
        Something that the people who run the bot must see.
        """
        __match_args__: Final = ("code", "text", "key")
        def __new__(cls, /, code: str, text: str, key: str) -> Effect.Alert: ...
        @property
        def code(self, /) -> str: ...
        @property
        def key(self, /) -> str: ...
        @property
        def text(self, /) -> str: ...
    @final
    class CancelTimer(Effect):
        """
        A timer is taken back.
        """
        __match_args__: Final = ("timer", "key")
        def __new__(cls, /, timer: str, key: str) -> Effect.CancelTimer: ...
        @property
        def key(self, /) -> str: ...
        @property
        def timer(self, /) -> str: ...
    @final
    class CreateLead(Effect):
        """
        Create a lead at every target. `lead_key` is the CRM's idempotency key.
        """
        __match_args__: Final = ("lead", "fields", "title", "to", "lead_key", "utm", "chat_url", "key")
        def __new__(cls, /, lead: str, fields: dict[str, FieldValue], title: str, to: SupportsGetItem[int, str], lead_key: str, utm: Data | None, chat_url: str | None, key: str) -> Effect.CreateLead: ...
        @property
        def chat_url(self, /) -> str | None: ...
        @property
        def fields(self, /) -> dict[str, FieldValue]: ...
        @property
        def key(self, /) -> str: ...
        @property
        def lead(self, /) -> str: ...
        @property
        def lead_key(self, /) -> str: ...
        @property
        def title(self, /) -> str: ...
        @property
        def to(self, /) -> list[str]: ...
        @property
        def utm(self, /) -> Data | None: ...
    @final
    class Finish(Effect):
        """
        The dialog is over: `mode` is `silent` or `reopen`.
        """
        __match_args__: Final = ("mode", "outcome", "key")
        def __new__(cls, /, mode: str, outcome: str, key: str) -> Effect.Finish: ...
        @property
        def key(self, /) -> str: ...
        @property
        def mode(self, /) -> str: ...
        @property
        def outcome(self, /) -> str: ...
    @final
    class Handoff(Effect):
        """
        Call a human. `priority` is `normal` or `high`.
        """
        __match_args__: Final = ("reason", "priority", "summary", "language", "to", "chat_url", "key")
        def __new__(cls, /, reason: str, priority: str, summary: str, language: str, to: SupportsGetItem[int, Target], chat_url: str | None, key: str) -> Effect.Handoff: ...
        @property
        def chat_url(self, /) -> str | None: ...
        @property
        def key(self, /) -> str: ...
        @property
        def language(self, /) -> str: ...
        @property
        def priority(self, /) -> str: ...
        @property
        def reason(self, /) -> str: ...
        @property
        def summary(self, /) -> str: ...
        @property
        def to(self, /) -> list[Target]: ...
    @final
    class Note(Effect):
        """
        Write a note on the client's card.
        """
        __match_args__: Final = ("to", "text", "key")
        def __new__(cls, /, to: str, text: str, key: str) -> Effect.Note: ...
        @property
        def key(self, /) -> str: ...
        @property
        def text(self, /) -> str: ...
        @property
        def to(self, /) -> str: ...
    @final
    class Notify(Effect):
        """
        Tell the team.
        """
        __match_args__: Final = ("to", "text", "key")
        def __new__(cls, /, to: str, text: str, key: str) -> Effect.Notify: ...
        @property
        def key(self, /) -> str: ...
        @property
        def text(self, /) -> str: ...
        @property
        def to(self, /) -> str: ...
    @final
    class Reply(Effect):
        """
        Send this to the client. `window` is `open` for 24 hours after the client's last message, then `closed`: only
        `template` may be sent. While a human talks, nothing older is to be sent.
        """
        __match_args__: Final = ("text", "buttons", "language", "window", "template", "mode_rev", "key")
        def __new__(cls, /, text: str, buttons: SupportsGetItem[int, Button], language: str, window: str, template: str | None, mode_rev: SupportsIndex, key: str) -> Effect.Reply: ...
        @property
        def buttons(self, /) -> list[Button]: ...
        @property
        def key(self, /) -> str: ...
        @property
        def language(self, /) -> str: ...
        @property
        def mode_rev(self, /) -> int: ...
        @property
        def template(self, /) -> str | None: ...
        @property
        def text(self, /) -> str: ...
        @property
        def window(self, /) -> str: ...
    @final
    class Request(Effect):
        """
        Find something out and answer with a `result`.
        """
        __match_args__: Final = ("what", "params", "key")
        def __new__(cls, /, what: str, params: Data, key: str) -> Effect.Request: ...
        @property
        def key(self, /) -> str: ...
        @property
        def params(self, /) -> Data: ...
        @property
        def what(self, /) -> str: ...
    @final
    class SetField(Effect):
        """
        A field has a new value; None: it was taken back.
        """
        __match_args__: Final = ("field", "value", "key")
        def __new__(cls, /, field: str, value: FieldValue | None, key: str) -> Effect.SetField: ...
        @property
        def field(self, /) -> str: ...
        @property
        def key(self, /) -> str: ...
        @property
        def value(self, /) -> FieldValue | None: ...
    @final
    class SetStatus(Effect):
        """
        The status of the dialog changed.
        """
        __match_args__: Final = ("status", "key")
        def __new__(cls, /, status: str, key: str) -> Effect.SetStatus: ...
        @property
        def key(self, /) -> str: ...
        @property
        def status(self, /) -> str: ...
    @final
    class SetTimer(Effect):
        """
        A timer is set; informs, the host needs `next_due` only.
        """
        __match_args__: Final = ("timer", "due", "purpose", "key")
        def __new__(cls, /, timer: str, due: Instant, purpose: str, key: str) -> Effect.SetTimer: ...
        @property
        def due(self, /) -> datetime: ...
        @property
        def key(self, /) -> str: ...
        @property
        def purpose(self, /) -> str: ...
        @property
        def timer(self, /) -> str: ...
    @final
    class Suggest(Effect):
        """
        Suggest an answer to the operator, and to nobody else; `faq` is the row it comes from.
        """
        __match_args__: Final = ("text", "faq", "key")
        def __new__(cls, /, text: str, faq: str, key: str) -> Effect.Suggest: ...
        @property
        def faq(self, /) -> str: ...
        @property
        def key(self, /) -> str: ...
        @property
        def text(self, /) -> str: ...
    @final
    class Tag(Effect):
        """
        Tag the client.
        """
        __match_args__: Final = ("tag", "key")
        def __new__(cls, /, tag: str, key: str) -> Effect.Tag: ...
        @property
        def key(self, /) -> str: ...
        @property
        def tag(self, /) -> str: ...
    @final
    class UpdateLead(Effect):
        """
        Change the lead at every target; `fields` are those that changed, `ids` those that targets gave.
        """
        __match_args__: Final = ("lead", "fields", "to", "lead_key", "ids", "key")
        def __new__(cls, /, lead: str, fields: dict[str, FieldValue], to: SupportsGetItem[int, str], lead_key: str, ids: dict[str, str], key: str) -> Effect.UpdateLead: ...
        @property
        def fields(self, /) -> dict[str, FieldValue]: ...
        @property
        def ids(self, /) -> dict[str, str]: ...
        @property
        def key(self, /) -> str: ...
        @property
        def lead(self, /) -> str: ...
        @property
        def lead_key(self, /) -> str: ...
        @property
        def to(self, /) -> list[str]: ...

@final
class Faq:
    """
    A table of questions and answers, over JSON.
    """
    def __new__(cls, /, name: str, table: str, options: str) -> Faq: ...
    def tool(self, /, name: str, argument: str) -> str:
        """
        Asks the table: JSON in, JSON out.
        """

@final
class Session:
    """
    A dialog between steps. `step` and `due` change it in place; threads may share it, one step at a time.
    """
    def snapshot(self, /) -> "Data":
        """
        The session as a dict, to store.
        """
    @property
    def state(self, /) -> SessionState:
        """
        What a host asks of it between steps. Read anew at each access.
        """
    def to_json(self, /) -> str:
        """
        The session as JSON, to store: the same bytes on every face.
        """

@final
class Turn:
    """
    What an event, or the time, led to.
    """
    @property
    def effects(self, /) -> list[Effect]:
        """
        What the host is to do, in order.
        """
    @property
    def mode(self, /) -> str:
        """
        `active`, `human` or `finished`.
        """
    @property
    def next_due(self, /) -> datetime | None:
        """
        When `due` is to be called next.
        """
    @property
    def outcome(self, /) -> str:
        """
        `applied`, `duplicate` (seen before; nothing changed) or `ignored`.
        """
    @property
    def reason(self, /) -> str | None:
        """
        Why it was ignored.
        """
    @property
    def record(self, /) -> Data:
        """
        What happened and why, to keep. Read anew at each access.
        """
    @property
    def status(self, /) -> str:
        """
        The status of the dialog.
        """
    def to_json(self, /) -> str:
        """
        The turn as JSON: the same bytes on every face.
        """

def tool(name: str, bot: Bot | None, argument: str) -> str:
    """
    Runs a tool of the core: JSON in, JSON out.
    """
