"""Photos and documents: sending, replacing, downloading."""

from __future__ import annotations

from typing import Any

from sandbox.call import ApiCall, Handler
from sandbox.errors import bad_request
from sandbox.files import LARGEST_DOWNLOAD, StoredFile
from sandbox.methods.messages import caption, edited
from sandbox.text import caption_text


def send_photo(call: ApiCall) -> dict[str, Any]:
    return _send(call, "photo")


def send_document(call: ApiCall) -> dict[str, Any]:
    return _send(call, "document")


def _send(call: ApiCall, kind: str) -> dict[str, Any]:
    text, entities = caption(call)
    keyboard = call.markup()
    place = call.place(f"{kind}s")
    file = _file(call, kind, call.parameters.string(kind), kind)
    message = call.world.post(
        sender=call.bot,
        caption=text or None,
        entities=entities,
        keyboard=keyboard,
        file=file,
        content=file.content(),
        **place,
    )
    return message.as_json()


def _file(call: ApiCall, kind: str, reference: str, field: str) -> StoredFile:
    """The file that comes with the call, or the one known by its id; raises ApiError 400."""
    uploads = call.parameters.uploads
    upload = uploads.get(reference.removeprefix("attach://") or field)
    if upload is not None:
        return call.world.files.store(kind, upload.name, upload.mime_type, upload.data)
    if not reference or reference.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    if reference.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    known = call.world.files.get(reference)
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if known.kind != kind:
        raise bad_request(f"can't use file of type {known.kind} as {kind}")
    return known


def edit_message_media(call: ApiCall) -> dict[str, Any]:
    media = call.parameters.json("media")
    if not isinstance(media, dict) or media.get("type") not in ("photo", "document"):
        raise bad_request("can't parse InputMedia: media of type photo or document expected")
    text, entities = caption_text(
        media.get("caption") or "", media.get("parse_mode"), media.get("caption_entities")
    )
    keyboard = call.inline_keyboard()
    message = call.own_message(call.chat())
    if message.poll is not None or message.is_service:
        raise bad_request("message can't be edited")
    file = _file(call, media["type"], str(media.get("media", "")), "media")
    message.file, message.content, message.text = file, file.content(), None
    message.caption, message.entities = text or None, entities
    return edited(call, message, keyboard)


def get_file(call: ApiCall) -> dict[str, Any]:
    file = call.world.files.get(call.parameters.string("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.data) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return {**file.as_json(), "file_path": file.path}


METHODS: dict[str, Handler] = {
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "editMessageMedia": edit_message_media,
    "getFile": get_file,
}
