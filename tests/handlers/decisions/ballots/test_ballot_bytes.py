"""No byte of any file, backup or log tells a choice, a reason or a tracker: after every ballot.

After closing they stand in the published table and nowhere else; keys, tags, ciphertexts and
whatever was replaced stand nowhere at all.
"""

from __future__ import annotations

import base64
import logging
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from kit.file_bytes import bytes_of
from kit.linking_attack import dump_file
from kit.phone_voters import Voters, gather_voters
from kit.stage import Stage

from assembly.ballot import DIGITS
from assembly.rule import DecisionMethod, Rule, Secrecy
from handlers.decisions.presses import Cast
from sandbox.people import Person
from storage import ballots, decisions
from storage.backups.backup import take
from storage.lots import draw

LABELS = tuple(f"Option {name}" for name in "ABCDEFGHIJKL")
REASONS = ("la lampada in sala è rotta da marzo", "mio zio non può venire di sabato")
RANKINGS = (
    *("3a150b97", "0b41a2968375", "7263510b9a48", "b0a9182736", "59b1372a64", "2b8a0641"),
    "a10b25394867",  # of whoever changes their mind
)
SCORES = (
    *("501-42305-13", "-2-35140-250", "1-2-34550-43", "00-5142-3515", "3345-21-0-40"),
    *("214-0-53-125", "4-43-2-10055"),
)
WORDS = ("agree", "aside", "agree", "abstain", "aside", "agree", "agree")


@dataclass
class Scan:
    """Looks for what it was told, in everything that the bot leaves behind."""

    room: Voters
    log: pytest.LogCaptureFixture
    told: set[bytes] = field(default_factory=set)  # said or drawn so far, whatever became of it
    sealed: set[bytes] = field(default_factory=set)  # tags and ciphertexts
    scans: int = 0

    @property
    def stage(self) -> Stage:
        return self.room.stage

    def files(self, pattern: str = "*.db*") -> bytes:
        """Databases, logs, shared memory."""
        return bytes_of(self.stage.folder.glob(pattern))

    async def backup(self) -> bytes:
        path = self.stage.folder / "backup.zip"
        await take(self.stage.voci.database, path, self.stage.now)
        with zipfile.ZipFile(path) as archive:
            data = b"\n".join(archive.read(name) for name in archive.namelist())
        path.unlink()
        return data

    def logged(self) -> bytes:
        return "\n".join(
            f"{record.getMessage()} {record.exc_info or ''}" for record in self.log.records
        ).encode()

    async def everywhere(self) -> bytes:
        self.scans += 1
        return b"\n".join((self.files(), await self.backup(), self.logged()))

    async def note(self, decision_id: int) -> None:
        """What can be told of an open decision with its key, and what lies in its rows."""
        voci = self.stage.voci
        async with voci.database.reading() as tx:
            decision = await decisions.still_open(tx, decision_id)
            assert decision is not None
            collected = await ballots.collect(tx, voci.keys, decision)
            for row in await tx.rows("sealed_ballots", decision_id=decision_id):
                self.sealed |= {bytes(row["tag"]), bytes(row["sealed"])[:64]}
        for _, ballot, tracker in collected.cast:
            self.told |= {tracker.encode(), ballot.reason.encode()} - {b""}
            if len(ballot.choice) > 7:  # a word is in the schema too, and is counted elsewhere
                self.told.add(ballot.choice.encode())

    async def cast(self, person: Person, decision_id: int, choice: str, reason: str = "") -> None:
        """Through the bot; then everything is searched."""
        data = Cast(self.room.centre.id, decision_id, choice).encode()
        await self.room.forge(person, data)
        if reason:
            await self.stage.say(person, reason)
        await self.note(decision_id)
        assert found(self.told, await self.everywhere()) == []


def found(needles: Iterable[bytes], data: bytes) -> list[bytes]:
    """Those that are there: plain, in hexadecimal, or in base 64."""
    forms = ((each, (each, each.hex().encode(), base64.b64encode(each))) for each in needles)
    return [each for each, ways in forms if any(way in data for way in ways)]


async def put(room: Voters, method: DecisionMethod, **rule: object) -> int:
    """As Voters.put(), with twelve options."""
    labels = {} if method is DecisionMethod.CONSENSUS else {"options": LABELS}
    asked = Rule(method, **labels, **rule)  # type: ignore[arg-type]
    decision = await room.stage.put(room.centre, 600, asked, "What first?", draw())
    await room.open(room.anna, decision.id)
    return decision.id


@pytest.fixture
async def scan(stage: Stage, caplog: pytest.LogCaptureFixture) -> Scan:
    for name in ("bot", "handlers", "storage", "assembly"):
        caplog.set_level(logging.DEBUG, logger=name)
    room = await gather_voters(stage)
    for person in room.others:
        await stage.say(person, "/decide")
    return Scan(room, caplog)


async def wrapped_key(scan: Scan, decision_id: int) -> bytes:
    async with scan.stage.voci.keys.database.reading() as tx:
        return bytes(await tx.value("ballot_key", decision_id=decision_id))


def tables_with(needles: set[bytes], path: Path) -> set[str]:
    """The tables in whose rows something stands."""
    return {
        name
        for name, lines in dump_file(path).items()
        if found(needles, repr([line[1:] for line in lines]).encode())
    }


@pytest.mark.parametrize(
    ("method", "choices", "given"),
    [
        (DecisionMethod.IRV, RANKINGS, ()),
        (DecisionMethod.SCORE, SCORES, ()),
        (DecisionMethod.CONSENSUS, WORDS, REASONS),
    ],
)
async def test_no_byte_tells(
    scan: Scan, method: DecisionMethod, choices: tuple[str, ...], given: tuple[str, ...]
) -> None:
    decision_id = await put(scan.room, method)
    people, reasons = [scan.room.anna, *scan.room.others], iter(given)
    words = [scan.files().count(word) for word in (b"aside", b"abstain")]
    for person, choice in zip([*people, people[2]], choices, strict=True):
        why = next(reasons) if choice == "aside" else ""
        await scan.cast(person, decision_id, choice, why)
        assert [scan.files().count(word) for word in (b"aside", b"abstain")] == words
    assert scan.scans == len(choices)
    key, wrapped = (
        await scan.stage.voci.keys.ballot_key(decision_id),
        await wrapped_key(scan, decision_id),
    )
    before = await scan.everywhere()
    assert len(found(scan.sealed, before)) >= 12  # it finds what is there
    assert wrapped in before and key not in before
    async with scan.stage.voci.database.reading() as tx:
        decision = await decisions.still_open(tx, decision_id)
        assert decision is not None
        last = await ballots.collect(tx, scan.stage.voci.keys, decision)
    await scan.stage.move(600)
    await scan.stage.move(10)
    public = {tracker.encode() for _, _, tracker in last.cast}
    public |= {said.encode() for _, b, _ in last.cast for said in (b.choice, b.reason) if said}
    assert {reason.encode() for reason in given} <= public & scan.told
    after = await scan.everywhere()
    assert found(scan.told - public, after) == []
    assert found({*scan.sealed, key, wrapped}, after) == []
    trackers = {tracker.encode() for _, _, tracker in last.cast}
    main = scan.stage.folder / "voci.db"
    assert tables_with(trackers, main) == {"published_ballots"}
    assert tables_with(scan.told & public, main) == {"published_ballots"}
    assert found(scan.told, scan.files("keys.db*") + scan.logged()) == []


@pytest.mark.parametrize("secrecy", [Secrecy.SECRET, Secrecy.OPEN])
async def test_of_few_nothing_is_left_and_of_an_open_one_no_tracker(
    scan: Scan, secrecy: Secrecy
) -> None:
    decision_id = await put(scan.room, DecisionMethod.IRV, secrecy=secrecy)
    for person, choice in zip(scan.room.others, RANKINGS[:4], strict=False):
        await scan.cast(person, decision_id, choice)
    await scan.stage.move(600)
    await scan.stage.move(10)
    after = await scan.everywhere()
    choices = {each.encode() for each in RANKINGS[:4]}
    assert found(scan.told - choices, after) == []
    assert len(found(choices, after)) == (4 if secrecy is Secrecy.OPEN else 0)
    if secrecy is Secrecy.OPEN:
        assert tables_with(choices, scan.stage.folder / "voci.db") == {"roll_call"}


def test_the_choices_are_ballots() -> None:
    assert {*"".join(RANKINGS)} <= {*DIGITS[: len(LABELS)]}
    assert {len(each) for each in SCORES} == {len(LABELS)}
