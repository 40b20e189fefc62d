"""A question that a facilitator is about to put: a draft, sealed with their own key."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from assembly.counting import lot
from assembly.deadlines import Span
from assembly.immutable import immutable
from assembly.rule import LATEST, Rule
from handlers.core.context import Context
from handlers.core.sealed_draft import Content, SealedDraft
from storage import lots, rules

KIND = "question"
SIGN = 8  # hexadecimal digits in a button
_drafts = SealedDraft(KIND, b"question draft of member %d")


@immutable
class Question:
    """How far it has come; `text` is None until it is worded.

    `named` are the members of a named electorate. `seed` is the lot's, in hexadecimal. `step` says
    what a typed text answers: a Topic's value, or "" for the question itself.
    """

    text: str | None
    span: Span
    rule: Rule
    assembly_id: int | None = None
    item_id: int | None = None
    named: tuple[int, ...] = ()
    seed: str = ""
    previous_id: int | None = None
    step: str = ""

    @property
    def commitment(self) -> str:
        """What can be known of the lot before the question is over."""
        return lot.commitment(bytes.fromhex(self.seed))

    @property
    def sign(self) -> str:
        """Eight signs that change with everything that is put: a button tells by them whether it
        belongs to the question as it is now.
        """
        content = json.dumps(_content(self)).encode()
        return hashlib.sha256(content).hexdigest()[:SIGN]


def begun(span: Span, rule: Rule, assembly_id: int | None, item_id: int | None = None) -> Question:
    """A question without words yet; its lot is drawn now, before anybody knows the options."""
    return Question(None, span, rule, assembly_id, item_id, seed=lots.draw().hex())


async def keep(question: Question, context: Context) -> None:
    """Keep it; it takes the place of any other conversation."""
    await _drafts.keep(_content(question), context, question.step)


async def find(context: Context) -> Question | None:
    """What the member is about to put in this centre, if their key still opens it."""
    found = await _drafts.find(context)
    return _read(*found) if found is not None else None


async def without_seed(context: Context) -> Question | None:
    """The same for the member's own copy: whoever knows the seed could order the options by it."""
    found = await find(context)
    return replace(found, seed="") if found is not None else None


async def wording(context: Context) -> str | None:
    """How it is worded; None where it is not yet."""
    found = await find(context)
    return found.text if found is not None else None


async def forget(context: Context) -> None:
    """It is put, or left."""
    await _drafts.forget(context)


def _content(question: Question) -> Content:
    return {
        "text": question.text,
        "span": question.span,
        "assembly_id": question.assembly_id,
        "item_id": question.item_id,
        "rule": rules.columns(question.rule),
        "options": question.rule.options,
        "named": question.named,
        "seed": question.seed,
        "previous_id": question.previous_id,
    }


def _read(step: str, content: Content) -> Question | None:
    if "rule" not in content:
        return None  # begun before there was more than one way of deciding
    return Question(
        text=content["text"],
        span=Span(content["span"]),
        assembly_id=content["assembly_id"],
        item_id=content["item_id"],
        # What is not put yet will be counted by the rules as they are then.
        rule=rules.from_row({**content["rule"], "edition": LATEST}, tuple(content["options"])),
        named=tuple(content["named"]),
        seed=content["seed"],
        previous_id=content["previous_id"],
        step=step,
    )
