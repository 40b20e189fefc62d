from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import sandbox.page

FILES = Path(sandbox.page.__file__).parent
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x14\x00\x00\x00\x0a"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/page/page.js", "text/javascript"),
        ("/page/style.css", "text/css"),
        ("/page/voci.svg", "image/svg+xml"),
    ],
)
async def test_the_page_is_served(page: Any, path: str, kind: str) -> None:
    answer = await page.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_nothing_but_the_page_s_own_files_is_served(page: Any) -> None:
    for path in ("/page/routes.py", "/page/../routes.py", "/page/%2e%2e/world.py", "/x"):
        assert (await page.get(path)).status_code == 404


def scripts() -> list[Path]:
    found = sorted(FILES.glob("*.js"))
    assert len(found) >= 5
    return found


def test_words_become_text_and_never_markup() -> None:
    markup = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|Function\(")
    for script in scripts():
        assert not markup.search(script.read_text()), script.name


def test_nothing_is_fetched_from_elsewhere() -> None:
    address = re.compile(r"""(?:src|href|url|fetch|import)\W{1,3}(?:https?:)?//""")
    for file in (*scripts(), FILES / "index.html", FILES / "style.css"):
        assert not address.search(file.read_text()), file.name


def test_every_word_of_the_page_exists_in_every_language() -> None:
    source = (FILES / "texts.js").read_text()
    table = source[source.index("const TEXTS") : source.index("const CALENDARS")]
    parts = re.split(r"\n  (\w\w): \{\n", table)[1:]
    words = {
        language: dict(re.findall(r'(\w+):\s+"((?:[^"\\]|\\.)*)"', text))
        for language, text in zip(parts[::2], parts[1::2], strict=True)
    }
    assert set(words) == {"en", "it", "de"}
    for language in ("it", "de"):
        assert words[language].keys() == words["en"].keys()
        for name, english in words["en"].items():
            holes = re.findall(r"\{\w+\}", english)
            assert sorted(re.findall(r"\{\w+\}", words[language][name])) == sorted(holes), name
    used = set(re.findall(r'data-(?:text|label|hint)="(\w+)"', (FILES / "index.html").read_text()))
    for script in scripts():
        used |= set(re.findall(r'\btext\("(\w+)"', script.read_text()))
    assert used <= words["en"].keys()


async def test_pictures_are_shown_and_documents_saved(page: Any) -> None:
    samir = page.samir
    photo = samir.send_photo(page.theatre.bot, PNG).file
    notes = samir.send_document(page.theatre.bot, b"<script>alert(1)</script>", 'a "b".html').file
    assert photo is not None and notes is not None
    shown = await page.get(f"/page/file/{photo.id}")
    assert (shown.headers["content-type"], shown.content) == ("image/png", PNG)
    saved = await page.get(f"/page/file/{notes.id}")
    assert saved.headers["content-type"] == "application/octet-stream"
    assert saved.headers["content-disposition"] == "attachment; filename*=UTF-8''a%20%22b%22.html"
    assert (await page.get("/page/file/photo-99")).status_code == 404
    assert (await page.get(f"/page/file/{photo.id}", headers={"Host": "evil"})).status_code == 403
