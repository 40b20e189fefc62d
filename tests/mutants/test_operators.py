"""What is done to the code before and while it is broken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import libcst as cst
import pytest
from mutmut.configuration import reset_config
from mutmut.mutation.file_mutation import create_mutations
from mutmut.mutation.mutators import mutation_operators

from tests.mutants import operators


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """mutmut's list of changes, with ours; put back afterwards."""
    (tmp_path / "setup.cfg").write_text("[mutmut]\nsource_paths=.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    reset_config()
    before = list(mutation_operators)
    operators.install()
    yield
    mutation_operators[:] = before  # type: ignore[index]
    reset_config()


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("a.clear()", {"pass"}),
        ("await a()", {"pass"}),
        ("raise ValueError(f'not {a + 1} people')", {"pass"}),
        ("log.warning('%d people', a + 1)", set()),
        ("return cast('int', a)", set()),
        ("return zip(a + 1, strict=True)", {"a - 1", "2"}),
        ("return a > 1", {">= 1", "2"}),
    ],
)
def test_what_becomes_of_a_line(line: str, becomes: set[str]) -> None:
    """A call or a raise goes; words for whoever mends the code, and checks of ours, stay."""
    code = f"async def f(a):\n    {line}\n"
    _, mutations, _, _ = create_mutations("a.py", code)
    code_of = cst.Module([]).code_for_node
    assert {code_of(each.mutated_node).strip() for each in mutations} == becomes


DECORATED = """
@first
@second(1)
async def f(a):
    @kept
    def inner(): ...

class C:
    @property
    def p(self): ...
    @p.setter
    def p(self, value): ...
    @classmethod
    def c(cls): ...
    @abstractmethod
    def d(self): ...
"""

WRITTEN_OUT = """
async def f(a):
    @kept
    def inner(): ...
f = first(second(1)(f))

class C:
    def p(self): ...
    p = property(p)
    @p.setter
    def p(self, value): ...
    @classmethod
    def c(cls): ...
    @abstractmethod
    def d(self): ...
"""


def test_decorators_are_written_out_where_mutmut_would_pass_them_over() -> None:
    assert operators.undecorated(DECORATED) == WRITTEN_OUT
