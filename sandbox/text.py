"""What Telegram does to every text: cleaning, trimming, counting, recognising commands."""

from __future__ import annotations

import re

from sandbox.errors import bad_request
from sandbox.html import Entity, parse_html, utf16_length

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
# Line and paragraph separators and the embedding controls of bidirectional text.
DROPPED = dict.fromkeys([0x0D, *range(0x2028, 0x202F)])
SPACED = {code: " " for code in range(0x20) if code not in (0x0A, 0x0D)}
RECOGNISED = re.compile(
    r"(?P<url>https?://[^\s<>\"']+[^\s<>\"'.,;:!?)])"
    r"|(?<![\w/@])(?P<bot_command>/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/@])"
    r"|(?<![\w/])(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})(?!\w)"
)


def require_unicode(text: str) -> None:
    """Raise ApiError 400 when the text can't be encoded in UTF-8 (a lone surrogate)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def formatted(
    raw: str, parse_mode: str | None, entities: list[Entity] | None = None
) -> tuple[str, list[Entity]]:
    """The text and entities under which Telegram would store `raw`.

    Raises ApiError 400 on bad markup, an unknown parse mode and text that is no Unicode.
    """
    require_unicode(raw)
    if parse_mode is None:
        text, marked = raw, _within(raw, entities or [])
    elif parse_mode.lower() == "html":
        text, marked = parse_html(raw)
    else:
        # Telegram knows two Markdown modes as well; whoever escapes by HTML needs neither.
        raise bad_request("unsupported parse_mode")
    text, marked = _trimmed(*_cleaned(text, marked))
    return text, _with_recognised(text, marked)


def _within(text: str, entities: list[Entity]) -> list[Entity]:
    end = utf16_length(text)
    for entity in entities:
        offset, length = int(entity.get("offset", 0)), int(entity.get("length", 0))
        if offset < 0:
            raise bad_request(f"receive an entity with incorrect offset {offset}")
        if offset >= end:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
        if offset + length > end:
            raise bad_request(
                f"entity beginning at UTF-16 offset {offset} ends after the end of the text at "
                f"UTF-16 offset {offset + length}"
            )
    return list(entities)


def _cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    clean = text.translate(SPACED).translate(DROPPED)
    if len(clean) == len(text) or not entities:
        return clean, entities
    # Position of each UTF-16 unit after dropping, so that the entities keep their words.
    moved = [0]
    for char in text:
        kept = 0 if ord(char) in DROPPED else utf16_length(char)
        moved += [moved[-1] + kept] * utf16_length(char)
    return clean, _moved(entities, moved)


def _moved(entities: list[Entity], position: list[int]) -> list[Entity]:
    result = []
    for entity in entities:
        start = position[entity["offset"]]
        length = position[entity["offset"] + entity["length"]] - start
        if length > 0:
            result.append({**entity, "offset": start, "length": length})
    return result


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    stripped = text.strip()
    if len(stripped) == len(text) or not entities:
        return stripped, entities
    lead = utf16_length(text) - utf16_length(text.lstrip())
    last = utf16_length(stripped)
    position = [min(max(0, unit - lead), last) for unit in range(utf16_length(text) + 1)]
    return stripped, _moved(entities, position)


def _with_recognised(text: str, entities: list[Entity]) -> list[Entity]:
    if "/" not in text and "@" not in text:
        return entities
    taken = [e for e in entities if e["type"] in ("text_link", "code", "pre")]
    found = []
    for match in RECOGNISED.finditer(text):
        offset = utf16_length(text[: match.start()])
        length = utf16_length(match.group(0))
        if any(e["offset"] < offset + length and offset < e["offset"] + e["length"] for e in taken):
            continue
        found.append({"type": match.lastgroup, "offset": offset, "length": length})
    if not found:
        return entities
    return sorted([*entities, *found], key=lambda entity: (entity["offset"], -entity["length"]))


def message_text(
    raw: str, parse_mode: str | None, entities: list[Entity] | None
) -> tuple[str, list[Entity]]:
    """A message's text within Telegram's limits; raises ApiError 400 outside of them."""
    text, marked = formatted(raw, parse_mode, entities)
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return text, marked


def typed_parts(text: str) -> list[str]:
    """What an app makes of a long text: several messages, each as long as Telegram allows."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    parts, start = [], 0
    while start < len(encoded):
        end = start + 2 * TEXT_LIMIT
        if 0xD8 <= encoded[end - 1 : end].ljust(1)[0] < 0xDC:
            end -= 2  # never through the middle of a pair
        parts.append(encoded[start:end].decode("utf-16-le", "surrogatepass"))
        start = end
    return parts or [text]


def caption_text(
    raw: str, parse_mode: str | None, entities: list[Entity] | None
) -> tuple[str, list[Entity]]:
    """A caption (it may be empty) within Telegram's limits; raises ApiError 400 outside of them."""
    text, marked = formatted(raw, parse_mode, entities)
    if utf16_length(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return text, marked
