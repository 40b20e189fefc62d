"""The mutation run's own bookkeeping: what is asked of which tests, and when a run passes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.mutants.equivalent import Equivalent, listed, stale
from tests.mutants.report import report, score
from tests.mutants.rooms import ROOT, TOP, sources, witnesses
from tests.mutants.workshop import Mutant

ALIVE = Mutant("assembly/quorum.py", "met", "return a < b", "return a <= b", "survived")
DEAD = replace(ALIVE, becomes="return b", status="killed")
ENDLESS = replace(ALIVE, becomes="while b:", status="timeout")
UNREACHED = replace(ALIVE, becomes="return c", status="no tests")
NOT_DRAWN = replace(ALIVE, becomes="return d", status="")
UNIMPORTABLE = replace(ALIVE, becomes="import b", status="check was interrupted by user")
EXCUSE = Equivalent(ALIVE.file, ALIVE.function, ALIVE.was, ALIVE.becomes, "a is never b")


def test_a_mutant_is_noticed_by_a_failing_a_hanging_or_a_broken_test() -> None:
    found = score([ALIVE, DEAD, ENDLESS, UNREACHED, NOT_DRAWN, UNIMPORTABLE], [])
    assert (found.killed, found.timed_out, found.survived, found.equivalent) == (2, 1, 2, 0)
    assert found.percent == 60


def test_an_equivalent_mutant_is_left_out_of_the_score() -> None:
    found = score([ALIVE, DEAD], [EXCUSE])
    assert (found.survived, found.equivalent, found.percent) == (0, 1, 100)


@pytest.mark.parametrize(("dead", "passes"), [(8, False), (9, True)])
def test_a_run_passes_from_nine_in_ten(dead: int, passes: bool) -> None:
    lines, passed = report([ALIVE, *[DEAD] * dead], [])
    assert passed is passes
    assert ("fewer than 90 % were killed" in lines) is not passes


def test_a_run_shows_what_survived_as_it_was_and_as_it_became() -> None:
    lines, _ = report([ALIVE, DEAD], [])
    assert lines[:3] == [
        "survived: assembly/quorum.py met",
        "  - return a < b",
        "  + return a <= b",
    ]
    assert report([ALIVE, DEAD], [EXCUSE])[0][0].startswith("file ")


@pytest.mark.parametrize("mutants", [[DEAD], [replace(ALIVE, status="killed")]])
def test_a_stale_entry_is_named_and_fails_the_run(mutants: list[Mutant]) -> None:
    lines, passed = report(mutants, [EXCUSE])
    assert not passed
    assert "stale in equivalent.toml: assembly/quorum.py met: return a <= b" in lines


def test_an_entry_of_a_file_that_was_not_run_is_not_stale() -> None:
    assert stale([replace(EXCUSE, file="assembly/parity.py")], [DEAD]) == []
    assert stale([EXCUSE], [replace(ALIVE, status="")]) == []


def test_every_entry_names_a_file_and_gives_a_reason() -> None:
    for entry in listed():
        assert (ROOT / entry.file).is_file(), entry
        assert len(entry.reason.split()) > 3, entry


def test_a_source_is_answered_for_by_its_mirror_alone() -> None:
    assert witnesses(Path("assembly/quorum.py")) == [Path("tests/assembly/test_quorum.py")]
    mirrors = witnesses(Path("assembly/deciding.py"))
    assert Path("tests/assembly/test_deciding_properties.py") in mirrors
    assert Path("tests/assembly/test_quorum.py") not in mirrors


@pytest.mark.parametrize("room", TOP)
def test_a_room_is_its_sources(room: str) -> None:
    found = sources([room])
    assert found
    assert all(path.parts[0] == room and path.name != "__init__.py" for path in found)


@pytest.mark.parametrize("room", ["tests", "assembly/nowhere", "docs"])
def test_what_is_no_room_is_said_to_be_none(room: str) -> None:
    with pytest.raises(LookupError, match=room):
        sources([room])
