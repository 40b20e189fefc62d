"""From what lies in the tables to minutes: each point with its notes, how it ended, what came.

The words of corrections stay their authors': in the text there is a mark for them.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from assembly.agreement import Standing
from assembly.attendance_bands import Attendance, attendance
from assembly.duties import Duty
from assembly.endings import Ending
from assembly.immutable import immutable
from assembly.in_person import settled
from assembly.minutes import SALT, Correction, Minutes, Point, Task
from assembly.name_marks import mark_names, member_mark, words_mark
from assembly.roles import Role
from handlers.core.speech import Speech
from handlers.decisions.results.screens import outcomes
from storage import (
    agenda_changes,
    agreements,
    assemblies,
    decisions,
    duties,
    headcount,
    members,
    minutes,
    notes,
    points,
    presences,
    proposals,
    taken_out,
    tasks,
)
from storage.agenda_changes import Change
from storage.agreements import Agreement
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.decisions import Decision
from storage.engine.transaction import Transaction
from storage.minutes import Kept
from storage.notes import Note
from storage.points import AgendaItem
from storage.secrets.keys import KeyStore


async def heading(tx: Transaction, centre: Centre, assembly: Assembly, ended_at: int) -> Minutes:
    """What a draft begins with; while the assembly is open, for then it is known who is there.

    `ended_at`: in UTC epoch seconds.
    """
    found = await duties.of_assembly(tx, assembly.id)
    chair, recorder = found.holder(Duty.CHAIR), found.holder(Duty.RECORDER)
    return Minutes(
        centre=centre.name,
        language=centre.language,
        zone=centre.zone,
        starts_at=assembly.began_at,
        closed_at=ended_at,
        place=assembly.place,
        attendance=await _there(tx, assembly.id),
        chair=member_mark(chair.member_id) if chair is not None and chair.named else None,
        recorder=member_mark(recorder.member_id)
        if recorder is not None and recorder.named
        else None,
        salt=secrets.token_hex(SALT),
    )


async def whole(
    tx: Transaction, keys: KeyStore, centre: Centre, kept: Kept, now: int, *, last: bool = False
) -> Minutes:
    """The minutes with their points: as they are frozen, or of a draft as it stands at `now`.

    Of a draft without the names that the ledger knows: of what was taken out before a restore, and
    of whoever has erased themselves since.

    `last`: the draft is to be frozen, with the corrections, too, that nobody has answered.
    """
    told = kept.minutes
    assembly = await assemblies.find(tx, centre.id, kept.assembly_id)
    if not kept.is_draft or assembly is None:
        return told
    speak = Speech(told.language, told.zone)
    named = await members.names(tx, centre.id)
    points = await _points(tx, assembly, speak, named, now)
    place = None if told.place is None else mark_names(told.place, named)
    said = tuple(
        Correction(words_mark(each.id), each.answer)
        for each in await minutes.corrections(tx, assembly.id)
        if each.status == "answered" or (last and each.status == "open")
    )
    told = replace(told, place=place, points=points, corrections=said)
    return await taken_out.without(keys, assembly.id, told)


async def _there(tx: Transaction, assembly_id: int) -> Attendance | None:
    """By phone and in the room together, in bands; None where nobody was counted at all."""
    there = await presences.present_by_role(tx, assembly_id)
    in_room = settled(await headcount.people(tx, assembly_id))
    if not any(there.values()) and not any(in_room.values()):
        return None  # "fewer than 5" would be told of a full room in which nobody pressed a button
    by_role = {role: there[role] + in_room.get(role, 0) for role in Role}
    return attendance(by_role, in_room.get(None, 0))


@immutable
class _Said:
    """What was said and done in an assembly, or at one of its points."""

    notes: Sequence[Note]
    agreed: Sequence[Agreement]
    asked: Sequence[Decision]
    tasks: Sequence[tasks.Task]
    moved: Sequence[Change]

    def at(self, item_id: int | None) -> _Said:
        """What of it belongs to a point; None: to none."""
        return _Said(
            [each for each in self.notes if each.item_id == item_id],
            [each for each in self.agreed if each.item_id == item_id],
            [each for each in self.asked if each.item_id == item_id],
            [each for each in self.tasks if each.item_id == item_id],
            [each for each in self.moved if each.item_id == item_id],
        )


async def _said(tx: Transaction, assembly: Assembly, now: int) -> _Said:
    standing = await agreements.of_assembly(tx, assembly.id)
    still_open = await decisions.open_ones(tx, assembly.centre_id)
    return _Said(
        notes=await notes.of_assembly(tx, assembly.id),
        agreed=[each for each in standing if each.standing is Standing.STANDS],
        asked=[
            *await decisions.outcomes_of(tx, assembly.id),
            *(each for each in still_open if each.assembly_id == assembly.id),
        ],
        tasks=await tasks.of_assembly(tx, assembly.centre_id, assembly.id, now),
        moved=await agenda_changes.of(tx, assembly.id),
    )


async def _points(
    tx: Transaction, assembly: Assembly, speak: Speech, named: Mapping[int, str], now: int
) -> tuple[Point, ...]:
    """Its points, and last what belongs to none, where there is any."""
    said = await _said(tx, assembly, now)
    items = [each for each in await points.items(tx, assembly.id) if each.kind != "opening"]
    found = []
    for item in (*items, None):
        why = await _why(tx, assembly.centre_id, item, named)
        point = _point(item, why, said.at(item.id if item else None), speak, named)
        if item is not None or point != Point(title=""):
            found.append(point)
    return tuple(found)


def _point(
    item: AgendaItem | None, why: str | None, said: _Said, speak: Speech, named: Mapping[int, str]
) -> Point:
    came = [
        *(speak("We agreed: {wording}", wording=each.wording) for each in said.agreed),
        *(_outcome(each, speak) for each in said.asked),
    ]
    return Point(
        title=mark_names(item.title, named) if item is not None else "",
        why=why,
        notes=(
            *(_moved(each, speak, named) for each in said.moved),
            *(each.words for each in said.notes if not each.is_photo),
        ),
        ending=_ended(item),
        outcome=tuple(mark_names(each.striptags(), named) for each in came),
        tasks=_tasks(said.tasks, named),
        photos=sum(each.is_photo for each in said.notes),
    )


def _ended(item: AgendaItem | None) -> str | None:
    """How a point ended; what an assembly looks back on is mostly leafed past, and was reached."""
    if item is None or item.ending is None:
        return None
    return None if item.looks_back and item.ending is Ending.NOT_REACHED else item.ending.value


def _outcome(decision: Decision, speak: Speech) -> Markup:
    """With its reason; why somebody cancelled a question stays theirs."""
    if decision.status == "open":
        return speak("Still being decided: {question}", question=decision.question)
    if decision.status == "closed":
        return outcomes.told(decision, speak)
    return outcomes.short(decision, speak)


def _moved(change: Change, speak: Speech, named: Mapping[int, str]) -> str:
    """That the order was changed, and why, in the words of then."""
    told = speak("Moved from {was} to {becomes}.", was=change.was, becomes=change.becomes)
    return mark_names(f"{told} {change.reason or ''}".rstrip(), named)


async def _why(
    tx: Transaction, centre_id: int, item: AgendaItem | None, named: Mapping[int, str]
) -> str | None:
    if item is None or item.proposal_id is None:
        return None
    found = await proposals.get(tx, centre_id, item.proposal_id)
    return None if found is None or not found.reason else mark_names(found.reason, named)


def _tasks(found: Sequence[tasks.Task], named: Mapping[int, str]) -> tuple[Task, ...]:
    """Who took it on only where they chose that it is shown."""
    told = []
    for each in found:
        takers = [member_mark(one.member_id) for one in each.takers if one.shown]
        if each.group:
            takers.append(mark_names(each.group, named))
        due_at = None if each.by_next else each.due_at
        told.append(Task(mark_names(each.what, named), ", ".join(takers) or None, due_at))
    return tuple(told)
