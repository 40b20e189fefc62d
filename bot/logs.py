"""Logs carry ids and counts: no token, no name, no message text."""

from __future__ import annotations

import json
import logging
import re
from types import TracebackType

SECRET = re.compile(r"\d{5,20}:[A-Za-z0-9_-]{20,}")
OURS = ("bot", "handlers", "storage", "assembly", "sandbox", "voci", "__main__")
FULL_OF_UPDATES = ("telegram.ext.Application", "telegram.ext.ExtBot", "telegram.Bot")
QUOTES_ANSWERS = "telegram.request.BaseRequest"
LINK = re.compile(r"start=[A-Za-z0-9_-]+")


class LibrariesWarnOnly(logging.Filter):
    """Below a warning only our own rooms are heard, whatever level somebody sets to find a fault.

    At DEBUG a driver logs each statement with its parameters, a client each address with the token.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= logging.WARNING or _is_ours(record)


class Redact(logging.Filter):
    """Removes tokens and deep links from every record, tracebacks included."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if not _is_ours(record):
            text = text.partition("\n")[0]  # asyncio's next lines have the words of an exception
        record.msg = redact(text)
        record.args = None
        if record.exc_info:
            kind, _, trace = record.exc_info
            frame = _innermost(trace)
            # An exception's text may quote what a person wrote; its kind and place may not.
            record.msg = f"{record.msg} [{getattr(kind, '__name__', kind)} at {frame}]"
            record.exc_info = None
            record.exc_text = None
        record.stack_info = None
        return True


class DropUpdates(logging.Filter):
    """Silences PTB's messages that print whole updates: those that it can't read or build on."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "update" not in str(record.msg).casefold()


class DropAnswers(logging.Filter):
    """Says of an answer that PTB can't read that it is so, and not what it begins with: people's
    words, where what was cut off is a list of updates.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = "an answer can't be read", None
        return True


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        return json.dumps(fields, ensure_ascii=False)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] in OURS


def redact(text: str) -> str:
    """The text without bot tokens and without deep-link payloads."""
    return LINK.sub("start=…", SECRET.sub("[token]", text))


def configure(style: str) -> None:
    """Set up the root logger; `style` is `text` or `json`."""
    handler = logging.StreamHandler()
    handler.addFilter(LibrariesWarnOnly())
    handler.addFilter(Redact())
    if style == "json":
        handler.setFormatter(JsonLines())
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for noisy in ("httpx", "httpcore", "apscheduler", "aiosqlite"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    # It says each second that there is no connection, which those who need one say once.
    logging.getLogger("asyncpg.pool").setLevel(logging.ERROR)
    for telling in FULL_OF_UPDATES:
        logging.getLogger(telling).addFilter(DropUpdates())
    logging.getLogger(QUOTES_ANSWERS).addFilter(DropAnswers())


def _innermost(trace: TracebackType | None) -> str:
    place = "?"
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{code.co_name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
