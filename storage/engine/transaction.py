"""A transaction as the other rooms see it: queries by name, the same on both engines."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from typing import Any, Literal, Protocol


class Row(Protocol):
    """One row of a result, read by the name of the column, or all its values in their order."""

    def __getitem__(self, column: str, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def keys(self) -> Iterable[str]: ...


class Transaction(ABC):
    """Runs queries of `storage/queries/` by name inside one open transaction.

    Parameters are exactly those the query declares, as int, str, bytes, float or None.
    Every method raises Conflict, Transient or StorageError; after any of them the transaction
    must be left, because PostgreSQL answers nothing more in it. KeyError when no query of that
    name carries the method's operator.
    """

    engine: Literal["sqlite", "postgresql"]
    waiting: bool = False  # for its turn, while another transaction writes

    @abstractmethod
    def precede(self, query: str, /, **parameters: object) -> None:
        """Sends a query declared with `!` ahead of the next one, or of the commit if none comes.

        On SQLite both are one hop. Where it affects no row, NothingDone is raised from the next
        query, which is then not run, or from the commit. StorageError where one waits already.
        """

    @abstractmethod
    async def row(self, query: str, /, **parameters: object) -> Row | None:
        """The only row of a query declared with `^`, or None."""

    @abstractmethod
    async def rows(self, query: str, /, **parameters: object) -> list[Row]:
        """All rows of a query declared without operator."""

    @abstractmethod
    async def value(self, query: str, /, **parameters: object) -> Any:
        """The first column of the only row of a query declared with `$`, or None."""

    @abstractmethod
    async def run(self, query: str, /, **parameters: object) -> int:
        """Runs a query declared with `!`; how many rows it affected."""

    @abstractmethod
    async def moment(self) -> float:
        """The database's own clock, which all its processes share: UTC epoch seconds."""

    @abstractmethod
    async def statement(self, sql: str) -> list[Row]:
        """One statement of plain SQL without parameters: for migrations, backups, and what one
        engine alone can be asked.
        """

    @abstractmethod
    def batches(self, sql: str, most: int) -> AsyncIterator[list[Row]]:
        """As statement(), up to `most` rows at a time: of a large table never all at once."""

    @abstractmethod
    async def insert(
        self, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
    ) -> None:
        """Rows as they were in a backup; the names are the schema's own, never from a file."""
