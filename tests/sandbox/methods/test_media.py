from __future__ import annotations

import struct
from typing import Any

import pytest

from sandbox.bots import Bot
from sandbox.people import Person


def png(width: int = 20, height: int = 10) -> bytes:
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", width, height) + b"rest"


def jpeg(width: int = 20, height: int = 10) -> bytes:
    comment = b"\xff\xfe\x00\x04ab"
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"rest"
    return b"\xff\xd8" + comment + frame


async def upload(api: Any, method: str, field: str, data: bytes, **fields: Any) -> Any:
    response = await api.client.post(
        f"/bot{api.token}/{method}", data=fields, files={field: ("name.bin", data)}
    )
    return response.json()


@pytest.mark.parametrize("data", [png(), jpeg()])
async def test_a_photo_is_stored_shown_and_downloaded(
    api: Any, bot: Bot, anna: Person, data: bytes
) -> None:
    answer = await upload(api, "sendPhoto", "photo", data, chat_id=anna.id, caption="A chart")
    (size,) = answer["result"]["photo"]
    assert (size["width"], size["height"], size["file_size"]) == (20, 10, len(data))
    shown = anna.private(bot).last
    assert shown is not None
    assert shown.file is not None
    assert (shown.file.data, shown.caption) == (data, "A chart")

    file = await api("getFile", file_id=size["file_id"])
    response = await api.client.get(f"/file/bot{api.token}/{file['file_path']}")
    assert response.content == data
    again = await api("sendPhoto", chat_id=anna.id, photo=size["file_id"])
    assert again["photo"] == [size]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"GIF89a", "IMAGE_PROCESS_FAILED"),
        (b"\xff\xd8\xff", "IMAGE_PROCESS_FAILED"),
        (png(9_000, 2_000), "PHOTO_INVALID_DIMENSIONS"),
        (png(2_100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (png() + bytes(10 * 1024 * 1024), "file is too big"),
        (b"", "file must be non-empty"),
    ],
)
async def test_what_is_no_photo_is_refused(
    api: Any, anna: Person, data: bytes, reason: str
) -> None:
    answer = await upload(api, "sendPhoto", "photo", data, chat_id=anna.id)
    assert answer["description"] == f"Bad Request: {reason}"


async def test_a_document_keeps_its_name(api: Any, bot: Bot, anna: Person) -> None:
    answer = await upload(api, "sendDocument", "document", b"minutes", chat_id=anna.id)
    assert answer["result"]["document"]["file_name"] == "name.bin"
    file_id = answer["result"]["document"]["file_id"]
    assert await api.refusal("sendPhoto", chat_id=anna.id, photo=file_id) == (
        400,
        "Bad Request: can't use file of type document as photo",
    )


@pytest.mark.parametrize(
    ("photo", "reason"),
    [
        ("", "there is no photo in the request"),
        ("attach://missing", "there is no photo in the request"),
        ("https://example.org/a.png", "failed to get HTTP URL content"),
        ("unknown", "wrong file identifier/HTTP URL specified"),
    ],
)
async def test_a_photo_has_to_come_along(api: Any, anna: Person, photo: str, reason: str) -> None:
    assert await api.refusal("sendPhoto", chat_id=anna.id, photo=photo) == (
        400,
        f"Bad Request: {reason}",
    )


async def test_captions_are_limited_and_edited(api: Any, bot: Bot, anna: Person) -> None:
    answer = await upload(api, "sendPhoto", "photo", png(), chat_id=anna.id, caption="x" * 1025)
    assert answer["description"] == "Bad Request: message caption is too long"
    sent = await upload(api, "sendPhoto", "photo", png(), chat_id=anna.id)
    where = {"chat_id": anna.id, "message_id": sent["result"]["message_id"]}
    edited = await api("editMessageCaption", **where, caption="<i>new</i>", parse_mode="HTML")
    assert edited["caption"] == "new"
    assert edited["caption_entities"] == [{"type": "italic", "offset": 0, "length": 3}]
    code, reason = await api.refusal(
        "editMessageCaption", **where, caption="<i>new</i>", parse_mode="HTML"
    )
    assert (code, reason[:40]) == (400, "Bad Request: message is not modified: sp")


async def test_a_picture_is_replaced(api: Any, bot: Bot, anna: Person) -> None:
    sent = await api("sendMessage", chat_id=anna.id, text="soon a chart")
    where = {"chat_id": anna.id, "message_id": sent["message_id"]}
    media = '{"type": "photo", "media": "attach://chart", "caption": "A chart"}'
    answer = await upload(api, "editMessageMedia", "chart", png(), **where, media=media)
    assert answer["result"]["caption"] == "A chart"
    shown = anna.private(bot).messages[sent["message_id"]]
    assert shown.file is not None
    assert (shown.file.data, shown.text) == (png(), None)


async def test_media_that_can_not_be_edited_in(api: Any, anna: Person) -> None:
    poll = await api("sendPoll", chat_id=anna.id, question="?", options=["a", "b"])
    where = {"chat_id": anna.id, "message_id": poll["message_id"]}
    media = {"type": "photo", "media": "x"}
    assert await api.refusal("editMessageMedia", **where, media=media) == (
        400,
        "Bad Request: message can't be edited",
    )
    code, reason = await api.refusal("editMessageMedia", **where, media={"type": "audio"})
    assert (code, "can't parse InputMedia" in reason) == (400, True)


async def test_unknown_files_are_not_found(api: Any) -> None:
    assert await api.refusal("getFile", file_id="x") == (400, "Bad Request: invalid file_id")
    for path in ("photos/x/y", "x", "photos"):
        response = await api.client.get(f"/file/bot{api.token}/{path}")
        assert response.status_code == 404
    response = await api.client.get("/file/bot1:wrong/photos/x/y")
    assert response.status_code == 404
