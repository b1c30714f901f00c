"""The embeddable front desk for chats: FAQ, leads, bookings and handoff as a pure state machine.

    bot = Bot.compile(definition, {"faq.csv": table})
    session = bot.open({"channel": "web", "account": "site", "user": "u1"}, now)
    turn = bot.step(session, {"id": "m1", "kind": "message", "text": "Добрий день"}, now)
    for effect in turn.effects:
        match effect:
            case Reply(text): ...
            case CreateLead(lead=name, fields=fields): ...

It reads no clock and sends nothing: time is an argument, effects are for the host to carry out.
"""

from . import logs
from ._bot import Bot, tool
from ._codecs import Conversation, Encoded, decode, encode
from ._frontdesk import Effect, Session, Turn
from ._parts import (
    Amount,
    Candidate,
    Email,
    Extracted,
    Faq,
    FaqAnswer,
    Finding,
    Found,
    FoundDate,
    Group,
    Hit,
    Phone,
    extract,
    lint,
    words,
)
from ._values import (
    Button,
    Data,
    Date,
    DefinitionError,
    Document,
    Failure,
    FieldValue,
    FrontdeskError,
    Instant,
    LimitError,
    Money,
    Photo,
    Problem,
    Report,
    SessionError,
    SessionState,
    Slot,
    Target,
)

Reply = Effect.Reply
CreateLead = Effect.CreateLead
UpdateLead = Effect.UpdateLead
Request = Effect.Request
Handoff = Effect.Handoff
Notify = Effect.Notify
Note = Effect.Note
Suggest = Effect.Suggest
SetStatus = Effect.SetStatus
SetField = Effect.SetField
Tag = Effect.Tag
SetTimer = Effect.SetTimer
CancelTimer = Effect.CancelTimer
Finish = Effect.Finish
Alert = Effect.Alert

__all__ = [
    "Alert",
    "Amount",
    "Bot",
    "Button",
    "CancelTimer",
    "Candidate",
    "Conversation",
    "CreateLead",
    "Data",
    "Date",
    "DefinitionError",
    "Document",
    "Effect",
    "Email",
    "Encoded",
    "Extracted",
    "Failure",
    "Faq",
    "FaqAnswer",
    "FieldValue",
    "Finding",
    "Finish",
    "Found",
    "FoundDate",
    "FrontdeskError",
    "Group",
    "Handoff",
    "Hit",
    "Instant",
    "LimitError",
    "Money",
    "Note",
    "Notify",
    "Phone",
    "Photo",
    "Problem",
    "Reply",
    "Report",
    "Request",
    "Session",
    "SessionError",
    "SessionState",
    "SetField",
    "SetStatus",
    "SetTimer",
    "Slot",
    "Suggest",
    "Tag",
    "Target",
    "Turn",
    "UpdateLead",
    "decode",
    "encode",
    "extract",
    "lint",
    "logs",
    "tool",
    "words",
]
