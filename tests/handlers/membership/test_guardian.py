from __future__ import annotations

import re

import pytest
from kit.phrases import GO_ON, UNDERSTOOD
from kit.stage import Stage

from assembly.centre_facts import Fact
from assembly.roles import Role
from sandbox.people import Person
from storage import centre_facts, invitations, joinings, members
from storage.centres import Centre

pytestmark = pytest.mark.usefixtures("no_errors")


async def open_invitation(stage: Stage, centre: Centre, name: str = "Nina") -> Person:
    token = await stage.write(invitations.add, centre_id=centre.id, role=Role.USER, now=stage.now)
    person = stage.world.person(name, language_code="en")
    await stage.start(person, f"i_{token}")
    return person


async def limit(stage: Stage, centre: Centre, words: str) -> None:
    async with stage.voci.database.transaction() as tx:
        first = (await members.active(tx, centre.id))[0].id
        change = await centre_facts.propose(tx, centre.id, Fact.AGE, words, first, stage.now)
        await centre_facts.settle(tx, centre.id, change, first, stage.now, holds=True)


def code(stage: Stage, person: Person) -> str:
    found = re.search(r"Write this on it: (\d{6})", stage.last(person).words)
    assert found is not None
    return found[1]


async def test_the_paper_lets_a_young_person_in_and_no_age_is_kept(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    nina = await open_invitation(stage, centre)
    await stage.press_each(nina, "I am younger")
    signs = code(stage, nina)
    # No other way in until then: neither an old button, nor a command, nor pressing again.
    message = stage.last(nina)
    for data in (f"jS:{centre.id}:s", f"jC:{centre.id}", f"jY:{centre.id}", f"jL:{centre.id}:en"):
        await stage.forge(nina, message, data)
        assert code(stage, nina) == signs
    assert "Somebody who looks after you" in (await stage.say(nina, "/start")).words
    joining = await stage.read(joinings.find, nina.id, centre.id)
    assert joining is not None and joining.consented_at is None

    await stage.say(fiona, "/facilitate")
    await stage.press_each(fiona, "The centre", "A guardian’s paper")
    for wrong in ("12", "x", str((int(signs) + 1) % 10**6).zfill(6)):
        assert "Nobody waits with this code" in (await stage.say(fiona, wrong)).words
    assert "It is noted" in (await stage.say(fiona, f"{signs[:3]} {signs[3:]}")).words
    await stage.move(60)
    await stage.press_each(nina, GO_ON, GO_ON, UNDERSTOOD, "No, thank you", "Nina")
    assert "You take part in the assembly" in stage.last(nina).words
    async with stage.voci.database.reading() as tx:
        [row] = await tx.statement(
            f"SELECT guardian_seen_at FROM members WHERE telegram_id = {nina.id}"
        )
        assert row["guardian_seen_at"] is not None
        assert await tx.statement("SELECT 1 FROM joinings") == []


async def test_whoever_is_old_enough_leaves_no_word_about_it(stage: Stage) -> None:
    centre, group = await stage.centre()
    await stage.member(centre, group, "Fiona", facilitator=True)
    nina = await open_invitation(stage, centre)
    await stage.press_each(nina, "I am 14 or older", GO_ON, UNDERSTOOD, "No, thank you", "Nina")
    async with stage.voci.database.reading() as tx:
        [row] = await tx.statement(
            f"SELECT guardian_seen_at FROM members WHERE telegram_id = {nina.id}"
        )
    assert row["guardian_seen_at"] is None


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("16", ["I am 16 or older", "I am younger"]),
        ("18", ["I am 18 or older", "I am younger"]),
        ("off", [GO_ON]),
    ],
)
async def test_each_centre_sets_its_limit(stage: Stage, words: str, labels: list[str]) -> None:
    centre, group = await stage.centre()
    await stage.member(centre, group, "Fiona", facilitator=True)
    await limit(stage, centre, words)
    nina = await open_invitation(stage, centre)
    assert stage.last(nina).labels == [*labels, "Italiano", "Deutsch"]


async def test_where_nobody_is_asked_a_made_up_button_asks_for_no_paper(stage: Stage) -> None:
    centre, group = await stage.centre()
    await stage.member(centre, group, "Fiona", facilitator=True)
    await limit(stage, centre, "off")
    nina = await open_invitation(stage, centre)
    await stage.forge(nina, stage.last(nina), f"jY:{centre.id}")
    assert "Welcome to the assembly" in stage.last(nina).words


async def test_a_code_is_good_in_its_own_centre_only_and_goes_with_the_way_in(stage: Stage) -> None:
    centre, group = await stage.centre()
    other, other_group = await stage.centre("Casa Blu")
    await stage.member(centre, group, "Fiona", facilitator=True)
    hugo = await stage.member(other, other_group, "Hugo", facilitator=True)
    nina = await open_invitation(stage, centre)
    await stage.press_each(nina, "I am younger")
    signs = code(stage, nina)
    await stage.forge(hugo, await stage.say(hugo, "/facilitate"), f"cgp:{other.id}")
    assert "Nobody waits with this code" in (await stage.say(hugo, signs)).words
    await stage.press_each(nina, "Not now")
    assert await stage.read(joinings.find, nina.id, centre.id) is None


async def test_facilitators_set_the_limit_as_they_set_who_is_responsible(stage: Stage) -> None:
    centre, group = await stage.centre()
    fiona = await stage.member(centre, group, "Fiona", facilitator=True)
    await stage.say(fiona, "/facilitate")
    await stage.press_each(fiona, "The centre", "Who is responsible", "Age", "From 16")
    assert "Age: From 16" in stage.last(fiona).words
    assert (await stage.read(centre_facts.known, centre.id))[Fact.AGE] == "16"
