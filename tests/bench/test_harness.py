"""`make bench` fails where a limit is missed, and where nothing was measured."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.__main__ import main
from bench.harness.figure import Figure
from bench.harness.page import BEGIN, END, put_into

Write = Callable[[str, str], None]
Run = Callable[..., int]
Captured = pytest.CaptureFixture[str]

GOOD = '''"""{title}."""
from bench.harness.figure import Figure
SPEED = Figure("speed", "a second", 0, at_least=100)
LOSS = Figure("loss", "%", 1, at_most=5)
FIGURES = (SPEED, LOSS)
FULL, SMALL = {{SPEED: 1234.0, LOSS: 5.0}}, {{SPEED: 7.0, LOSS: 0.0}}
def measure(size):
    {work}
    return size
'''


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Puts a benchmark into the package `measured_NAME`, of which this test has its own."""
    folder = tmp_path / f"measured_{tmp_path.name}"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def put(name: str, text: str) -> None:
        (folder / f"{name}.py").write_text(text)

    return put


@pytest.fixture
def run(tmp_path: Path, write: Write) -> Run:
    return lambda *arguments: main(arguments, package=f"measured_{tmp_path.name}")


def good(title: str = "Good", work: str = "pass") -> str:
    return GOOD.format(title=title, work=work)


def test_a_run_that_keeps_its_limits_ends_well(write: Write, run: Run, capsys: Captured) -> None:
    write("fast", good(work="print('by the way')"))
    assert run() == 0
    said = capsys.readouterr().out
    assert "### Good" in said
    assert "| speed | 1,234 a second | at least 100 |  |" in said
    assert "| loss | 5.0 % | at most 5 |  |" in said
    assert "MISSED" not in said
    assert "by the way" not in said


def test_a_missed_limit_is_marked_and_fails_the_run(
    write: Write, run: Run, capsys: Captured
) -> None:
    write("fast", good())
    assert run("--small") == 1
    said = capsys.readouterr().out
    assert "| speed | 7 a second | at least 100 | **MISSED** |" in said
    assert said.count("MISSED") == 1


def test_a_failure_is_not_forgotten_over_what_comes_after(
    write: Write, run: Run, capsys: Captured
) -> None:
    write("a_bad", good("Bad", "raise ZeroDivisionError"))
    write("b_good", good("Better"))
    assert run() == 1
    said = capsys.readouterr().out
    assert "**FAILED**: exit code 1" in said
    assert "### Better" in said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (good(work="raise ZeroDivisionError"), "exit code 1"),
        (good(work="import os; os.kill(os.getpid(), 9)"), "exit code -9"),
        (good(work="return {}"), "exit code 1"),
        (good(work="return {SPEED: 200}"), "exit code 1"),
        ("FIGURES, FULL = (), 1\ndef measure(size): return {}", "it measures nothing"),
        ("print('not a benchmark at all')", "exit code 1"),
    ],
)
def test_a_benchmark_that_measures_nothing_fails_the_run(
    write: Write, run: Run, capsys: Captured, text: str, why: str
) -> None:
    write("broken", text)
    assert run() == 1
    assert f"**FAILED**: {why}\n" in capsys.readouterr().out


def test_no_number_is_a_missed_limit(write: Write, run: Run, capsys: Captured) -> None:
    write("odd", good(work="return {SPEED: float('nan'), LOSS: 0}"))
    assert run() == 1
    assert "| speed | nan a second | at least 100 | **MISSED** |" in capsys.readouterr().out


def test_a_run_without_benchmarks_fails(run: Run) -> None:
    assert run() == 1


def test_what_one_leaves_behind_does_not_meet_the_next(write: Write, run: Run) -> None:
    write("a_litters", good(work="from bot import clock; clock.SystemClock = None"))
    write("b_after", good(work="from bot import clock; clock.SystemClock().now()"))
    assert run() == 0


def test_one_can_be_run_alone(write: Write, run: Run, capsys: Captured) -> None:
    write("broken", good("Broken", "raise ZeroDivisionError"))
    write("fast", good("Fast"))
    assert run("fast") == 0
    assert "Broken" not in capsys.readouterr().out
    with pytest.raises(SystemExit) as stopped:
        run("slow")
    assert stopped.value.code == 2


def test_the_run_tells_machine_date_and_commit(write: Write, run: Run, capsys: Captured) -> None:
    write("fast", good())
    run()
    first = capsys.readouterr().out.splitlines()[0]
    assert re.search(r"\d+ cores, .*; \d{4}-\d\d-\d\d \d\d:\d\d UTC; commit \w+", first)


def test_the_figures_take_the_place_of_the_old_ones_even_if_bad(
    write: Write, run: Run, tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Speed\n\n{BEGIN}\nold\n\n{END}\nThe end.\n")
    write("fast", good())
    assert run("--small", "--into", str(page)) == 1
    text = page.read_text()
    assert text.startswith(f"# Speed\n\n{BEGIN}\n")
    assert text.endswith(f"{END}\nThe end.\n")
    assert "| speed | 7 a second | at least 100 | **MISSED** |" in text
    assert "old" not in text
    run("--into", str(page))
    assert page.read_text().count("### Good") == 1


def test_a_page_without_a_block_stays_as_it_is(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Speed\n\n{BEGIN}")
    with pytest.raises(ValueError, match="has no block"):
        put_into(page, "figures")
    assert page.read_text() == f"# Speed\n\n{BEGIN}"


@pytest.mark.parametrize(
    ("figure", "value", "missed"),
    [
        (Figure("a", at_least=0.5), 0.5, False),
        (Figure("a", at_least=0.5), 0.499, True),
        (Figure("a", at_most=2), 2.0, False),
        (Figure("a", at_most=2), 2.001, True),
        (Figure("a", at_most=0), 1, True),
        (Figure("a"), 1e9, False),
        (Figure("a"), float("inf"), True),
    ],
)
def test_a_value_on_its_limit_keeps_it(figure: Figure, value: float, missed: bool) -> None:
    assert figure.missed(value) is missed
