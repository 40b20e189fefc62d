"""The ballots of a closed decision as a file: taken, checked, counted again, and out of reach."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from kit.in_person import InPersonAssembly, open_assembly
from kit.phone_voters import OPTIONS, QUESTION, Voters, gather_voters
from kit.phrases import (
    BEGIN_TO_COUNT,
    HOW_WAS_COUNTED,
    MEMBERS_ONLY,
    OLDER_MESSAGE,
    SHOW_TRACKER,
)
from kit.stage import Stage

from assembly.counting.table import WORDS
from assembly.rule import DecisionMethod, Parity, Quorum, Rule, Secrecy
from bot import tally
from handlers.core.press import Press
from handlers.decisions.presses import Cast, CloseDecision
from handlers.decisions.results.presses import (
    AsPicture,
    ChooseFile,
    Form,
    TakeFile,
    TurnReport,
    WhoSaidWhat,
)
from sandbox.people import Person
from storage import decisions, people
from storage.decisions import Decision

pytestmark = pytest.mark.usefixtures("no_errors")

M = DecisionMethod
VERIFY = Path(__file__).parents[4] / "bot" / "verify.py"
SEAL = re.compile(r"this seal: ([0-9a-f]{4}(?: [0-9a-f]{4}){4})\.")
GIVE = "Give my ballot"
FILES = "The ballots as a file"


@pytest.fixture
async def room(stage: Stage) -> Voters:
    return await gather_voters(stage)


async def answered(room: Voters, method: DecisionMethod, *people: Person, **rule: Any) -> None:
    """Put to the members, answered by these people (all six if none are named), and closed."""
    await room.put(method, **rule)
    for number, person in enumerate(people or (room.anna, *room.others)):
        await room.open(person)
        if method in WORDS:
            await room.tap(person, "No" if number == 1 else "Yes")
        elif method is M.SCORE:
            await room.tap(person, "Choir", "5", GIVE)
        elif method is M.DOTS:
            await room.tap(person, "Choir", "Trip", GIVE)
        elif method is M.APPROVAL:
            await room.tap(person, "☐ Choir", "☐ Trip" if number else "☐ Room", GIVE)
        else:
            for option in ("Choir" if number < 4 else "Trip", "Room"):
                labels = room.stage.last(person).labels
                await room.tap(person, next(each for each in labels if each.endswith(option)))
            await room.tap(person, GIVE)
    await room.stage.move(600)


async def decision(room: Voters) -> Decision:
    found = await room.stage.read(decisions.get, room.centre.id, 1)
    assert found is not None
    return found


async def take(room: Voters, person: Person, label: str) -> tuple[str, str]:
    """The name and the text of the file that a button under the outcome gives."""
    await room.open(person)
    await room.tap(person, HOW_WAS_COUNTED, FILES, label)
    return the_file(room, person)


def the_file(room: Voters, person: Person) -> tuple[str, str]:
    """The name and the text of the file that was sent last."""
    sent = room.stage.last(person)
    found = room.stage.file(sent)
    assert found.name in sent.words or "spreadsheets" in sent.words or ";" in found.data.decode()
    return found.name, found.data.decode()


def verified(file: Path, *more: str) -> tuple[int, str]:
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(VERIFY), str(file), *more], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


async def test_cast_close_take_the_list_and_check_it(room: Voters, tmp_path: Path) -> None:
    await room.put(M.IRV)
    for person in (room.anna, *room.others):
        await room.open(person)
        await room.tap(person, "Choir", "Trip", GIVE)
    alert = await room.tap(room.anna, SHOW_TRACKER)
    tracker = alert.split()[3].rstrip(".")
    await room.stage.move(600)
    posted = SEAL.search(room.stage.last(room.group).words)
    assert posted is not None

    name, text = await take(room, room.anna, "The list, to check it")
    assert name == "voci-decision-1-list.txt"
    file = tmp_path / name
    file.write_bytes(text.encode())
    await room.open(room.anna)
    await room.tap(room.anna, "Was my ballot counted?")
    receipt = re.search(r"^\d+:[0-9a-f]{64}$", room.words(room.anna), re.MULTILINE)
    assert receipt is not None
    assert f"voci verify {name} --roll {receipt.group()}" in room.words(room.anna)

    code, told = verified(file, "--tracker", tracker, "--roll", receipt.group())
    assert code == 0, told
    assert "Everything in this file fits together." in told
    assert "Choir > Trip" in told and "You stand on the roll" in told
    assert posted.group(1).replace(" ", "") in told
    seal = (await decision(room)).seal
    assert seal is not None and text.endswith(f"seal {seal}\n")
    assert seal.startswith(posted.group(1).replace(" ", ""))

    file.write_text(text.replace('"choice":"20"', '"choice":"21"', 1))
    code, told = verified(file)
    assert code == 1 and "this ballot was changed" in told
    file.write_bytes(text.encode())
    wrong = receipt.group()[:-1] + ("0" if receipt.group()[-1] != "0" else "1")
    code, told = verified(file, "--roll", wrong)
    assert code == 1 and "Nobody with this number and salt" in told


async def test_the_whole_seal_and_the_lot_stand_under_how_it_was_counted(room: Voters) -> None:
    await answered(room, M.IRV)
    closed = await decision(room)
    await room.open(room.anna)
    await room.tap(room.anna, HOW_WAS_COUNTED)
    words = room.words(room.anna)
    assert closed.seal is not None and closed.seal in words
    assert closed.lot.commitment in words and (closed.lot.seed or "-") in words
    drawn = [f"{place}. {OPTIONS[number]}" for place, number in enumerate(closed.lot.order, 1)]
    assert "\n".join(drawn) in words


@pytest.mark.parametrize("method", [M.IRV, M.SCHULZE, M.STV_SCOTTISH, M.APPROVAL])
async def test_a_blt_counts_the_same_elsewhere(
    room: Voters, tmp_path: Path, method: DecisionMethod
) -> None:
    await answered(room, method)
    name, text = await take(room, room.anna, "For counting programs (BLT)")
    file = tmp_path / name
    file.write_text(text)
    [winner] = (await decision(room)).winners
    told = tally.report(file, method.value, None, None, "json")
    assert json.loads(told.text)["winners"] == [OPTIONS[winner]]
    assert told.notes == ()
    assert f"voci tally {name} --method {method.value}" in room.words(room.anna)


@pytest.mark.parametrize("method", sorted(DecisionMethod))
async def test_a_table_of_every_method(room: Voters, method: DecisionMethod) -> None:
    if method in WORDS and method is not M.MAJORITY:
        await room.put(method)
        for person in room.others:
            await room.open(person)
            await room.tap(person, room.stage.last(person).labels[0])
        await room.stage.move(600)
    else:
        await answered(room, method)
    name, text = await take(room, room.others[0], "As a table (CSV)")
    assert name == "voci-decision-1-ballots.csv"
    assert text.startswith("\ufeff"), "a spreadsheet takes it for Unicode"
    head, *rows = csv.reader(io.StringIO(text[1:], newline=""))
    assert head[0] == "tracker" and len(rows) >= 5
    assert head[1:5] == [*OPTIONS] or head[1] == "choice"
    assert all(len(row) == len(head) for row in rows)
    assert not any(person.first_name in text for person in room.others)


async def test_approval_by_roles_has_no_blt(room: Voters) -> None:
    await answered(room, M.APPROVAL)
    await room.stage.rows(f"UPDATE decisions SET parity = '{Parity.EQUAL_WEIGHTS.value}'")
    await room.open(room.anna)
    await room.tap(room.anna, HOW_WAS_COUNTED, FILES)
    labels = room.stage.last(room.anna).labels
    assert labels[:2] == ["The list, to check it", "As a table (CSV)"]
    told = await room.forge(room.anna, TakeFile(room.centre.id, 1, Form.BLT))
    assert told == OLDER_MESSAGE


# -- open decisions ---------------------------------------------------------------------------


async def test_an_open_one_is_told_by_name_in_the_group(room: Voters) -> None:
    await answered(room, M.MAJORITY, room.anna, *room.others[:2], secrecy=Secrecy.OPEN)
    outcome, roll_call = room.stage.said(room.group)[-2:]
    assert "seal" not in outcome.words and "2 yes, 1 no" in outcome.words
    assert roll_call.words == (
        f"{QUESTION}\nWho said what\n\nAnna: said yes\nCarla: said yes\nBruno: said no"
    )
    await room.stage.rows("DELETE FROM members WHERE name = 'Bruno'")
    await room.open(room.anna)
    await room.tap(room.anna, "Who said what")
    assert "a member: said no" in room.words(room.anna)
    assert "Bruno" not in room.words(room.anna)
    _, text = await take(room, room.anna, "As a table (CSV)")
    assert text == "\ufeffname,choice\r\nAnna,yes\r\nCarla,yes\r\na member,no\r\n"


async def test_an_open_ranking_is_a_table_with_names_and_a_blt_without(room: Voters) -> None:
    await answered(room, M.IRV, *room.others[:3], secrecy=Secrecy.OPEN)
    assert "Bruno: 1. Choir, 2. Room" in room.stage.last(room.group).words
    _, text = await take(room, room.anna, "For counting programs (BLT)")
    assert "3 3 2 0\n" in text and "Bruno" not in text
    labels = room.stage.last(room.anna).labels
    assert labels == ["Back"]
    await room.tap(room.anna, "Back")
    assert room.stage.last(room.anna).labels == [
        "For counting programs (BLT)",
        "As a table (CSV)",
        "Back",
    ]
    _, text = await take(room, room.anna, "As a table (CSV)")
    assert text.startswith("\ufeffname,Trip,Room,Choir,Garden\r\nBruno,,2,1,\r\n")


async def test_people_who_share_a_name_stand_there_each_with_theirs(room: Voters) -> None:
    await answered(room, M.MAJORITY, room.anna, *room.others[:3], secrecy=Secrecy.OPEN)
    await room.stage.rows("UPDATE members SET name = 'Anna'")
    _, text = await take(room, room.anna, "As a table (CSV)")
    assert text.count("\r\nAnna,") == 4


async def test_in_german_and_italian_cells_stand_apart_by_semicolons(room: Voters) -> None:
    await answered(room, M.MAJORITY, room.anna, secrecy=Secrecy.OPEN)
    await room.stage.write(people.set_language, room.anna.id, "de")
    await room.open(room.anna)
    await room.forge(room.anna, TakeFile(room.centre.id, 1, Form.CSV))
    _, text = the_file(room, room.anna)
    assert text.startswith("\ufeffname;choice\r\nAnna;")


async def test_nobody_took_part_in_an_open_one(room: Voters) -> None:
    await room.put(M.IRV, secrecy=Secrecy.OPEN)
    await room.stage.move(600)
    assert "No result" in room.stage.last(room.group).words  # and no roll call below it
    await room.open(room.anna)
    await room.tap(room.anna, "Who said what")
    assert "Nobody took part by phone." in room.words(room.anna)


# -- the picture ------------------------------------------------------------------------------


async def test_an_outcome_is_seen_as_a_picture_and_as_text(room: Voters) -> None:
    await answered(room, M.SCORE)
    await room.open(room.anna)
    text = room.words(room.anna)
    await room.tap(room.anna, "As a picture")
    seen = room.stage.last(room.anna)
    assert seen.content["photo"] and "Chosen: Choir." in seen.words
    assert seen.labels == ["As text", HOW_WAS_COUNTED, "Back"]
    await room.tap(room.anna, "As text")
    assert room.words(room.anna) == text
    await room.tap(room.anna, "As a picture", HOW_WAS_COUNTED, "Back")
    assert room.words(room.anna) == text


# -- who may not ------------------------------------------------------------------------------


def all_presses(centre_id: int, decision_id: int = 1) -> list[Press]:
    ids = centre_id, decision_id
    files = [TakeFile(*ids, form) for form in Form]
    return [AsPicture(*ids), TurnReport(*ids, 0), WhoSaidWhat(*ids, 0), ChooseFile(*ids), *files]


async def test_strangers_and_other_centres_get_nothing(room: Voters) -> None:
    await answered(room, M.IRV)
    stage = room.stage
    stranger = stage.world.person("Otto", language_code="en")
    stranger.join(room.group)
    await stage.start(stranger)
    other, group = await stage.centre("Casa Blu")
    paola = await stage.member(other, group, "Paola", facilitator=True)
    await stage.say(paola, "/help")
    for person, centre_id in ((stranger, room.centre.id), (paola, room.centre.id)):
        for press in all_presses(centre_id):
            assert await room.forge(person, press) == MEMBERS_ONLY
    for press in all_presses(other.id):
        assert await room.forge(paola, press)
    for person in (stranger, paola):
        assert not any(message.is_media for message in stage.said(person))
        assert QUESTION not in room.words(person)
    posted = stage.last(room.group)
    for press in all_presses(room.centre.id):
        pressed = await stage.forge(room.anna, posted, press.encode())
        assert pressed.answer is not None and "private chat" in pressed.answer.text
    assert stage.last(room.group) is posted


@pytest.mark.parametrize("secrecy", [Secrecy.SECRET, Secrecy.SEALED])
async def test_of_few_there_is_no_file_and_one_sentence_why(room: Voters, secrecy: Secrecy) -> None:
    await answered(room, M.IRV, *room.others[:4], secrecy=secrecy)
    assert "seal" not in room.stage.last(room.group).words
    await room.open(room.anna)
    assert "As a picture" not in room.stage.last(room.anna).labels
    await room.tap(room.anna, HOW_WAS_COUNTED)
    assert "There is no list of its ballots" in room.words(room.anna)
    assert room.stage.last(room.anna).labels == ["To print (PDF)", "Back"]
    for press in (ChooseFile(room.centre.id, 1), TakeFile(room.centre.id, 1, Form.CSV)):
        assert "5 or more" in await room.forge(room.anna, press)
    assert "no picture" in await room.forge(room.anna, AsPicture(room.centre.id, 1))
    assert "secret" in await room.forge(room.anna, WhoSaidWhat(room.centre.id, 1, 0))


async def test_while_it_is_open_or_cancelled_nothing_is_told(room: Voters) -> None:
    await room.put(M.IRV, secrecy=Secrecy.OPEN)
    await room.open(room.anna)
    await room.tap(room.anna, "Choir", GIVE)
    for _ in range(2):
        for press in all_presses(room.centre.id):
            told = await room.forge(room.anna, press)
            assert told in (
                "It has not been counted.",
                "Nothing of it is published: it was not counted.",
            )
        await room.stage.rows("UPDATE decisions SET status = 'cancelled', reason = 'No'")
    for press in all_presses(room.centre.id, 99):
        assert await room.forge(room.anna, press)


async def test_pages_made_up_are_the_nearest_ones(room: Voters) -> None:
    await answered(room, M.IRV, *room.others[:3], secrecy=Secrecy.OPEN)
    await room.open(room.anna)
    for page in (-5, 0, 10**9):
        await room.forge(room.anna, TurnReport(room.centre.id, 1, page))
        assert HOW_WAS_COUNTED in room.words(room.anna)
        await room.forge(room.anna, WhoSaidWhat(room.centre.id, 1, page))
        assert "Bruno" in room.words(room.anna)


# -- with the hall ----------------------------------------------------------------------------


async def file_of(play: InPersonAssembly, form: Form) -> str:
    await play.forge(play.anna, TakeFile(play.centre.id, 1, form))
    sent = play.stage.last(play.anna)
    return play.stage.file(sent).data.decode()


@pytest.mark.parametrize("rule", [Rule(), Rule(quorum=Quorum(Fraction(1, 3), each_role=True))])
async def test_a_list_with_the_hall_fits_together(stage: Stage, tmp_path: Path, rule: Rule) -> None:
    play = await open_assembly(stage)
    more = [await stage.member(play.centre, play.group, name) for name in ("Dora", "Emil")]
    by_role = rule.quorum.each_role
    decision_id = await play.put(rule)
    await play.room(*(2, 1, 0) if by_role else (3,))
    for person in (play.paula, play.petra, play.bruno, play.anna, *more):
        await stage.say(person, "/help")
        await play.forge(person, Cast(play.centre.id, decision_id, "yes"))
    said = ("1", "1", "0", "1") if by_role else ("2", "1")
    await play.desk(play.paula, decision_id, BEGIN_TO_COUNT, *said, "Have it confirmed")
    await play.desk(play.bruno, decision_id, "Check the figures", "They are right")
    await play.forge(play.paula, CloseDecision(play.centre.id, decision_id, sure=True))
    await stage.move(30)
    assert SEAL.search(stage.last(play.group).words)

    file = tmp_path / "list.txt"
    file.write_text(await file_of(play, Form.LIST))
    code, told = verified(file)
    assert code == 0, told
    assert "9 ballots, 6 of them by phone" in told
    rows = list(csv.reader(io.StringIO((await file_of(play, Form.CSV))[1:], newline="")))
    assert [row[0] for row in rows[-3:]] == ["hall"] * 3 and len(rows) == 10
    text = file.read_text()
    file.write_text(
        text.replace('hall {"ballots":1,"choice":"no"', 'hall {"ballots":1,"choice":"yes"')
    )
    code, told = verified(file)
    assert code == 1 and "hall was changed" in told
