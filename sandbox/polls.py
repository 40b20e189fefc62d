"""Telegram's own polls (not the centre's decisions: those are made of buttons)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.users import User


@dataclass(slots=True, eq=False)
class Poll:
    id: str
    question: str
    options: list[str]
    is_anonymous: bool = True
    kind: str = "regular"
    allows_multiple_answers: bool = False
    correct_option_ids: list[int] = field(default_factory=list)
    is_closed: bool = False
    close_date: int | None = None
    answers: dict[int, list[int]] = field(default_factory=dict)

    def persistent_id(self, index: int) -> str:
        return f"{self.id}-{index}"

    def pass_time(self, now: float) -> None:
        """Close it if its time is up; whoever looks at a poll or answers it asks first."""
        if self.close_date is not None and now >= self.close_date:
            self.is_closed = True

    def choose(self, person: User, chosen: list[int]) -> None:
        """Record somebody's answer; an empty list takes it back."""
        if self.is_closed:
            raise ValueError("the poll is closed")
        if len(chosen) > 1 and not self.allows_multiple_answers:
            raise ValueError("the poll takes one answer")
        if any(not 0 <= index < len(self.options) for index in chosen):
            raise ValueError("no such option")
        if chosen:
            self.answers[person.id] = list(chosen)
        else:
            self.answers.pop(person.id, None)

    def as_json(self) -> dict[str, Any]:
        counts = [0] * len(self.options)
        for chosen in self.answers.values():
            for index in chosen:
                counts[index] += 1
        fields: dict[str, Any] = {
            "id": self.id,
            "question": self.question,
            "options": [
                {"persistent_id": self.persistent_id(index), "text": text, "voter_count": count}
                for index, (text, count) in enumerate(zip(self.options, counts, strict=True))
            ],
            "total_voter_count": len(self.answers),
            "is_closed": self.is_closed,
            "is_anonymous": self.is_anonymous,
            "type": self.kind,
            "allows_multiple_answers": self.allows_multiple_answers,
            "allows_revoting": self.kind == "regular",
            "members_only": False,
        }
        if self.close_date is not None:
            fields["close_date"] = self.close_date
        if self.kind == "quiz" and self.is_closed:
            fields["correct_option_ids"] = self.correct_option_ids
        return fields

    def answer_json(self, person: User) -> dict[str, Any]:
        chosen = self.answers.get(person.id, [])
        return {
            "poll_id": self.id,
            "user": person.as_json(),
            "option_ids": chosen,
            "option_persistent_ids": [self.persistent_id(index) for index in chosen],
        }
