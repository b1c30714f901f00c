"""Codecs of channels, CRMs and notices: vendors' JSON to events, effects to vendors' JSON. Nothing is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from ._bot import tool
from ._frontdesk import Effect
from ._values import Data


class Conversation(TypedDict, total=False):
    """Events of one conversation.

    `key` is absent where the host knows it: the answer of a CRM. `contact` is for the opening of a session, `reply`
    holds options of `encode` that an answer needs beside the user's id, `token` what the sender proves itself by where it
    stands in the payload.
    """

    key: dict[str, str]
    events: list[Data]
    contact: Data
    reply: Data
    token: str


class Encoded(TypedDict):
    """What a vendor is to be sent: `requests[i]` says where `payloads[i]` goes, `changes` what limits made of effects."""

    payloads: list[Any]
    changes: list[Data]
    requests: list[Data]


def decode(channel: str, payload: Any, options: Mapping[str, Any] | None = None) -> list[Conversation]:
    """The events of a webhook by conversation; none where it holds no message for a bot.

    `payload` is the body as it came, a text, so that long numbers keep their digits; or an object.
    """
    read = tool("decode", channel=channel, payload=payload, options=options)
    several: list[Conversation] = read.get("conversations", [])
    if not several and read["events"]:
        only: Conversation = {"events": read["events"]}
        for part in ("key", "contact", "reply"):
            if part in read:
                only[part] = read[part]
        several = [only]
    if "token" in read:
        for conversation in several:
            conversation["token"] = read["token"]
    return several


def encode(
    channel: str,
    effects: Sequence[Effect | Mapping[str, Any]],
    options: Mapping[str, Any] | None = None,
) -> Encoded:
    """The payloads that effects, those of a turn or as JSON has them, become at a vendor."""
    encoded: Encoded = tool("encode", channel=channel, effects=effects, options=options)
    return encoded
