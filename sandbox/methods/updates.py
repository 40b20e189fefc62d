"""Fetching updates, and what the bot's own account is."""

from __future__ import annotations

from typing import Any

from sandbox.call import ApiCall, Handler
from sandbox.errors import conflict

LARGEST_BATCH = 100


def get_me(call: ApiCall) -> dict[str, Any]:
    return call.bot.profile_json()


async def get_updates(call: ApiCall) -> list[dict[str, Any]]:
    parameters, updates = call.parameters, call.bot.updates
    if call.bot.webhook is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    updates.allow(parameters.json("allowed_updates"))
    limit = min(max(parameters.integer("limit", LARGEST_BATCH), 1), LARGEST_BATCH)
    return await updates.poll(parameters.integer("offset"), limit, parameters.integer("timeout"))


def log_out(_: ApiCall) -> bool:
    return True


METHODS: dict[str, Handler] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "logOut": log_out,
    "close": log_out,
}
