"""A centre with everything in it that a press or a link can name, for tests of bad input."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, get_type_hints

from kit.centre_rows import put_question
from kit.stage import Stage
from markupsafe import Markup

from assembly.attendance_bands import Attendance
from assembly.centre_facts import Fact
from assembly.minutes import Minutes
from assembly.roles import Role
from assembly.rule import Quorum, Rule
from assembly.series import Rhythm
from handlers.core.press import Press, known_presses
from handlers.core.screen import Screen, dump
from sandbox.chats import Chat, Group, Message
from sandbox.people import Person
from sandbox.presses import Press as Pressed
from storage import (
    agreements,
    centre_facts,
    centre_moves,
    checkins,
    comments,
    consents,
    helpings,
    invitations,
    join_requests,
    minutes,
    named_lists,
    notes,
    outbox,
    points,
    series,
    setups,
    task_taking,
    tasks,
)
from storage.assemblies import Assembly
from storage.centres import Centre
from storage.consents import VERSIONS
from storage.engine.transaction import Transaction
from storage.secrets.keys import KeyStore
from storage.series import Wish

DAY = 86_400
AT_ONCE = 30  # presses of one person; more wait in a line that has an end

Rows = dict[str, list[tuple[Any, ...]]]

# What a press can name that is no row: counts, days, words.
SAID: dict[str, int | str] = {
    "people": 3,
    "ballots": 1,
    "entry": 1,
    "changed": 0,
    "number": 1,
    "skip": 0,
    "word": "who",
    "choice": "yes",
    "marks": "",
    "position": 1,
    "was": 1,
    "becomes": 2,
    "wish": "open",
    "sign": "0a1b2c3d",
    "uses": 1,
    "page": 1,
    "role": "user",
    "day": 739_600,
    "question": 0,
    "value": 3,
    "weekday": 2,
    "hour": 10,
    "hours": 24,
    "language": "de",
    "zone": "Europe/Vienna",
    "days": 365,
    "version": VERSIONS["part"],
    "round_id": 0,
    "then": "home.1",
    "shape": "0w1",
    "minutes": 960,
    "length": 90,
    "later": 0,
    "sequence": 0,
    "month": 8,
    "first": 739_600,
    "last": 739_607,
}


@dataclass
class FullCentre:
    """Centro Aurora with its people, another centre with Hugo, and Zoe, who is nobody here."""

    stage: Stage
    centre: Centre
    group: Group
    other: Centre
    other_group: Group
    fiona: Person  # facilitates
    gino: Person  # facilitates
    anna: Person  # a plain member
    hugo: Person  # facilitates the other centre
    zoe: Person  # has never started the bot
    ids: dict[str, int | str]

    def dump(self) -> Rows:
        """All rows of the main database but the marks of updates."""
        base = sqlite3.connect(f"file:{self.stage.folder / 'voci.db'}?mode=ro", uri=True)
        try:
            names = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            kept = [name for (name,) in names if name not in ("updates", "sqlite_sequence")]
            return {
                name: sorted(base.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
                for name in kept
            }
        finally:
            base.close()

    def carrier(self, chat: Chat) -> Message:
        """A message of the bot's in this chat, to which somebody attaches presses of their own."""
        return self.stage.world.post(chat, self.stage.bot, text="a message with buttons")

    def private(self, person: Person) -> Message:
        """The same, in the person's own chat."""
        return self.carrier(person.private(self.stage.bot))

    async def press_all(self, person: Person, message: Message, data: list[str]) -> list[str]:
        """Press all of these; the data of those that nobody answered."""
        silent = []
        for start in range(0, len(data), AT_ONCE):
            pressed = [person.forge_press(message, each) for each in data[start : start + AT_ONCE]]
            await self.stage.settle()
            silent += [each.data for each in pressed if each.answer is None]
        return silent

    async def writing(self, person: Person, message: Message, data: list[str]) -> dict[str, Rows]:
        """Press one after the other: which data wrote, and what is different then."""
        found = {}
        before = self.dump()
        for each in data:
            assert await self.press_all(person, message, [each]) == []
            after = self.dump()
            if after != before:
                found[each] = changes(before, after)
            before = after
        return found

    def inject(self, pressed: Pressed, **changed: object) -> None:
        """A press as no app would send it, answered once the stage has settled."""
        content = {**pressed.as_json(), **changed}
        self.stage.bot.inject(
            "callback_query", {name: value for name, value in content.items() if value is not None}
        )

    def plausible(self, kind: type[Press]) -> list[Press]:
        """Presses of this kind that could have been offered: each choice appears in one."""
        hints = get_type_hints(kind)
        choices = {each.name: self._choices(each.name, hints[each.name]) for each in fields(kind)}
        usual = {name: values[0] for name, values in choices.items()}
        found = [kind(**usual)]
        for name, values in choices.items():
            found += [kind(**{**usual, name: value}) for value in values[1:]]
        return found

    def _choices(self, name: str, hint: type) -> list[Any]:
        if hint is bool:
            return [True, False]
        if issubclass(hint, StrEnum):
            return list(hint)
        return [self.ids[name]]


def changes(before: Rows, after: Rows) -> Rows:
    """The rows that came or went, by table."""
    return {
        name: sorted(set(before[name]) ^ set(after[name]), key=repr)
        for name in after
        if before[name] != after[name]
    }


def kinds() -> Iterator[type[Press]]:
    """Every kind of press there is."""
    import bot.app  # noqa: F401 - registers every feature's presses

    for kind in known_presses().values():
        if kind.__module__.startswith("handlers."):  # other tests make presses of their own
            yield kind


async def fill_centre(stage: Stage) -> FullCentre:
    centre, group = await stage.centre()
    other, other_group = await stage.centre("Casa Blu")
    fiona = await stage.member(centre, group, "Fiona", "professional", facilitator=True)
    gino = await stage.member(centre, group, "Gino", "family", facilitator=True)
    anna = await stage.member(centre, group, "Anna")
    hugo = await stage.member(other, other_group, "Hugo", facilitator=True)
    zoe = stage.world.person("Zoe")
    zoe.join(group)
    await stage.settle()
    ids = await _talked_about(stage, centre, fiona, anna)
    fiona_id, gino_id, anna_id = [
        await stage.member_id(centre, each) for each in (fiona, gino, anna)
    ]
    async with stage.voci.database.transaction() as tx:
        ids |= await _waiting(tx, stage.voci.keys, centre, fiona_id, anna_id, stage.now)
        await setups.begin(tx, group.id, stage.now)
        ids["begun_at"] = stage.now
        await centre_moves.begin(tx, centre.id, gino_id, stage.now)
    stage.world.limits.enforced = False
    await _open_round(stage, anna, ids)
    people = (fiona, gino, anna, hugo, zoe)
    return FullCentre(stage, centre, group, other, other_group, *people, ids)


async def _talked_about(
    stage: Stage, centre: Centre, fiona: Person, anna: Person
) -> dict[str, int | str]:
    """A proposal, an assembly that is open with it, and one to come."""
    title = "Longer opening hours"
    proposal_id = await stage.propose(centre, anna, title, named=False)
    proposed = [(proposal_id, title)]
    soon = await stage.convene(centre, fiona, DAY, place="Via Roma 12", points=proposed, begun=True)
    later = await stage.convene(centre, fiona, 10 * DAY, place="Via Roma 12")
    [point] = await stage.read(points.items, soon.id)
    comment_id = await stage.write(
        comments.add,
        centre_id=centre.id,
        proposal_id=proposal_id,
        member_id=await stage.member_id(centre, anna),
        text="Until when?",
        named=True,
        now=stage.now,
    )
    minuted = await _minuted(stage, centre, fiona, later)
    kept_id = await stage.propose(centre, fiona, "Opening hours on Saturdays")
    ids = {"proposal_id": proposal_id, "item_id": point.id, "assembly_id": later.id}
    ids["kept_id"] = kept_id
    task_id = await _task(stage, centre, anna, soon.id, point.id)
    words = {"wording": "Until seven.", "now": stage.now, "until": stage.now + DAY}
    agreement_id = await stage.write(agreements.put, centre.id, point.id, **words) or 0
    ids |= {"agreement_id": agreement_id, "comment_id": comment_id or 0}
    ids["series_id"] = await _mondays(stage, centre)
    return {**ids, **minuted, "comment_id": comment_id or 0, "task_id": task_id}


async def _minuted(
    stage: Stage, centre: Centre, fiona: Person, assembly: Assembly
) -> dict[str, int | str]:
    """Minutes that are a draft, with a note, a photograph, and what Fiona finds otherwise."""
    fiona_id = await stage.member_id(centre, fiona)
    told = Minutes(centre.name, "en", "UTC", 1, 2, None, Attendance("0-4"))
    assert await stage.write(minutes.draft, centre.id, assembly.id, told)
    at = {"centre_id": centre.id, "assembly_id": assembly.id, "author_id": fiona_id}
    note = await stage.write(notes.add_at, item_id=None, words="Who digs?", **at)
    assert note is not None
    assert await stage.write(notes.add_at, item_id=None, words="", file_id="photo-1", **at)
    said = await stage.write(minutes.correct, assembly.id, fiona_id, "It was nine.")
    return {"note_id": note.id, "correction_id": said or 0}


async def _mondays(stage: Stage, centre: Centre) -> int:
    """A series that has convened nothing yet."""
    wish = Wish(Rhythm(0), datetime.fromisoformat("2025-12-08 16:00"), "Via Roma 12", 90)
    made = await stage.write(series.add, centre.id, wish, stage.now)
    assert made is not None
    return made.id


async def _task(stage: Stage, centre: Centre, anna: Person, assembly_id: int, item_id: int) -> int:
    """What follows from the point, and Anna looks after it."""
    task_id = await stage.write(
        tasks.add,
        centre_id=centre.id,
        what="Ask what it costs",
        due_at=None,
        now=stage.now,
        assembly_id=assembly_id,
        item_id=item_id,
    )
    anna_id = await stage.member_id(centre, anna)
    await stage.write(task_taking.take, centre.id, task_id, anna_id, stage.now)
    return task_id


async def _waiting(
    tx: Transaction, keys: KeyStore, centre: Centre, fiona_id: int, anna_id: int, now: int
) -> dict[str, int | str]:
    """What waits for somebody's answer: a question, an invitation, a request, a check-in."""
    decision_id = await put_question(
        tx,
        keys,
        Rule(quorum=Quorum(centre.quorum)),
        centre_id=centre.id,
        closes_at=now + 5 * DAY,
        now=now,
    )
    token = await invitations.add(
        tx,
        centre_id=centre.id,
        role=Role.PROFESSIONAL,
        now=now,
        created_by=fiona_id,
        needs_confirmation=True,
    )
    request_id = await join_requests.ask(
        tx, centre_id=centre.id, telegram_id=1, role=Role.USER, name="Zeno", now=now
    )
    change_id = await centre_facts.propose(tx, centre.id, Fact.ADDRESS, "Here", fiona_id, now)
    await consents.grant(tx, anna_id, "part", consents.VERSIONS["part"], now)
    await consents.grant(tx, anna_id, "checkin", consents.VERSIONS["checkin"], now)
    await checkins.enrol(tx, anna_id, centre.zone, now)
    invitation = await invitations.find(tx, token)
    assert decision_id and request_id and invitation is not None
    helped = await helpings.begin(
        tx, keys, centre_id=centre.id, decision_id=decision_id, member_id=fiona_id
    )
    assert helped is not None
    await outbox.add(
        tx,
        key="lost",
        chat_id=centre.chat_id,
        payload=dump(Screen(Markup("Perhaps it is there"), public=True)),
        now=now,
        centre_id=centre.id,
    )
    [lost] = await tx.statement(
        "UPDATE outbox SET status = 'uncertain' WHERE key = 'lost' RETURNING id"
    )
    return SAID | {
        "centre_id": centre.id,
        "member_id": anna_id,
        "decision_id": decision_id,
        "ref": invitation.ref,
        "token": helped,
        "request_id": request_id,
        "newest": change_id,
        "outgoing_id": int(lost["id"]),
        "starts_at": now + 2 * DAY,
        "until": now + 6 * DAY,
        "days": 14,
        "list_id": await named_lists.ask(tx, centre.id, fiona_id, (fiona_id, anna_id), now),
        "asked_at": now,
    }


async def _open_round(stage: Stage, anna: Person, ids: dict[str, int | str]) -> None:
    """Anna begins a check-in, and leaves it open."""
    question = await stage.say(anna, "/checkin")
    data = question.buttons[0].data
    assert data is not None and data.startswith("ans:")
    ids["round_id"] = int(data.split(":")[2])
