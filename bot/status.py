"""`voci status`: asks the running bot how it is, at VOCI_LISTEN, and says it in sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx

from bot.settings import AwayError, Settings

PATIENCE = 5.0  # seconds


def ask(settings: Settings) -> list[str]:
    """How the bot is, a sentence each.

    Raises AwayError where it does not answer, or says itself that it does not do its work.
    """
    if not settings.listen:
        raise AwayError(["VOCI_LISTEN is empty: the bot can't be asked how it is."])
    try:
        answer = _get(settings, "/ready")
        state = answer.json()
    except httpx.TimeoutException:
        said = f"What listens at {settings.listen} doesn't answer within {PATIENCE:.0f} s."
        raise AwayError([said]) from None
    except httpx.HTTPError:
        said = f"Nothing answers at {settings.listen}: is voci run under way, and here?"
        raise AwayError([said]) from None
    except json.JSONDecodeError:
        raise AwayError([f"What answers at {settings.listen} is not Voci."]) from None
    if not isinstance(state, dict) or "complaints" not in state:
        raise AwayError([f"What answers at {settings.listen} is not Voci."])
    told = [*_sentences(state)] if "tick_age" in state else []
    if state["complaints"]:
        raise AwayError([*map(str, state["complaints"]), *told])
    return ["The bot does its work.", *told]


def is_alive(settings: Settings) -> bool:
    """Whether it is a running bot that answers at VOCI_LISTEN."""
    try:
        return bool(_get(settings, "/health").json() == {"alive": True})
    except (httpx.HTTPError, json.JSONDecodeError):
        return False


def _get(settings: Settings, path: str) -> httpx.Response:
    host, port = settings.listen_address
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}{path}"
    return httpx.get(address, timeout=PATIENCE, trust_env=False)


def _sentences(state: dict[str, Any]) -> Iterator[str]:
    if state["silent_for"] is not None:
        yield f"Telegram answered {state['silent_for']:.0f} s ago."
    yield f"The last tick was {state['tick_age']:.0f} s ago."
    due = f"Messages that are due: {state['due_messages']}"
    yield (
        f"{due}, the oldest for {state['oldest_message']} s."
        if state["due_messages"]
        else f"{due}."
    )
    if held := state.get("held_messages"):
        yield f"Messages that wait for groups in which Voci may not write: {held}."
    lag = state["schedule_lag"]
    yield f"Something was due {lag} s ago." if lag else "What was due is done."
    if lost := state.get("perhaps_lost"):
        yield f"Private messages that may not have arrived, in the last 14 days: {lost}."
    if doubt := state.get("posts_in_doubt"):
        yield f"Posts to groups that facilitators are asked to look for: {doubt}."
    yield f"Free on the disk: {state['free'] / 1e9:.1f} GB."
