"""A person's own copy: everything that is held about them, twice in one archive.

A page for them, in their language, and JSON with one sentence on top. The names in that are
English, as in the code, so that a program can read it; the sentence, the questions and the answers
are in the person's language. Moments are local in both, in the JSON with their offset.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from markupsafe import Markup

from handlers.checkins.screens.questionnaire import asked, scale
from handlers.core.context import Context
from handlers.core.registration import copies
from handlers.core.screen import Archive, File
from handlers.decisions.results.screens.ballot_words import said
from handlers.profile.screens import copy_page
from storage import answers, ballots, decisions, drafts, helpings, own_answers, rounds
from storage.erasure import holdings
from storage.secrets.cipher import Unreadable
from storage.secrets.keys import KeyDestroyed

ALL = 100_000  # rounds; more than anybody is ever sent


async def archive(context: Context) -> Archive:
    """The whole copy of a member; after a guard."""
    centre = context.centre
    title = context.speak("What Voci holds about you in {centre}", centre=centre.name)
    return _packed(context, title, _read_me(context), await _gathered(context))


async def archive_of_stranger(context: Context) -> Archive:
    """The whole copy of somebody who asked to join, or began to, on the clock of that centre."""
    sections = await holdings.gather_stranger(context.tx, context.who().id)
    title = context.speak("What Voci holds about you")
    told = context.speak(
        "This is everything that Voci holds about you, on {day}.",
        day=context.speak.date(context.now),
    )
    return _packed(context, title, told, sections)


def _packed(
    context: Context, title: Markup, read_me: Markup, sections: dict[str, holdings.Section]
) -> Archive:
    speak = context.speak
    name = f"voci-{speak.local(context.now).date().isoformat()}"
    told = [
        read_me,
        speak("The times are those of {zone}.", zone=speak.zone.key),
        speak("The file {file} beside this one says the same for a computer.", file=f"{name}.json"),
        speak("To correct something, to leave, or to erase everything, write /me to Voci."),
    ]
    return Archive(
        f"{name}.zip",
        (
            File(f"{name}.html", copy_page.page(speak, title.unescape(), told, sections)),
            File(f"{name}.json", _as_json(context, read_me, sections)),
        ),
        speak.local(context.now),
    )


async def _gathered(context: Context) -> dict[str, holdings.Section]:
    sections = await holdings.gather(context.tx, context.member)
    key = await _key(context)
    for current in sections["check_ins"]:
        current["answers"] = await _answers(context, key, current.pop("id"))
    await _add_ballots(context, sections["open_decisions"])
    for openly in sections["said_openly"]:
        openly["in_words"] = await _in_words(context, openly.pop("id"), openly["choice"])
    sections["half_written"] = await _half_written(context)
    return sections


def _as_json(context: Context, read_me: Markup, sections: dict[str, holdings.Section]) -> str:
    document: dict[str, Any] = {"read_me": read_me.unescape()}
    document |= {name: [_readable(context, row) for row in rows] for name, rows in sections.items()}
    return json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n"


async def _add_ballots(context: Context, open_ones: holdings.Section) -> None:
    tx, keys, member_id = context.tx, context.services.keys, context.member.id
    given = await ballots.of_member(tx, keys, context.centre.id, member_id)
    for decision in open_ones:
        decision_id = decision.pop("id")
        mine = given.get(decision_id)
        decision["choice"] = mine.choice if mine else None
        decision["in_words"] = await _in_words(context, decision_id, decision["choice"])
        decision["reason"] = mine.reason if mine else None
        own, helps = await helpings.of_member(tx, keys, decision_id, member_id)
        decision["help_with_my_ballot"] = own
        decision["ballots_i_help_with"] = helps


async def _in_words(context: Context, decision_id: int, choice: str | None) -> str | None:
    """What somebody said, as they read it when they said it."""
    decision = await decisions.get(context.tx, context.centre.id, decision_id)
    if decision is None or choice is None:
        return None
    return said(decision.rule, choice, context.speak).striptags()


def _read_me(context: Context) -> Markup:
    return context.speak(
        "This is everything that Voci holds about you in {centre}, on {day}.",
        centre=context.centre.name,
        day=context.speak.date(context.now),
    )


async def _key(context: Context) -> bytes | None:
    try:
        return await context.services.keys.key(context.member.id)
    except KeyDestroyed:
        return None


async def _answers(context: Context, key: bytes | None, round_id: int) -> list[dict[str, Any]]:
    current = await rounds.find(context.tx, context.member.id, round_id)
    if key is None or current is None:
        return []
    try:
        given = await own_answers.given(context.tx, key, current)
    except Unreadable:  # sealed with an earlier key: nobody can read it any more
        return []
    return [
        {
            "question": asked(context.speak, question),
            "answer": scale(context.speak, question)[value] if value >= 0 else None,
            "value": value if value >= 0 else None,
            "skipped": value == answers.SKIPPED,
        }
        for question, value in given.items()
    ]


async def _half_written(context: Context) -> list[dict[str, Any]]:
    draft = await drafts.find(context.tx, context.member.telegram_id)
    if draft is None or draft.centre_id not in (None, context.centre.id):
        return []
    told: dict[str, Any] = {"kind": draft.kind, "step": draft.step, "updated_at": draft.updated_at}
    if draft.kind in copies and draft.content is not None:
        found = await copies[draft.kind](context)
        told["content"] = found if found is None or isinstance(found, dict) else asdict(found)
    return [told]


def _readable(context: Context, row: dict[str, Any]) -> dict[str, Any]:
    """The row with its moments as people and programs read them: 2025-12-03T17:00:00+01:00."""
    return {
        column: context.speak.local(value).isoformat()
        if column.endswith("_at") and value is not None
        else value
        for column, value in row.items()
    }
