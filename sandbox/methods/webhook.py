"""Switching between webhook and long polling."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from sandbox.call import ApiCall, Handler
from sandbox.errors import bad_request
from sandbox.webhook import CONNECTIONS, Webhook

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
LOCAL = frozenset(("127.0.0.1", "localhost", "::1"))


def set_webhook(call: ApiCall) -> bool:
    parameters, bot, world = call.parameters, call.bot, call.world
    url = parameters.string("url")
    if not url:
        return delete_webhook(call)
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in LOCAL:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = parameters.string("secret_token") or None
    if secret is not None and not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = parameters.integer("max_connections") or CONNECTIONS
    bot.updates.allow(parameters.json("allowed_updates"))
    here = bot.webhook
    if here and (here.url, here.secret, here.connections) == (url, secret, connections):
        return True  # as it is: another process of the same bot has set it
    _stop(call)
    bot.updates.terminate_poll("terminated by setWebhook request")
    bot.webhook = Webhook(url, secret, connections, bot, world.clock, world.faults)
    bot.webhook.start()
    return True


def delete_webhook(call: ApiCall) -> bool:
    _stop(call)
    return True


def _stop(call: ApiCall) -> None:
    if call.bot.webhook is not None:
        call.bot.webhook.stop()
        call.bot.webhook = None
    if call.parameters.boolean("drop_pending_updates"):
        call.bot.updates.drop_all()


def get_webhook_info(call: ApiCall) -> dict[str, Any]:
    bot = call.bot
    return {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(bot.updates),
        "allowed_updates": bot.updates.allowed,
        **(bot.webhook.as_json() if bot.webhook is not None else {}),
    }


METHODS: dict[str, Handler] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
