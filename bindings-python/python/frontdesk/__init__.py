"""The embeddable front desk for chats."""

from ._frontdesk import Bot, FrontdeskError

__all__ = ["Bot", "FrontdeskError"]
