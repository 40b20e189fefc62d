"""tests/ROOM/test_MODULE.py tests ROOM/MODULE.py; a second file is called test_MODULE_ASPECT.py."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).parent
ROOMS = ("assembly", "bot", "handlers", "sandbox", "storage")

# Files that test no single module of their room, and what they test instead.
ACROSS = {
    "assembly/counting/test_every_method.py": "what holds for each method",
    "assembly/counting/test_stv.py": "what holds for stv_meek and stv_scottish alike",
    "handlers/assemblies/screens/test_every_screen.py": "what holds for each screen of them",
    "handlers/decisions/ballots/test_ballot_bytes.py": "every way to give a ballot, and every file",
    "handlers/decisions/ballots/test_linking.py": "every way to give a ballot, and every table",
    "sandbox/page/test_files.py": "what the browser gets: HTML, CSS, JavaScript",
    "storage/engine/test_portability.py": "the SQL of all queries and migrations",
    "storage/erasure/test_old_dumps.py": "what both engines leave behind of closed decisions",
    "storage/test_two_tickers.py": "two processes on one database, with the storage tests' engines",
}

FILES = sorted(
    path.relative_to(TESTS).as_posix()
    for room in ROOMS
    for path in TESTS.glob(f"{room}/**/test_*.py")
)


def stands_beside(test: str) -> bool:
    """Whether the room has the module that the test's name begins with."""
    room, words = Path(test).parent, Path(test).stem.split("_")[1:]
    names = ("_".join(words[:end]) for end in range(len(words), 0, -1))
    return any((TESTS.parent / room / f"{name}.py").exists() for name in names)


def test_a_test_stands_where_its_module_does() -> None:
    assert [each for each in FILES if not stands_beside(each)] == sorted(ACROSS)
