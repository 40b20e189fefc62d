"""What Telegram shows about the bot arrives there."""

from __future__ import annotations

from kit.stage import Stage

from bot import menu


async def test_the_commands_are_announced_in_every_language(stage: Stage, no_errors: None) -> None:
    await menu.announce(stage.voci.application.bot)
    assert {language for _, language in stage.bot.commands} == {"", "it", "de"}
