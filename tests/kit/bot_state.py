"""How a running bot may stand: two kinds of errors keep messages, all else is well."""

from __future__ import annotations

from bot.readiness import State

STATE = State(
    silent_for=3.0,
    tick_age=12.0,
    tick_seconds=30,
    due_messages=4,
    oldest_message=7,
    schedule_lag=9,
    faults={"KeyError": 2, "TypeError": 1},
    perhaps_lost=5,
    posts_in_doubt=2,
    free=10**10,
    held_messages=6,
)
