"""A full centre whose texts carry words that stand nowhere else, and who could try something there.

The words say whom a text concerns: all members, facilitators, Anna alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kit.full_centre import FullCentre, fill_centre
from kit.stage import MINUTE, Stage

from assembly.duties import Duty
from assembly.roles import Role
from assembly.rule import DecisionMethod, Rule, Secrecy
from handlers.core.may import May
from sandbox.people import Person
from storage import assemblies, duties, invitations, join_requests, joinings, members
from storage.engine.transaction import Transaction
from storage.erasure import erasing
from storage.members import Member

CENTRE, DESK, ANNA = "zzcentre", "zzdesk", "zzanna"  # members', facilitators', Anna's alone
TEXTS = {
    CENTRE: (
        *("proposals.title", "proposals.reason", "comments.text", "assemblies.place"),
        *("series.place", "assemblies.reason"),
        *("agenda_items.title", "agreements.wording", "tasks.what", "decisions.question"),
        *("decision_options.label", "roll_call.reason", "members.name", "notes.words"),
    ),
    DESK: ("join_requests.name", "minutes_corrections.words"),
}

PRIVATE, OWN_GROUP, OTHER_GROUP = "in private", "in the own group", "in another group"
PLACES = (PRIVATE, OWN_GROUP, OTHER_GROUP)


@dataclass(frozen=True)
class Actor:
    """Somebody, or something, that presses and writes; what they are in Centro Aurora."""

    name: str
    person: Person
    member: bool = False
    facilitates: bool = False
    chairs: bool = False  # the assembly that is open
    records: bool = False
    left: bool = False
    joining: bool = False
    operates: bool = False
    elsewhere: bool = False  # a member of another centre
    bot: bool = False
    sender_chat: dict[str, Any] | None = None  # Telegram names it in place of a person

    def as_json(self) -> dict[str, Any]:
        return {**self.person.as_json(), "is_bot": self.bot}

    def may(self, may: May, place: str) -> bool:
        """Whether something with this declaration is for them there, in Centro Aurora."""
        there = self.sender_chat is None and not self.bot and place != OTHER_GROUP
        private = there and place == PRIVATE
        return {
            May.MEMBERS: there and self.member,
            May.ON_THE_ROLL: there and self.member,
            May.MEMBERS_IN_PRIVATE: private and self.member,
            May.MEMBERS_ALWAYS: private and self.member,
            May.FACILITATORS: private and self.facilitates,
            May.CHAIRS: private and (self.facilitates or self.chairs),
            May.RECORDERS: private and (self.facilitates or self.chairs or self.records),
            May.THEMSELVES: private and (self.member or self.left),
            May.JOINING: private and self.joining,
            May.OPERATORS: self.operates and place == OWN_GROUP,
            **dict.fromkeys((May.ANYBODY, May.ANYBODY_IN_PRIVATE, May.WITH_LINK), False),
        }[may]


async def gather(stage: Stage) -> tuple[FullCentre, list[Actor], int]:
    """Centro Aurora, full, with everybody who could try something; a question that is over."""
    here = await fill_centre(stage)
    centre, group = here.centre, here.group
    berta = await stage.member(centre, group, "Berta", "family")
    carl = await stage.member(centre, group, "Carl", "professional")
    lena = await stage.member(centre, group, "Lena")
    eva = await stage.member(centre, group, "Eva")
    chair = await stage.member(centre, group, "Clara")
    recorder = await stage.member(centre, group, "Remo", "family")
    later_chair = await stage.member(centre, group, "Lia", "professional")
    mira = await stage.member(here.other, here.other_group, "Mira")
    rita, jo = stage.world.person("Rita"), stage.world.person("Jo")
    decided = await _decided(stage, here)
    await stage.say(here.anna, f"/propose A garden {ANNA} behind the house")
    async with stage.voci.database.transaction() as tx:
        await members.leave(tx, (await _member(tx, here, lena)).id, stage.now)
        await erasing.erase(tx, stage.voci.keys, await _member(tx, here, eva), stage.now)
        await _ask_and_begin(tx, here, rita, jo)
        soon, later = await assemblies.upcoming(tx, centre.id, stage.now)
        for person, assembly, duty in (
            (chair, soon, Duty.CHAIR),
            (recorder, soon, Duty.RECORDER),
            (later_chair, later, Duty.CHAIR),
        ):
            member = await _member(tx, here, person)
            assert await duties.take(tx, assembly.id, duty, member.id, stage.now)
        for word, columns in TEXTS.items():
            for column in columns:
                await _mark(tx, word, *column.split("."))
    nobody = {"id": group.id, "type": "supergroup", "title": group.title}
    news = {"id": -1009, "type": "channel", "title": "News"}
    actors = [
        Actor("an outsider", here.zoe),
        Actor("somebody whose request waits", rita),
        Actor("somebody on the way in", jo, joining=True),
        Actor("a member", here.anna, member=True),
        Actor("a family member", berta, member=True),
        Actor("a professional", carl, member=True),
        Actor("a facilitator", here.fiona, member=True, facilitates=True),
        Actor("a second facilitator", here.gino, member=True, facilitates=True),
        Actor("the chair", chair, member=True, chairs=True),
        Actor("the recorder", recorder, member=True, records=True),
        Actor("the chair of a later assembly", later_chair, member=True),
        Actor("another centre's facilitator", here.hugo, elsewhere=True),
        Actor("another centre's member", mira, elsewhere=True),
        Actor("somebody who has left", lena, left=True),
        Actor("somebody erased", eva),
        Actor("the operator", stage.operator, operates=True),
        Actor("an anonymous administrator", here.zoe, sender_chat=nobody),
        Actor("a channel", here.zoe, sender_chat=news),
        Actor("a bot", here.zoe, bot=True),
    ]
    return here, actors, decided


async def _decided(stage: Stage, here: FullCentre) -> int:
    """A question by name that is over: who said what, and why, can be read by members."""
    rule = Rule(DecisionMethod.CONSENT, secrecy=Secrecy.OPEN)
    decision = await stage.put(here.centre, MINUTE, rule, f"Shall we {CENTRE} at eight?")
    for person, choice in ((here.anna, "object"), (here.fiona, "agree"), (here.gino, "agree")):
        await stage.forge(
            person, here.private(person), f"cast:{here.centre.id}:{decision.id}:{choice}"
        )
    await stage.say(here.anna, f"Too {CENTRE} early")
    await stage.move(2 * MINUTE)
    return decision.id


async def _member(tx: Transaction, here: FullCentre, person: Person) -> Member:
    found = await members.find(tx, here.centre.id, person.id)
    assert found is not None
    return found


async def _ask_and_begin(tx: Transaction, here: FullCentre, asks: Person, begins: Person) -> None:
    """One waits for an answer to their request, the other has an invitation half used."""
    centre, now = here.centre, here.stage.now
    ids = {"centre_id": centre.id, "telegram_id": asks.id}
    assert await join_requests.ask(tx, **ids, role=Role.USER, name="Rita", now=now)
    token = await invitations.add(tx, centre_id=centre.id, role=Role.USER, now=now)
    invitation = await invitations.find(tx, token)
    assert invitation is not None
    await joinings.begin(
        tx,
        begins.id,
        centre.id,
        language="en",
        role=Role.USER,
        at=now,
        token_hash=invitation.token_hash,
    )


async def _mark(tx: Transaction, word: str, table: str, column: str) -> None:
    """Put the word into every text of this column, of Centro Aurora where others have some."""
    # What somebody reads of themselves, left or on their way in, has no such word.
    of = {"members": "centre_id = 1 AND status = 'active'", "join_requests": "telegram_id = 1"}
    which = f"{column} IS NOT NULL AND {of.get(table, '1 = 1')}"
    await tx.statement(f"UPDATE {table} SET {column} = '{word} ' || {column} WHERE {which}")
