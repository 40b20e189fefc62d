"""A centre of each version before is lived on with: what was open goes on, nothing is lost."""

from __future__ import annotations

import re
import tomllib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from kit.stage import HOUR, Stage
from upgrades.old_centre import OldCentre

from sandbox.chats import Group, Message
from sandbox.people import Person
from storage import assemblies, decisions, members, points
from storage.engine import schema

# In the first the open question has ballots that no later version reads.
ALL = sorted(Path(__file__).parent.glob("*.json.gz"))
FILES = ALL[1:]
CENTRE = 1
AT_THE_POINT, FOR_A_WEEK = 3, 2  # the questions that are open

pytestmark = pytest.mark.usefixtures("no_errors")


def test_this_version_is_written_down_as_it_is() -> None:
    """Whoever adds a migration before the version is tagged writes its file anew (README.md)."""
    here = Path(__file__).parent
    version = tomllib.loads((here.parents[1] / "pyproject.toml").read_text())["project"]["version"]
    page = (here / "README.md").read_text()
    [named] = re.findall(rf"^\| `(\d+)\.json\.gz` \| {re.escape(version)},", page, re.MULTILINE)
    assert int(named) == schema.newest("main")
    assert [file.name for file in ALL] == re.findall(r"^\| `(\S+)` ", page, re.MULTILINE)


@dataclass
class Upgraded:
    """The old centre, and the stage on which this version goes on with it."""

    old: OldCentre
    stage: Stage
    people: dict[str, Person]
    group: Group

    async def says(self, who: str, text: str) -> Message:
        """Say it; where the words that people agreed to have changed since, agree first."""
        message = await self.stage.say(self.people[who], text)
        while any((each.data or "").startswith("agL:") for each in message.buttons):
            await self.press(who, "agL")
            message = await self.press(who, "agA")
        return await self.stage.say(self.people[who], text)

    async def press(self, who: str, tag: str, where: Group | None = None) -> Message:
        """Press the first button of this kind on the newest message."""
        message = self.stage.last(where or self.people[who])
        found = [each.data for each in message.buttons if (each.data or "").startswith(f"{tag}:")]
        assert found, f"no {tag} among {[each.data for each in message.buttons]}"
        await self.stage.press(self.people[who], message, str(found[0]))
        return self.stage.last(where or self.people[who])


@pytest.fixture(params=FILES, ids=lambda file: file.name.partition(".")[0])
async def upgraded(
    request: pytest.FixtureRequest, tmp_path: Path, make_url: Callable[[], Awaitable[str]]
) -> AsyncIterator[Upgraded]:
    old = OldCentre.read(request.param)
    url = await make_url()
    await old.put(url.replace("sqlite:///", f"sqlite:///{tmp_path}/"), tmp_path)
    stage = Stage(tmp_path, url)
    stage.clock.move(old.at - stage.clock.now())
    people = {name: account(stage, name, number) for name, number in old.people.items()}
    group = stage.operator.create_group("Centro Aurora", kind="supergroup")
    for person in people.values():
        person.join(group)
    stage.operator.add(group, stage.bot)
    await stage.open()
    await stage.tick()
    try:
        yield Upgraded(old, stage, people, group)
    finally:
        await stage.close()


def account(stage: Stage, name: str, number: int) -> Person:
    """The stage's operator is the first of all, as the demo's is."""
    if number == stage.operator.id:
        return stage.operator
    return stage.world.person(name, language_code="it", account_id=number)


async def test_everybody_is_still_there(upgraded: Upgraded) -> None:
    stage, old = upgraded.stage, upgraded.old
    assert await schema.pending(stage.voci.database) == []
    for row in old.rows("members"):
        member = await stage.read(members.find, CENTRE, row["telegram_id"])
        assert member is not None and (member.name, member.role) == (row["name"], row["role"])
    kept = await stage.rows("SELECT COUNT(*) AS n FROM supports")
    assert kept[0]["n"] == len(old.rows("supports"))


async def test_the_open_assembly_goes_on_where_it_was(upgraded: Upgraded) -> None:
    stage = upgraded.stage
    [before] = [row["id"] for row in upgraded.old.rows("assemblies") if row["status"] == "open"]
    items = [row for row in upgraded.old.rows("agenda_items") if row["assembly_id"] == before]
    position = {row["id"]: row["position"] for row in items}
    [put] = [row for row in upgraded.old.rows("decisions") if row["id"] == AT_THE_POINT]
    place = position[put["item_id"]]
    assembly = await stage.read(assemblies.find, CENTRE, before)
    assert assembly is not None and (assembly.status, assembly.position) == ("open", place)
    titles = [row["title"] for row in sorted(items, key=lambda row: row["position"])]
    assert [item.title for item in await stage.read(points.items, before)] == titles
    await upgraded.says("Chiara", "/facilitate")
    shown = await upgraded.press("Chiara", "walk")
    assert titles[place - 1] in shown.words and str(place) in shown.words
    for tag in ("mor", "asz", "asz"):
        await upgraded.press("Chiara", tag)
    closed = await stage.read(assemblies.find, CENTRE, before)
    assert closed is not None and closed.status == "closed"
    statuses = {
        row["id"]: row["status"] for row in await stage.rows("SELECT id, status FROM proposals")
    }
    put_forward = [row["proposal_id"] for row in items if row["proposal_id"] is not None]
    became = [statuses[each] for each in put_forward]
    assert became == ["settled", *["open"] * (len(became) - 1)] and len(became) > 2


async def test_an_open_question_keeps_its_ballots_and_is_counted(upgraded: Upgraded) -> None:
    stage, old = upgraded.stage, upgraded.old
    cast = len([row for row in old.rows("ballots") if row["decision_id"] == AT_THE_POINT])
    assert cast > 5
    await stage.move(HOUR)
    counted = await stage.read(decisions.get, CENTRE, AT_THE_POINT)
    assert counted is not None and counted.status == "closed"
    [turnout] = await stage.rows(
        f"SELECT COUNT(*) AS n FROM turnout_roll WHERE decision_id = {AT_THE_POINT}"
    )
    assert turnout["n"] == cast
    other = await stage.read(decisions.get, CENTRE, FOR_A_WEEK)
    assert other is not None and other.status == "open"
