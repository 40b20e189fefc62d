"""Decisions: a question is put to the members, who cast ballots until it closes."""

from __future__ import annotations

from handlers.decision_presses import PutQuestion

__all__ = ["PutQuestion"]
