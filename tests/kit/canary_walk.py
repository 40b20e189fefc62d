"""Everybody presses, writes and opens everything in a full centre; what was written, who read it.

Each try is one update in a transaction that is taken back, so that all find the same centre. Texts
of the centre carry a word that stands nowhere else, by whom they concern.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import Any, cast

from kit.canary_centre import ANNA, CENTRE, DESK, OWN_GROUP, PRIVATE, Actor, gather
from kit.full_centre import FullCentre, kinds
from kit.stage import Stage
from telegram import Update
from telegram.ext import filters

from handlers.core import registration
from handlers.core.answering import Command
from handlers.core.may import May
from handlers.core.press import Press
from handlers.core.registration import GROUP, Handler
from handlers.core.unit_of_work import CURRENT, UnitOfWork
from storage.centres import Centre
from storage.engine import catalogue
from storage.engine.transaction import Transaction

Row = tuple[tuple[str, Any], ...]
Rows = dict[str, set[Row]]

# What anybody writes, of themselves: a request, that it be forgotten, that they can be written to.
OPEN = ("aN:", "meF", "agr:", "/start", "join_")

# What goes on with one's own conversation, or lets it go, and touches nobody else's.
OWN_DRAFT = ("hwg", "hwi:")

# Columns that lead to rows of which there are only Centro Aurora's.
LEADS = (
    ("decision_id", "decisions"),
    ("proposal_id", "proposals"),
    ("assembly_id", "assemblies"),
    ("agenda_item_id", "agenda_items"),
    ("request_id", "join_requests"),
    ("round_id", "rounds"),
    ("task_id", "tasks"),
    ("series_id", "series"),
)


@dataclass(frozen=True)
class Try:
    """One update: what it is, and whom it is for."""

    name: str
    may: May
    data: str = ""  # of a press
    text: str = ""  # of a message

    @property
    def is_open(self) -> bool:
        """Whether it is for everybody, and writes about nobody but who uses it."""
        return self.name.startswith(OPEN)


@dataclass
class Found:
    """What came of a try: the rows that changed, and what was said to which chat (0: a toast)."""

    error: Exception | None = None
    changed: dict[str, list[Row]] = field(default_factory=dict)
    said: list[tuple[int, str]] = field(default_factory=list)


class _TakenBack(Exception):
    pass


@dataclass
class Walk:
    """Who tries, and in which centre."""

    here: FullCentre
    actors: dict[str, Actor]
    ids: dict[str, list[int | str]]
    numbers: Iterator[int] = field(default_factory=lambda: count(10_000_000))
    tables: list[str] = field(default_factory=list)
    before: Rows = field(default_factory=dict)
    tried: int = 0

    @property
    def stage(self) -> Stage:
        return self.here.stage

    def chat(self, actor: Actor, place: str) -> dict[str, Any]:
        """The chat as Telegram names it in an update."""
        if place == PRIVATE:
            return {"id": actor.person.id, "type": "private"}
        group = self.here.group if place == OWN_GROUP else self.here.other_group
        return {"id": group.id, "type": "supergroup", "title": group.title}

    def tries(self, centre: Centre, place: str, *, all_choices: bool) -> Iterator[Try]:
        """Everything there is, said of this centre, with rows of Centro Aurora."""
        yield from self._presses(centre.id, all_choices)
        yield from self._commands(GROUP if place == PRIVATE else registration.PRIVATE)
        yield from self._links(centre.id)

    def _presses(self, centre_id: int, all_choices: bool) -> Iterator[Try]:
        """A press of every kind, and where asked for one for each of its choices."""
        for kind in kinds():
            if kind not in registration.press_owners:
                continue
            may = registration.press_owners[kind][1]
            found = self._plausible(kind)
            for press in found if all_choices else found[:1]:
                if hasattr(press, "centre_id"):
                    changed: Any = {"centre_id": centre_id}
                    press = replace(press, **changed)
                yield Try(press.encode(), may, data=press.encode())

    def _plausible(self, kind: type[Press]) -> list[Press]:
        found = self.here.plausible(kind)
        for name, values in self.ids.items():
            if hasattr(found[0], name):
                found += [replace(found[0], **{name: value}) for value in values]
        return found

    def _commands(self, elsewhere: filters.BaseFilter) -> Iterator[Try]:
        for handler in chain(*self.stage.voci.application.handlers.values()):
            if isinstance(handler, Command) and handler.filters is not elsewhere:
                for name in handler.commands:
                    yield Try(f"/{name}", handler.may, text=f"/{name}")

    def _links(self, centre_id: int) -> Iterator[Try]:
        """Every link, with everything that could stand behind its prefix."""
        ids = self.here.ids
        rests = {
            *(str(ids[name]) for name in ("proposal_id", "decision_id", "assembly_id", "ref")),
            *(str(each) for values in self.ids.values() for each in values),
            str(centre_id),
            f"{centre_id}_{ids['assembly_id']}",
        }
        for prefix, (_, may) in registration.link_owners.items():
            for rest in sorted(rests):
                payload = f"{prefix}_{rest}"
                for text in {payload, self.stage.voci.services.sealed(payload)}:
                    yield Try(payload, may, text=f"/start {text}")

    def answer_first(self, handler: Handler) -> None:
        """Answer with this, before the last handler says that there is no such button."""
        cast("list[Any]", self.stage.voci.application.handlers[0]).insert(0, handler)

    async def attempt(self, actor: Actor, place: str, what: Try) -> Found:
        """Let it happen, see what it did, and take it back."""
        found = Found()
        try:
            async with self.stage.voci.database.transaction() as tx:
                await self._happen(tx, actor, place, what, found)
                raise _TakenBack
        except _TakenBack:
            return found

    async def _happen(
        self, tx: Transaction, actor: Actor, place: str, what: Try, found: Found
    ) -> None:
        before = await self._touched_rows(tx)
        unit = UnitOfWork(tx, self.stage.now, self.stage.voci.services)
        application = self.stage.voci.application
        update = Update.de_json(self._update(actor, place, what), application.bot)
        token = CURRENT.set(unit)
        try:
            async with asyncio.timeout(10):
                await application.process_update(update)
        finally:
            CURRENT.reset(token)
        found.error = unit.error
        found.said = [(show.chat_id, repr(show.screen)) for show in unit.shows]
        if unit.toast is not None:
            found.said.append((0, unit.toast.text))
        if unit.error is not None or await self._touched_rows(tx) == before:
            return
        tables = ["outbox"] if actor.may(what.may, place) else self.tables
        found.changed = _changes(self.before, await _rows(tx, tables))
        for row in found.changed.get("+outbox", []):
            content = dict(row)
            found.said.append((int(content["chat_id"]), str(content["payload"])))

    async def _touched_rows(self, tx: Transaction) -> int:
        """How many rows were written so far, whatever to."""
        if self.stage.voci.database.engine == "sqlite":
            connection: Any = getattr(tx, "_connection")  # noqa: B009 - it counts them itself
            return int(connection.total_changes)
        [row] = await tx.statement(
            "SELECT CAST(COALESCE(SUM(n_tup_ins + n_tup_upd + n_tup_del), 0) AS BIGINT) AS n "
            "FROM pg_stat_xact_user_tables"
        )
        return int(row["n"])

    async def prepare(self) -> None:
        """Remember the rows that everybody finds."""
        database = self.stage.voci.database
        async with database.reading() as tx:
            self.tables = sorted({*await catalogue.tables(tx, database.engine)} - {"updates"})
            self.before = await _rows(tx, self.tables)

    def _update(self, actor: Actor, place: str, what: Try) -> dict[str, Any]:
        chat, now = self.chat(actor, place), self.stage.now
        message = {"message_id": 5, "date": now, "chat": chat}
        if what.data:
            query = {"id": "1", "chat_instance": "1", "data": what.data, "from": actor.as_json()}
            return {
                "update_id": next(self.numbers),
                "callback_query": {**query, "message": message},
            }
        length = len(what.text.split(" ")[0])
        message |= {
            "from": actor.as_json(),
            "text": what.text,
            "entities": [{"type": "bot_command", "offset": 0, "length": length}],
        }
        if actor.sender_chat is not None:
            message["sender_chat"] = actor.sender_chat
        return {"update_id": next(self.numbers), "message": message}

    async def faults(self, actor: Actor, place: str, tries: Iterable[Try]) -> list[str]:
        """What somebody wrote or read who may not; what failed."""
        found = []
        for what in tries:
            self.tried += 1
            came = await self.attempt(actor, place, what)
            said = [repr(came.error)] if came.error is not None else self.overheard(actor, came)
            if not what.is_open and not actor.may(what.may, place):
                if what.name.startswith(OWN_DRAFT):
                    came.changed = _but_drafts_of(actor.person.id, came.changed)
                said += [f"writes {table}" for table in self._touched(actor, came)]
            found += [f"{actor.name}, {place}: {what.name}: {each}" for each in said]
        return found

    def _touched(self, actor: Actor, came: Found) -> list[str]:
        """The tables in which something changed that is no business of theirs.

        Members of another centre write there what they like, but about nothing of this one.
        """
        if not actor.elsewhere:
            return list(came.changed)
        return [
            table for table, rows in came.changed.items() if any(map(self._of_this_centre, rows))
        ]

    def _of_this_centre(self, row: Row) -> bool:
        ours = {
            column: {dict(each)["id"] for each in self.before[table]} for column, table in LEADS
        }
        ours["centre_id"] = {self.here.centre.id}
        return any(value in ours.get(column, ()) for column, value in row)

    def overheard(self, actor: Actor, found: Found) -> list[str]:
        """Which words reached somebody whom they don't concern."""
        owners = {each.person.id: each for each in self.actors.values() if not each.sender_chat}
        leaks = []
        for chat_id, text in found.said:
            hears = actor if chat_id == 0 else owners.get(chat_id)
            if chat_id == self.here.group.id:
                allowed = {CENTRE}
            elif chat_id == self.here.other_group.id or hears is None:
                allowed = set()
            else:
                own = hears.sender_chat is None and not hears.bot
                allowed = {
                    word
                    for word, may in (
                        (CENTRE, hears.member),
                        (DESK, hears.facilitates),
                        (ANNA, hears.name == "a member"),
                    )
                    if may and own
                }
            leaks += [word for word in (CENTRE, DESK, ANNA) if word in text and word not in allowed]
        return leaks


async def _rows(tx: Transaction, tables: Sequence[str]) -> Rows:
    return {
        name: {_row(row) for row in await tx.statement(f"SELECT * FROM {name}")} for name in tables
    }


def _row(row: Any) -> Row:
    return tuple((name, row[name]) for name in row.keys())  # noqa: SIM118 - a row is no mapping


def _changes(before: Rows, after: Rows) -> dict[str, list[Row]]:
    """The rows that came, under `+table`, and those that went, under `-table`."""
    found = {}
    for name, rows in after.items():
        for sign, changed in (("+", rows - before[name]), ("-", before[name] - rows)):
            if changed:
                found[sign + name] = sorted(changed, key=repr)
    return found


def _but_drafts_of(telegram_id: int, changed: dict[str, list[Row]]) -> dict[str, list[Row]]:
    own = ("telegram_id", telegram_id)
    kept = {
        table: [row for row in rows if not (table.endswith("drafts") and own in row)]
        for table, rows in changed.items()
    }
    return {table: rows for table, rows in kept.items() if rows}


async def open_walk(stage: Stage) -> Walk:
    """The centre, and what everybody finds there."""
    here, actors, decided = await gather(stage)
    walk = Walk(here, {actor.name: actor for actor in actors}, {"decision_id": [decided]})
    await walk.prepare()
    return walk
