from __future__ import annotations

from storage.database import Database
from storage.errors import Transient
from storage.shredder import Shredder


class Log:
    """A database's log that answers as it is told, and counts how often it was asked."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)

    async def truncate_wal(self) -> bool:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


async def test_at_start_something_may_be_owed() -> None:
    log = Log(True)
    shredder = Shredder(log)
    await shredder.catch_up()
    assert log.answers == []
    await shredder.catch_up()  # nothing is owed any more: the log is not asked


async def test_while_a_reader_is_in_the_way_it_stays_owed() -> None:
    log = Log(False, False, True)
    shredder = Shredder(log)
    await shredder.shred()
    await shredder.catch_up()
    assert log.answers == [True]
    await shredder.catch_up()
    assert log.answers == []
    await shredder.catch_up()


async def test_a_failure_is_not_the_update_s_affair() -> None:
    log = Log(Transient("SQLITE_BUSY"), True)
    shredder = Shredder(log)
    await shredder.shred()
    await shredder.catch_up()
    assert log.answers == []


async def test_on_both_engines(database: Database) -> None:
    shredder = Shredder(database)
    await shredder.shred()
    assert await database.truncate_wal()
