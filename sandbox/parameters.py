"""The parameters of a call, whichever way they arrive: query, JSON, form or multipart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl

from sandbox.errors import bad_request
from sandbox.text import require_unicode


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime_type: str
    data: bytes


class Parameters:
    def __init__(self, values: dict[str, Any], uploads: dict[str, Upload] | None = None) -> None:
        self._values = values
        self.uploads = uploads or {}

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def string(self, name: str, default: str = "") -> str:
        value = self._values.get(name)
        if value is None:
            return default
        text = value if isinstance(value, str) else json.dumps(value)
        require_unicode(text)
        return text

    def integer(self, name: str, default: int = 0) -> int:
        value = self._values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f'can\'t parse field "{name}": expected an Integer') from None

    def boolean(self, name: str, default: bool = False) -> bool:
        value = self._values.get(name)
        if value is None:
            return default
        return str(value).lower() in ("true", "yes", "1")

    def json(self, name: str) -> Any:
        """A parameter that is an object or array, whether it came as JSON or as its text."""
        value = self._values.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    def entities(self, name: str) -> list[dict[str, Any]] | None:
        value = self.json(name)
        if value is not None and not isinstance(value, list):
            raise bad_request("can't parse entities: expected an Array")
        return value


def read_parameters(content_type: str, body: bytes, query: dict[str, str]) -> Parameters:
    """Parse a request; raises ApiError 400 when it can't be understood."""
    kind = content_type.partition(";")[0].strip().lower()
    if not body:
        return Parameters(dict(query))
    if kind == "application/json":
        try:
            values = json.loads(body)
        except ValueError:
            raise bad_request("can't parse JSON object") from None
        if not isinstance(values, dict):
            raise bad_request("object expected")
        return Parameters({**query, **values})
    if kind == "multipart/form-data":
        fields, uploads = _parts(content_type, body)
        return Parameters({**query, **fields}, uploads)
    try:
        form = parse_qsl(body.decode(), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return Parameters({**query, **dict(form)})


def _parts(content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, Upload]]:
    boundary = message_from_bytes(f"Content-Type: {content_type}\n\n".encode()).get_boundary()
    if not boundary:
        raise bad_request("can't find the boundary of the request")
    fields: dict[str, str] = {}
    uploads: dict[str, Upload] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:]:
        head, separator, data = part.partition(b"\r\n\r\n")
        if not separator:
            continue  # the closing boundary
        header = message_from_bytes(head.lstrip() + b"\n\n")
        name = str(header.get_param("name", "", "content-disposition"))
        if header.get_filename() is None:
            try:
                fields[name] = data.decode()
            except UnicodeDecodeError:
                raise bad_request("strings must be encoded in UTF-8") from None
        else:
            uploads[name] = Upload(str(header.get_filename()), header.get_content_type(), data)
    return fields, uploads
