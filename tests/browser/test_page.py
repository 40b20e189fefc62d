"""The demo as a newcomer meets it: the real command, the real page, a real browser."""

from __future__ import annotations

import os
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import IO

import pytest
from kit.phrases import ASK_TO_JOIN
from playwright.sync_api import Page, expect, sync_playwright

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None
)
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
LIVELY_WITHIN = 120.0  # seconds
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("TEST_ALL"),
        reason="there is no Chromium: apt install chromium",
    ),
]


def _read(output: IO[str], lines: queue.Queue[str]) -> None:
    for line in output:
        lines.put(line)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """`voci demo` as a process of its own, until it has printed its one address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", "from bot.cli import main; main()", "demo", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONUNBUFFERED": "1"},
    )
    lines: queue.Queue[str] = queue.Queue()
    assert process.stdout is not None
    reader = threading.Thread(target=_read, args=(process.stdout, lines))
    reader.start()
    told: list[str] = []
    try:
        while not (found := re.search(r"http://\S+", "".join(told))):
            told.append(lines.get(timeout=LIVELY_WITHIN))
        yield found[0]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        reader.join()
    while not lines.empty():
        told.append(lines.get())
    output = "".join(told)
    assert process.returncode == 0, output
    assert output.count("http://") == 1
    assert "WARNING" not in output and "ERROR" not in output and "Traceback" not in output


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=ARGUMENTS, chromium_sandbox=False
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: object, address: str) -> Iterator[Page]:
    """A fresh page at laptop size, in English, on which no script may fail."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en")  # type: ignore[attr-defined]
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda said: problems.append(said.text) if said.type in ("error", "warning") else None,
    )
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(address) else problems.append(f"asked {request.url}")
        ),
    )
    page.goto(address)
    expect(page.locator("#people [data-person]").nth(24)).to_be_visible()
    page.get_by_role("button", name="Just look around").click()
    yield page
    context.close()
    assert problems == []


def be(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    expect(page.locator("#private-title")).to_contain_text(name)


def test_a_person_is_chosen_a_button_pressed_a_toast_read(page: Page) -> None:
    be(page, "Nkechi Okafor")
    group = page.locator("#group")
    expect(group).to_contain_text("How we are")
    expect(group.get_by_role("img")).to_have_count(2)  # of the weeks, and of assemblies
    group.get_by_role("button", name="Maybe").last.click()
    expect(page.locator("#toasts")).to_contain_text("Maybe", ignore_case=True)


def test_a_command_is_offered_and_a_screen_edited_in_place(page: Page) -> None:
    be(page, "Samir Haddad")
    private = page.locator("#private")
    page.locator("[data-pane=private]").get_by_label("Commands").click()
    page.locator("[data-pane=private] .commands").get_by_text("/agenda").click()
    newest = private.locator(".message").last
    expect(newest).to_contain_text("What we talk about")
    messages = private.locator(".message").count()
    newest.get_by_role("button", name="3", exact=True).click()  # after two openings
    expect(private.locator(".message").last).to_contain_text("Put forward")
    assert private.locator(".message").count() == messages


def test_a_newcomer_asks_to_join_and_is_let_in_to_the_conversation(page: Page) -> None:
    page.get_by_role("button", name="Add a newcomer").click()
    page.get_by_label("Name").fill("<b>Eva</b> & Co")
    page.get_by_role("button", name="Come in").click()
    expect(page.locator("#private-title")).to_have_text("Voci and <b>Eva</b> & Co")
    page.locator("#group").get_by_role("button", name=ASK_TO_JOIN).last.click()
    private = page.locator("#private")
    expect(private.get_by_role("button", name=ASK_TO_JOIN)).to_be_visible()
    assert page.locator("b", has_text="Eva").count() == 0
    page.locator("[data-pane=private]").get_by_label("Write a message").fill("Hello?")
    page.keyboard.press("Enter")
    expect(private.locator(".mine").last).to_contain_text("Hello?")


def test_the_clock_goes_to_the_next_thing_due(page: Page) -> None:
    following, now = page.locator("#next"), page.locator("#time")
    expect(following).to_be_enabled()
    started = now.inner_text()
    for _ in range(5):  # the first things due may lie within the minute that the page shows
        following.click()
        expect(following).to_be_enabled(timeout=20_000)  # until all of it has been sent
        if now.inner_text() != started:
            break
    expect(now).not_to_have_text(started)


def test_the_bot_is_stopped_and_started_again(page: Page) -> None:
    be(page, "Paolo")
    page.locator("[data-pane=private] summary").click()
    page.get_by_role("button", name="Stop the bot").click()
    expect(page.locator("[data-pane=private] .instead")).to_contain_text("has stopped the bot")
    page.get_by_role("button", name="Start again").click()
    expect(page.locator("[data-pane=private] textarea")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "word"), [("Italiano", "Familiari"), ("Deutsch", "Angehörige")]
)
def test_the_page_speaks_three_languages(page: Page, language: str, word: str) -> None:
    page.get_by_title(language).click()
    expect(page.locator("#people")).to_contain_text(word)


def test_the_first_minute_says_what_this_is_and_what_to_try(page: Page) -> None:
    page.get_by_label("What is this?").click()
    expect(page.locator("#welcome")).to_contain_text("To begin with you are")
    page.get_by_role("button", name="See what will be talked about").click()
    expect(page.locator("#welcome")).to_be_hidden()
    expect(page.locator("#private .message").last).to_contain_text("What we talk about")
    page.reload()
    expect(page.locator("#people [data-person]").nth(24)).to_be_visible()
    expect(page.locator("#welcome")).to_be_hidden()


def test_who_skips_to_the_chat_stays_who_they_are(page: Page) -> None:
    be(page, "Nkechi Okafor")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#private")).to_be_focused()
    page.reload()
    expect(page.locator("#private-title")).to_contain_text("Nkechi Okafor")


def test_messages_of_the_bot_say_in_which_language_they_are(page: Page) -> None:
    be(page, "Ingrid Oberhofer")
    expect(page.locator("#private .from-bot").last).to_have_attribute("lang", "de")
    expect(page.locator("#group .from-bot").last).to_have_attribute("lang", "en")


def test_a_new_message_is_shown_from_its_start(page: Page) -> None:
    be(page, "Samir Haddad")
    page.set_viewport_size({"width": 1280, "height": 420})
    words = page.locator("[data-pane=private]").get_by_label("Write a message")
    words.fill("/agenda")
    page.keyboard.press("Enter")
    newest = page.locator("#private .message").last
    expect(newest).to_contain_text("What we talk about")
    log = page.locator("#private")
    assert log.evaluate("log => log.lastElementChild.offsetHeight > log.clientHeight")
    expect(newest.get_by_text("What we talk about")).to_be_in_viewport()


@pytest.mark.parametrize("language", ["English", "Italiano", "Deutsch"])
def test_zoomed_in_twice_the_chat_keeps_half_of_the_height(page: Page, language: str) -> None:
    page.set_viewport_size({"width": 640, "height": 400})
    page.get_by_title(language).click()
    assert page.locator("#private").evaluate("log => log.clientHeight") >= 200
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_on_a_phone_one_pane_is_shown_at_a_time(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    panes = page.locator("[data-pane]")
    for tab in ("People", "Private", "Group"):
        page.locator(".tabs").get_by_role("button", name=tab).click()
        assert [pane.is_visible() for pane in panes.all()].count(True) == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_long_name_without_spaces_pushes_nothing_out_of_a_phone(page: Page) -> None:
    name = "W" * 60
    page.get_by_role("button", name="Add a newcomer").click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Come in").click()
    expect(page.locator("#private-title")).to_contain_text(name)
    expect(page.locator("#group .event").last).to_contain_text(name)
    page.set_viewport_size({"width": 360, "height": 780})
    for tab, pane in (("Private", "private"), ("Group", "group")):
        page.locator(".tabs").get_by_role("button", name=tab).click()
        for place in (f"[data-pane={pane}] > header", f"#{pane}"):
            assert page.locator(place).evaluate("e => e.scrollWidth <= e.clientWidth"), place
        menu = page.locator(f"[data-pane={pane}] summary").bounding_box()
        assert menu is not None and menu["x"] + menu["width"] <= 360


def test_everything_can_be_reached_with_the_keyboard(page: Page) -> None:
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert {"next", "add", "private", "SUMMARY", "BUTTON"} <= reached


def test_a_straw_poll_is_put_to_the_group_and_answered(page: Page) -> None:
    be(page, "Ingrid Oberhofer")
    private, group = page.locator("#private"), page.locator("#group")
    words = page.locator("[data-pane=private]").get_by_label("Write a message")
    words.fill("/facilitate")
    page.keyboard.press("Enter")
    private.get_by_role("button", name="Eine Frage entscheiden lassen").last.click()
    expect(private).to_contain_text("Was soll entschieden werden")
    words.fill("Which tea?\nMint\nFennel")
    page.keyboard.press("Enter")
    for button in ("Mehr", "Wie entschieden wird", "Stimmungsbild: nicht bindend"):
        private.get_by_role("button", name=button, exact=True).last.click()
    private.get_by_role("button", name="Allen stellen").last.click()
    poll = group.locator(".poll").last
    expect(poll).to_contain_text("Which tea?", timeout=15_000)
    expect(poll).to_contain_text("anonymous poll")
    poll.get_by_role("button", name="Mint · 0").click()
    expect(poll.get_by_role("button", name="✓ Mint · 1")).to_be_visible()
    poll.get_by_role("button", name="Fennel · 0").click()
    expect(poll.get_by_role("button", name="✓ Fennel · 1")).to_be_visible()
    expect(poll.get_by_role("button", name="Mint · 0")).to_be_visible()
