"""The HTML parse mode: from markup to plain text and entities, refusing what Telegram refuses.

Offsets and lengths of entities count UTF-16 code units; offsets in error descriptions count bytes
of the UTF-8 text, as Telegram does. Only the tags of the Bot API's documentation are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sandbox.errors import ApiError, bad_request

Entity = dict[str, Any]

ENTITY_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
REFERENCE = re.compile(r"&(?:#(?:x([0-9a-fA-F]+)|([0-9]+))|(lt|gt|amp|quot));?")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
TAG_NAME = re.compile(r"[^\s>]*")
ATTRIBUTE = re.compile(
    r"""\s*(?P<name>[^\s=>]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'"""
    r"""|(?P<bare>[A-Za-z0-9.\-]+)))?"""
)


def utf16_length(text: str) -> int:
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def decode_references(text: str) -> str:
    """Replace the four named and the numeric character references; leave the others alone."""
    return REFERENCE.sub(_referenced_character, text)


def _referenced_character(match: re.Match[str]) -> str:
    hexadecimal, decimal, name = match.groups()
    if name:
        return NAMED[name]
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code > 0x10FFFF:
        return match.group(0)
    if 0xD800 <= code <= 0xDFFF:
        raise _unparsable(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code)


@dataclass(slots=True)
class _OpenTag:
    name: str
    attributes: dict[str, str]
    offset: int
    start: int


class _Parser:
    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.position = 0
        self.text = ""
        self.offset = 0
        self.open: list[_OpenTag] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self.position < len(self.markup):
            tag_at = self.markup.find("<", self.position)
            end = len(self.markup) if tag_at < 0 else tag_at
            self._take_text(self.markup[self.position : end])
            self.position = end
            if tag_at < 0:
                break
            if self.markup.startswith("</", tag_at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            name = self.open[-1].name
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{name}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return self.text, self.entities

    def _take_text(self, raw: str) -> None:
        plain = decode_references(raw)
        self.text += plain
        self.offset += utf16_length(plain)

    def _byte_offset(self, position: int) -> int:
        return len(self.markup[:position].encode())

    def _start_tag(self) -> None:
        begin = self.position
        matched = TAG_NAME.match(self.markup, begin + 1)
        name = matched.group(0).lower() if matched else ""
        at = begin + 1 + len(name)
        if at >= len(self.markup):
            raise _unparsable(f"Unclosed start tag at byte offset {self._byte_offset(begin)}")
        if name not in ENTITY_OF_TAG:
            raise _unparsable(
                f'Unsupported start tag "{name}" at byte offset {self._byte_offset(begin)}'
            )
        attributes, self.position = self._attributes(name, begin, at)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _unparsable(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte_offset(begin)}'
            )
        self.open.append(_OpenTag(name, attributes, self.offset, len(self.text)))

    def _attributes(self, tag: str, begin: int, at: int) -> tuple[dict[str, str], int]:
        attributes: dict[str, str] = {}
        where = f'the tag "{tag}" at byte offset {self._byte_offset(begin)}'
        while True:
            while at < len(self.markup) and self.markup[at].isspace():
                at += 1
            if at >= len(self.markup):
                raise _unparsable(f"Unclosed start tag at byte offset {self._byte_offset(begin)}")
            if self.markup[at] == ">":
                return attributes, at + 1
            matched = ATTRIBUTE.match(self.markup, at)
            if matched is None:
                raise _unparsable(f"Empty attribute name in {where}")
            values = (matched["double"], matched["single"], matched["bare"])
            value = next((value for value in values if value is not None), None)
            key = matched["name"].lower()
            if value is None and self.markup[matched.end() :].lstrip().startswith("="):
                raise _unparsable(f"Unclosed start tag at byte offset {self._byte_offset(begin)}")
            if value is None and (tag, key) != ("blockquote", "expandable"):
                raise _unparsable(f"Expected equal sign in declaration of an attribute of {where}")
            attributes[key] = decode_references(value or "")
            at = matched.end()

    def _end_tag(self) -> None:
        begin = self.position
        where = f"at byte offset {self._byte_offset(begin)}"
        if not self.open:
            raise _unparsable(f"Unexpected end tag {where}")
        end = self.markup.find(">", begin)
        if end < 0 or len(self.markup[begin + 2 : end].split()) > 1:
            raise _unparsable(f"Unclosed end tag {where}")
        name = self.markup[begin + 2 : end].strip().lower()
        tag = self.open.pop()
        if name and name != tag.name:
            raise _unparsable(
                f'Unmatched end tag {where}, expected "</{tag.name}>", found "</{name}>"'
            )
        self.position = end + 1
        if self.offset > tag.offset:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        entity: Entity = {
            "type": ENTITY_OF_TAG[tag.name],
            "offset": tag.offset,
            "length": self.offset - tag.offset,
        }
        if tag.name == "a":
            url = tag.attributes.get("href") or self.text[tag.start :]
            if "." not in url and "://" not in url:
                return  # Telegram keeps the words and silently drops a link that is none
            entity["url"] = url
        elif tag.name == "tg-emoji":
            if not tag.attributes.get("emoji-id", "").isdigit():
                raise _unparsable("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = tag.attributes["emoji-id"]
        elif tag.name == "blockquote" and "expandable" in tag.attributes:
            entity["type"] = "expandable_blockquote"
        elif tag.name == "pre" and self._is_code_of_same_extent(entity):
            code = self.entities.pop()
            if "language" in code:
                entity["language"] = code["language"]
        elif tag.name == "code":
            language = tag.attributes.get("class", "")
            if language.startswith("language-") and self.open and self.open[-1].name == "pre":
                entity["language"] = language.removeprefix("language-")
        self.entities.append(entity)

    def _is_code_of_same_extent(self, entity: Entity) -> bool:
        last = self.entities[-1] if self.entities else None
        return last is not None and (last["type"], last["offset"], last["length"]) == (
            "code",
            entity["offset"],
            entity["length"],
        )


def _unparsable(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


def parse_html(markup: str) -> tuple[str, list[Entity]]:
    """The plain text and the entities of `markup`.

    Raises ApiError 400 ("can't parse entities: …") where Telegram does.
    """
    return _Parser(markup).parse()
