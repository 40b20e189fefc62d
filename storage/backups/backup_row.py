"""A row of a backup as a line of JSON: numbers, texts, null, and {"base64": "…"} for bytes."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

Value = int | str | bytes | None


def encoded(row: Sequence[Value]) -> bytes:
    """The line of a row, with its end."""
    values = [
        {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value
        for value in row
    ]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def decoded(value: Any) -> Value:
    """What a database takes; raises ValueError or LookupError for anything else."""
    if isinstance(value, dict):
        return base64.b64decode(value["base64"], validate=True)
    if isinstance(value, str):
        value.encode()  # what no database takes is refused here: half of a surrogate pair
        return value
    if value is None or (type(value) is int and -(2**63) <= value < 2**63):
        return value
    raise ValueError("neither a number nor a text")
