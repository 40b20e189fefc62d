from __future__ import annotations

import json

import httpx
import pytest

from sandbox.errors import ApiError
from sandbox.parameters import Parameters, read_parameters

FORM = "application/x-www-form-urlencoded"


def multipart(**parts: bytes) -> tuple[str, bytes]:
    request = httpx.Request(
        "POST",
        "http://sandbox",
        data={"chat_id": "5", "caption": "è"},
        files={name: (f'{name} "a".bin', data, "image/png") for name, data in parts.items()},
    )
    return request.headers["content-type"], request.read()


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", json.dumps({"chat_id": 5, "text": "è", "list": [1]}).encode()),
        (FORM, b"chat_id=5&text=%C3%A8&list=%5B1%5D"),
        (FORM + "; charset=utf-8", b"chat_id=5&text=%C3%A8&list=%5B1%5D"),
    ],
)
def test_parameters_are_the_same_however_they_arrive(content_type: str, body: bytes) -> None:
    parameters = read_parameters(content_type, body, {"from": "query"})
    assert parameters.integer("chat_id") == 5
    assert parameters.string("chat_id") == "5"
    assert parameters.string("text") == "è"
    assert parameters.json("list") == [1]
    assert parameters.string("from") == "query"
    assert "text" in parameters
    assert "missing" not in parameters


def test_multipart_carries_fields_and_files_of_any_bytes() -> None:
    data = bytes(range(256)) + b"\r\n--x\r\n\r\n"
    parameters = read_parameters(*multipart(photo=data, empty=b""), {})
    assert parameters.integer("chat_id") == 5
    assert parameters.string("caption") == "è"
    assert parameters.uploads["photo"].data == data
    assert parameters.uploads["photo"].mime_type == "image/png"
    assert parameters.uploads["empty"].data == b""


@pytest.mark.parametrize(
    ("content_type", "body", "reason"),
    [
        ("application/json", b"{", "can't parse JSON object"),
        ("application/json", b"[]", "object expected"),
        (FORM, b"text=%ED%A0%80", "strings must be encoded in UTF-8"),
        (FORM, b"text=\xff", "strings must be encoded in UTF-8"),
        ("multipart/form-data", b"x", "can't find the boundary of the request"),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="t"\r\n\r\n\xff\r\n--b--\r\n',
            "strings must be encoded in UTF-8",
        ),
    ],
)
def test_what_cannot_be_understood_is_refused(content_type: str, body: bytes, reason: str) -> None:
    with pytest.raises(ApiError) as refusal:
        read_parameters(content_type, body, {})
    assert refusal.value.description == f"Bad Request: {reason}"


def test_values_of_the_wrong_kind_are_refused() -> None:
    parameters = Parameters({"number": "x", "json": "{", "text": "\ud800", "entities": "{}"})
    with pytest.raises(ApiError, match="expected an Integer"):
        parameters.integer("number")
    with pytest.raises(ApiError, match="can't parse json JSON object"):
        parameters.json("json")
    with pytest.raises(ApiError, match="strings must be encoded in UTF-8"):
        parameters.string("text")
    with pytest.raises(ApiError, match="expected an Array"):
        Parameters({"entities": {"a": 1}}).entities("entities")


@pytest.mark.parametrize(
    ("value", "meaning"),
    [("true", True), ("True", True), (True, True), ("false", False), ("", False)],
)
def test_booleans(value: object, meaning: bool) -> None:
    assert Parameters({"flag": value}).boolean("flag") is meaning
