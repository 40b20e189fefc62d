"""Webhooks: updates are posted, in order, until the bot's server accepts each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Webhook:
    url: str
    secret_token: str | None = None
