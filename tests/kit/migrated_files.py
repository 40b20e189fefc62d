"""Migrated SQLite files, made once a process and copied: to migrate costs more than most tests."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from storage.engine import schema
from storage.engine.database import Subject
from storage.engine.opening import open_database

_made: dict[Subject, bytes] = {}


async def put_file(path: Path, subject: Subject) -> None:
    """A database with all migrations and nothing else, where there is none yet."""
    if subject not in _made:
        with TemporaryDirectory() as folder:
            file = Path(folder) / "made.db"
            database = await open_database(f"sqlite:///{file}", subject)
            await schema.migrate(database, 1_000)
            await database.close()
            _made[subject] = file.read_bytes()
    _write(path, _made[subject])


def _write(path: Path, content: bytes) -> None:
    if not path.exists():
        path.write_bytes(content)
        path.chmod(0o600)
