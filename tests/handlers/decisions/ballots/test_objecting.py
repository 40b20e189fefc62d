"""Why somebody objects, stands aside or blocks: typed after the press, kept in the ballot."""

from __future__ import annotations

import pytest
from kit.phone_voters import Voters, gather_voters
from kit.phrases import I_CONSENT, I_OBJECT
from kit.stage import Stage

from assembly.rule import DecisionMethod, Secrecy
from handlers.decisions.ballots.presses import LeaveReason, TakeOutReason
from storage import decisions, drafts
from storage.ballots import Mine

pytestmark = pytest.mark.usefixtures("no_errors")

M = DecisionMethod


@pytest.fixture
async def room(stage: Stage) -> Voters:
    return await gather_voters(stage)


@pytest.mark.parametrize(
    ("method", "button", "choice"),
    [
        (M.CONSENT, I_OBJECT, "object"),
        (M.CONSENSUS, "I stand aside", "aside"),
        (M.CONSENSUS, "I block it", "block"),
    ],
)
async def test_the_reason_is_typed_after_the_press(
    room: Voters, method: DecisionMethod, button: str, choice: str
) -> None:
    await room.put(method)
    await room.open(room.anna)
    await room.tap(room.anna, button)
    assert "Why? Write it now" in room.words(room.anna)
    assert "without your name" in room.words(room.anna)
    assert (
        await room.stage.read(drafts.find, room.anna.id) is None
    )  # its row would tell who objects
    answer = await room.stage.say(room.anna, "It <b>harms</b> us.")
    assert "This is now your reason: “It <b>harms</b> us.”" in answer.words
    assert "Take it out" in answer.labels
    assert await room.mine(room.anna) == Mine(choice, "It <b>harms</b> us.", False)
    assert "Nobody reads this here" in (await room.stage.say(room.anna, "And more.")).words


async def test_an_objection_counts_without_words(room: Voters) -> None:
    await room.put(M.CONSENT)
    await room.open(room.anna)
    await room.tap(room.anna, I_OBJECT, "Leave it without words")
    assert await room.mine(room.anna) == Mine("object", "", False)
    assert "You objected." in room.words(room.anna)
    assert "Nobody reads this here" in (await room.stage.say(room.anna, "Too late.")).words


async def test_instead_of_a_reason_the_ballot_is_changed(room: Voters) -> None:
    await room.put(M.CONSENT)
    await room.open(room.anna)
    await room.tap(room.anna, I_OBJECT, "Change my ballot", I_CONSENT)
    assert await room.mine(room.anna) == Mine("consent", "", False)
    assert "Nobody reads this here" in (await room.stage.say(room.anna, "Why not?")).words


async def test_a_reason_is_changed_or_kept(room: Voters) -> None:
    await room.put(M.CONSENT)
    await room.open(room.anna)
    await room.tap(room.anna, I_OBJECT)
    await room.stage.say(room.anna, "It harms us.")
    await room.tap(room.anna, "See my ballot", f"✓ {I_OBJECT}")
    assert "It harms us." in room.words(room.anna)
    await room.tap(room.anna, "Keep my reason")
    assert await room.mine(room.anna) == Mine("object", "It harms us.", False)
    await room.tap(room.anna, f"✓ {I_OBJECT}")
    await room.stage.say(room.anna, "It costs too much.")
    assert await room.mine(room.anna) == Mine("object", "It costs too much.", False)


async def test_what_was_no_reason_is_taken_out(room: Voters) -> None:
    await room.put(M.CONSENT)
    await room.open(room.anna)
    await room.tap(room.anna, I_OBJECT)
    await room.stage.say(room.anna, "ciao, come state?")
    assert "It is out" in await room.tap(room.anna, "Take it out")
    assert await room.mine(room.anna) == Mine("object", "", False)
    await room.tap(room.anna, "Write why")
    await room.stage.say(room.anna, "It harms us.")
    assert await room.mine(room.anna) == Mine("object", "It harms us.", False)
    assert await room.forge(room.anna, TakeOutReason(room.centre.id, 99))
    assert await room.mine(room.anna) == Mine("object", "It harms us.", False)


async def test_the_words_go_to_the_question_on_the_screen(room: Voters) -> None:
    """Nothing that was said of one question is published with another."""
    first, second, third = [await room.put(method) for method in (M.CONSENT, M.CONSENT, M.IRV)]
    for decision_id in (first, second):
        await room.open(room.anna, decision_id)
        await room.tap(room.anna, I_OBJECT)
        room.stage.clock.move(5)
    await room.open(room.anna, third)
    assert "Nobody reads this here" in (await room.stage.say(room.anna, "Hello")).words
    assert "Why? Write it now" in (await room.open(room.anna, first)).words
    await room.stage.say(room.anna, "My reason against the first")
    assert await room.mine(room.anna, first) == Mine("object", "My reason against the first", False)
    assert await room.mine(room.anna, second) == Mine("object", "", True)
    assert "Nobody reads this here" in (await room.stage.say(room.anna, "And more.")).words


async def test_so_few_are_asked_for_no_reason(room: Voters) -> None:
    await room.put(M.CONSENT, secrecy=Secrecy.SEALED)
    assert "Nobody would read a reason here" in (await room.open(room.anna)).words
    await room.tap(room.anna, I_OBJECT)
    assert "You objected." in room.words(room.anna) and "Why?" not in room.words(room.anna)
    assert "Write why" not in room.stage.last(room.anna).labels
    assert "Nobody reads this here" in (await room.stage.say(room.anna, "It harms us.")).words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x" * 501, "That is 501 characters; up to 500 fit, and nothing of it was kept."),
        ("\u200b", "There was nothing in it that can be read."),
    ],
)
async def test_a_reason_that_does_not_fit_is_asked_for_again(
    room: Voters, text: str, told: str
) -> None:
    await room.put(M.CONSENT)
    await room.open(room.anna)
    await room.tap(room.anna, I_OBJECT)
    answer = await room.stage.say(room.anna, text)
    assert told in answer.words and "Why? Write it now" in answer.words
    assert await room.mine(room.anna) == Mine("object", "", True)
    await room.stage.say(room.anna, "x" * 500)
    assert await room.mine(room.anna) == Mine("object", "x" * 500, False)


async def test_what_is_asked_later_gets_the_words(room: Voters) -> None:
    """Nobody's proposal is published as an objection."""
    await room.put(M.CONSENT)
    await room.open(room.anna)
    await room.tap(room.anna, I_OBJECT)
    room.stage.clock.move(5)
    await room.stage.say(room.anna, "/propose")
    await room.stage.say(room.anna, "A quiet room for everybody")
    assert await room.mine(room.anna) == Mine("object", "", True)
    assert "A quiet room for everybody" in room.words(room.anna)


async def test_what_is_asked_earlier_waits(room: Voters) -> None:
    await room.put(M.CONSENT)
    await room.stage.say(room.anna, "/propose")
    room.stage.clock.move(5)
    await room.open(room.anna)
    await room.tap(room.anna, I_OBJECT)
    await room.stage.say(room.anna, "It harms us.")
    assert await room.mine(room.anna) == Mine("object", "It harms us.", False)
    await room.stage.say(room.anna, "A quiet room for everybody")
    assert "A quiet room for everybody" in room.words(room.anna)


async def test_a_reason_is_not_waited_for_longer_than_ten_minutes(room: Voters) -> None:
    decision_id = await room.put(M.CONSENT)
    async with room.stage.voci.database.transaction() as tx:
        later = room.stage.now + 10_000
        assert await decisions.extend(tx, room.centre.id, decision_id, later, room.stage.now)
    await room.open(room.anna)
    await room.tap(room.anna, I_OBJECT)
    room.stage.clock.move(601)
    assert "Nobody reads this here" in (await room.stage.say(room.anna, "It harms us.")).words
    assert "Why? Write it now" not in (await room.open(room.anna)).words
    await room.forge(room.anna, LeaveReason(room.centre.id, 1))
    assert "You objected." in room.words(room.anna)
