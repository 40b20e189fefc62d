"""The settings: environment or `.env`, prefix `VOCI_`; see docs/operators/settings.md."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from storage.engine.errors import StorageError, Transient, WrongStore
from storage.engine.private_file import OpenToOthers, refuse_open

TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{20,}")
WELL_KNOWN = frozenset({"a-long-random-word"})  # what Voci gave as an example once
VARIED = 6  # different signs; of 16 drawn hexadecimal digits as few as 5 come once in 25,000 times
EXAMPLES = {
    "bot_token": "123456789:AAE-the-token-from-BotFather-abcdefgh",
    "telegram_api_url": "https://api.telegram.org",
    "database_url": "sqlite:///voci.db or postgresql://voci@localhost/voci",
    "keys_url": "sqlite:///keys.db or postgresql://voci@localhost/voci_keys",
    "master_key_file": "/srv/voci/master.key",
    "data_dir": "/srv/voci",
    "operators": "123456789,987654321",
    "mode": "polling",
    "webhook_url": "https://voci.example.org/telegram",
    "webhook_secret": "what `openssl rand -hex 32` prints",
    "listen": "127.0.0.1:8080",
    "log_format": "text",
    "tick_seconds": "30",
}


class SettingsError(Exception):
    """One sentence a setting: its name, what is wrong, an example."""

    code = 2  # what the process ends with

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class AwayError(SettingsError):
    """One sentence: what doesn't answer for now, and may answer by itself."""

    code = 3


class StoresError(SettingsError):
    """One sentence: why a database, the key store or the master key can't be used as it is."""

    code = 4


class Settings(BaseSettings):
    """Everything an operator can choose."""

    model_config = SettingsConfigDict(
        env_prefix="VOCI_", env_file=".env", env_file_encoding="utf-8", extra="ignore"
    )

    bot_token: SecretStr
    telegram_api_url: str = "https://api.telegram.org"
    data_dir: Path = Path("data")
    # Their passwords are nobody's who prints settings.
    database_url: str = Field("sqlite:///voci.db", repr=False)
    keys_url: str = Field("sqlite:///keys.db", repr=False)
    master_key_file: Path = Path("master.key")
    operators: Annotated[tuple[int, ...], NoDecode] = ()
    mode: Literal["polling", "webhook"] = "polling"
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    listen: str = "127.0.0.1:8080"
    log_format: Literal["text", "json"] = "text"
    tick_seconds: int = Field(30, ge=1, le=300)

    @field_validator("operators", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        if isinstance(value, str):
            parts = [part.strip() for part in value.split(",") if part.strip()]
            if not all(part.isdecimal() for part in parts):
                raise ValueError("expected Telegram ids, separated by commas")
            return tuple(int(part) for part in parts)
        return value

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        if not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("this is not a bot token")
        return value

    @field_validator("telegram_api_url", "webhook_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not re.match(r"https?://[^/\s]+", value):
            raise ValueError("expected a web address")
        return value.rstrip("/")

    @field_validator("database_url", "keys_url")
    @classmethod
    def _database_address(cls, value: str) -> str:
        if not value.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("expected sqlite:///… or postgresql://…")
        return value

    @field_validator("listen")
    @classmethod
    def _address(cls, value: str) -> str:
        if not value:
            return value
        host, _, port = value.rpartition(":")
        if not host or not port.isdecimal() or not 0 <= int(port) <= 65535:
            raise ValueError("expected an address and a port")
        return value

    @model_validator(mode="after")
    def _webhook_is_complete(self) -> Self:
        if self.mode == "webhook":
            if not self.listen:
                raise ValueError("listen: needed for a webhook")
            if not self.webhook_url:
                raise ValueError("webhook_url: needed for a webhook")
            secret = self.webhook_secret.get_secret_value()
            if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", secret):
                raise ValueError(
                    "webhook_secret: needed for a webhook: 16 to 256 letters, digits, _ or -"
                )
            if secret in WELL_KNOWN or len({*secret}) < VARIED:
                raise ValueError("webhook_secret: anybody can guess this one: let one be drawn")
        return self

    @model_validator(mode="after")
    def _stores_are_two(self) -> Self:
        if self.in_data_dir(self.keys_url) == self.in_data_dir(self.database_url):
            raise ValueError(
                "keys_url: another one than VOCI_DATABASE_URL: these are two databases"
            )
        return self

    def in_data_dir(self, url: str) -> str:
        """The database address with a relative SQLite file placed in the data folder."""
        prefix = "sqlite:///"
        if not url.startswith(prefix):
            return url
        return prefix + str((self.data_dir / url.removeprefix(prefix)).absolute())

    @property
    def master_key_path(self) -> Path:
        return self.data_dir / self.master_key_file

    @property
    def listen_address(self) -> tuple[str, int]:
        """Host and port; of no meaning where nothing is listened at."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)


def load(**overrides: Any) -> Settings:
    """Read the settings. Raises SettingsError with every problem named, and what was meant."""
    if "_env_file" not in overrides:
        _refuse_open_file(Path(".env"))
    try:
        return Settings(**overrides)
    except ValidationError as error:
        problems = [_sentence(problem) for problem in error.errors()]
        raise SettingsError([*problems, *unknown()]) from None


def _refuse_open_file(path: Path) -> None:
    """The token stands in it."""
    try:
        refuse_open(path)
    except StorageError as error:
        raise SettingsError([f"{error}. If others could read it, get a new token"]) from error


def _sentence(problem: object) -> str:
    assert isinstance(problem, dict)  # noqa: S101 - pydantic's error is a dictionary
    message = str(problem["msg"]).removeprefix("Value error, ")
    if problem["loc"]:
        field = str(problem["loc"][0])
    else:
        field, _, message = message.partition(": ")
    if problem["type"] == "missing":
        message = "it is missing, in the environment and in a file .env in this folder"
    return sentence(field, message)


def sentence(field: str, what: str) -> str:
    """The setting, what is wrong with it, and an example."""
    return f"VOCI_{field.upper()}: {what}. For example: VOCI_{field.upper()}={EXAMPLES[field]}"


def code_of(error: Exception) -> int:
    """What the process ends with: as the kind of error is, whoever raised it."""
    if isinstance(error, Transient):
        return AwayError.code
    if isinstance(error, WrongStore):
        return StoresError.code
    return error.code if isinstance(error, SettingsError) else SettingsError.code


def unknown() -> list[str]:
    """A sentence for each name in the environment or `.env` that looks like a setting."""
    known = {f"VOCI_{name}".upper() for name in Settings.model_fields}
    given = {*os.environ, *dotenv_values(".env")}
    return [
        f"{name} is no setting, and left out{_meant(name, known)}."
        for name in sorted(given)
        if name.upper().startswith("VOCI_") and name.upper() not in known
    ]


def _meant(name: str, known: set[str]) -> str:
    close = get_close_matches(name.upper(), known, 1)
    return f"; {close[0]} was meant, perhaps" if close else ""


@contextmanager
def blaming(field: str) -> Iterator[None]:
    """Raises SettingsError that names the setting when what it leads to can't be used."""
    try:
        yield
    except OSError as error:
        raise SettingsError([sentence(field, error.strerror or type(error).__name__)]) from error
    except OpenToOthers as error:
        raise SettingsError([f"VOCI_{field.upper()}: {error}."]) from error
    except Transient as error:
        raise AwayError([f"VOCI_{field.upper()}: {error}."]) from error
    except WrongStore as error:
        raise StoresError([f"VOCI_{field.upper()}: {error}."]) from error
    except StorageError as error:
        raise SettingsError([sentence(field, str(error))]) from error
