"""What can be set, typed or run is documented, or this fails."""

from __future__ import annotations

import re
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

import pytest
from kit.bot_state import STATE
from telegram.ext import CommandHandler

from bot.app import create_application
from bot.bucket import Bucket
from bot.cli import app as cli
from bot.clock import SystemClock
from bot.menu import GROUP, PRIVATE
from bot.metrics import exposition
from bot.settings import Settings
from bot.vitals import Vitals
from storage.engine.schema import MIGRATIONS, available

ROOT = Path(__file__).parent.parent
ROOMS = ("assembly", "bench", "bot", "docs", "handlers", "locales", "sandbox", "storage", "tests")
NAMED = re.compile(r'(docs/[\w/-]+\.md)(?:,\s+"([^"]+)")?')  # docs/PAGE.md, "Section"
OUTSIDE = re.compile(r"\bDESIGN\b|\.\./shared")
OPERATORS = sorted(
    str(page.relative_to(ROOT)) for page in (ROOT / "docs" / "operators").glob("*.md")
)
INDEX = "docs/decisions/README.md"
PARTS = ("Upgrading", "Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")
TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwx"


def read(*names: str) -> str:
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)


def commands() -> set[str]:
    settings = Settings(_env_file=None, bot_token=TOKEN)
    clock = SystemClock()
    application = create_application(settings, Bucket(clock), Vitals(clock), clock)
    return {
        name
        for group in application.handlers.values()
        for handler in group
        if isinstance(handler, CommandHandler)
        for name in handler.commands
    }


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    setting = f"VOCI_{name.upper()}"
    assert f"`{setting}`" in read("docs/operators/settings.md")
    assert re.search(rf"^#?{setting}=", read(".env.example"), re.MULTILINE)


def test_no_setting_is_documented_that_does_not_exist() -> None:
    documented = set(re.findall(r"VOCI_([A-Z_]+)", read(*OPERATORS, ".env.example")))
    assert documented <= {name.upper() for name in Settings.model_fields}


def test_every_command_is_documented() -> None:
    pages = read("docs/members.md", "docs/facilitators.md", *OPERATORS)
    assert commands()
    assert {name for name in commands() if f"`/{name}`" not in pages} == set()


def test_every_command_is_in_the_menu_and_the_other_way_round() -> None:
    assert commands() == set(PRIVATE) | set(GROUP)


def test_every_verb_of_the_command_line_is_documented() -> None:
    verbs = {command.callback.__name__ for command in cli.registered_commands if command.callback}
    assert verbs
    page = read("docs/operators/commands.md")
    assert {verb for verb in verbs if f"`voci {verb}" not in page} == set()


def test_every_metric_is_documented_and_no_other() -> None:
    text = exposition(Vitals(SystemClock()), STATE).decode()
    told = {
        name for name in re.findall(r"^# TYPE (\w+)", text, re.M) if not name.endswith("_created")
    }
    assert told == set(re.findall(r"`(voci_\w+)`", read("docs/operators/watching.md")))


def test_every_make_target_is_explained_by_make_itself() -> None:
    makefile = read("Makefile")
    [phony] = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    for target in set(phony.split()) - {"help"}:
        assert f"make {target} " in makefile


PAGES = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md")), ROOT / "deploy/README.md"]


def test_each_page_for_operators_is_in_their_index() -> None:
    index = read("docs/operators/README.md")
    assert [page for page in OPERATORS if f"({Path(page).name})" not in index] == [OPERATORS[0]]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), f"{page.name} links to {name}"
        assert not anchor or anchor in anchors(target), f"{page.name} links to {link}"


def headings(page: Path) -> list[str]:
    return re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """The headings as links name them: small letters, no punctuation, hyphens for spaces."""
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in headings(page)}


def sources(*endings: str) -> list[Path]:
    """The files of the project with these endings, but not this one."""
    found = [path for ending in endings for path in ROOT.glob(f"*{ending}")]
    for room in ROOMS:
        found += [path for ending in endings for path in (ROOT / room).rglob(f"*{ending}")]
    return [path for path in found if path != Path(__file__)]


def test_pages_and_sections_that_the_code_names_exist() -> None:
    named = [
        (path, *match.groups())
        for path in sources(".py", ".sql")
        for match in NAMED.finditer(path.read_text(encoding="utf-8"))
    ]
    assert named
    for path, page, section in named:
        assert (ROOT / page).exists(), f"{path} names {page}"
        assert section is None or section in headings(ROOT / page), f"{path} names {section}"


def test_nothing_is_needed_that_is_not_here() -> None:
    """The code and its pages can be understood from the repository alone."""
    files = sources(".py", ".sql", ".md", ".toml", ".po", ".html", ".css", ".js", "Makefile")
    assert len(files) > 500
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    assert [str(path) for path, text in texts.items() if OUTSIDE.search(text)] == []


RECORDS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


def test_every_decision_about_the_code_is_in_the_index_in_order() -> None:
    index = re.findall(r"^\| (\d+) \| (.+) \| \[(.+)\]\((.+)\) \|$", read(INDEX), re.MULTILINE)
    assert [name for *_, name in index] == [record.name for record in RECORDS]
    assert [number for number, *_ in index] == [f"{n:04}" for n in range(1, len(RECORDS) + 1)]
    for number, date, title, name in index:
        assert name.startswith(f"{number}-")
        record = read(f"docs/decisions/{name}")
        assert record.startswith(f"# {title}\n\nDate: {date}\n")


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_a_decision_says_what_why_and_what_it_costs_on_one_page(record: Path) -> None:
    assert headings(record)[1:] == ["What", "Why", "What it costs"]
    assert len(record.read_text(encoding="utf-8").splitlines()) <= 60


def test_the_changelog_ends_with_the_version_that_this_is() -> None:
    versions = re.findall(r"^## (\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)$", read("CHANGELOG.md"), re.M)
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert versions[0][0] == tomllib.load(file)["project"]["version"]
    assert [date for _, date in versions] == sorted((date for _, date in versions), reverse=True)


def test_each_version_says_what_operators_have_to_do() -> None:
    versions = re.split(r"^## ", read("CHANGELOG.md"), flags=re.MULTILINE)[1:]
    assert len(versions) >= 3
    for version in versions:  # what is unreleased comes first, if there is anything
        parts = re.findall(r"^### (.+)$", version, re.MULTILINE)
        assert parts == [part for part in PARTS if part in parts]
        assert "Upgrading" in parts


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_pages_name_exist(page: Path) -> None:
    rooms = "|".join(ROOMS)
    named = re.findall(rf"`((?:{rooms})/[\w./-]*)`", page.read_text(encoding="utf-8"))
    named = [name for name in named if "METHOD" not in name]  # a place for any method's name
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_each_measure_of_the_impact_assessment_names_its_tests() -> None:
    table = read("docs/privacy/dpia.md").partition("## Measures")[2].partition("\n## ")[0]
    measures = [row for row in table.splitlines() if row.startswith("| ")][1:]
    assert len(measures) >= 15
    for row in measures:
        tests = re.findall(r"`(tests/[\w/]+\.py)`", row)
        assert tests, row
        assert [name for name in tests if not (ROOT / name).exists()] == [], row


def test_whom_a_breach_concerns_is_found_with_these_statements() -> None:
    statements = re.findall(r"```sql\n(.*?)```", read("docs/privacy/breach.md"), re.DOTALL)
    assert len(statements) >= 5
    with closing(sqlite3.connect(":memory:")) as connection:
        for step in available(MIGRATIONS / "main"):
            for statement in step.statements("sqlite"):
                connection.execute(statement)
        for statement in statements:
            connection.execute(statement).fetchall()


def test_each_table_that_the_record_of_processing_names_exists() -> None:
    rows = read("docs/privacy/record-of-processing.md").partition("## What is kept")[2]
    named = {
        name
        for row in re.findall(r"^\| .+? \| (.+?) \|", rows, re.M)
        for name in row.split("`")[1::2]
    }
    with closing(sqlite3.connect(":memory:")) as connection:
        for step in available(MIGRATIONS / "main"):
            for statement in step.statements("sqlite"):
                connection.execute(statement)
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert named and named - {name for (name,) in found} == set()


LANGUAGES = ("en", "it", "de")


@pytest.mark.parametrize("paper", ["notice", "guardian"])
def test_papers_for_members_are_in_three_languages_with_the_same_parts(paper: str) -> None:
    parts = {
        language: [
            len(re.findall(mark, read(f"docs/privacy/{paper}.{language}.md"), re.M))
            for mark in (r"^- ", r"^\*\*", r"\[")
        ]
        for language in LANGUAGES
    }
    assert len({tuple(counts) for counts in parts.values()}) == 1, parts


def test_contributing_can_be_read_in_one_sitting() -> None:
    assert len(read("CONTRIBUTING.md").splitlines()) < 150


def test_usual_changes_are_found_in_a_table() -> None:
    table = (
        read("docs/architecture.md").partition("## You want to change …")[2].partition("\n## ")[0]
    )
    rows = [row for row in table.splitlines() if row.startswith("| ")][1:]
    assert len(rows) >= 25
    assert [row for row in rows if "`" not in row] == []
