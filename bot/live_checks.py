"""`voci check --live`: what only Telegram can tell, about the groups, the webhook and the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC
from email.utils import parsedate_to_datetime

import httpx
from telegram import Bot, ChatFullInfo, ChatMember, ChatMemberRestricted, WebhookInfo
from telegram.error import Forbidden, TelegramError

from bot.settings import AwayError, Settings, SettingsError
from storage.centres import Centre

APART = 60.0  # seconds that a clock may be off: people read hours and minutes


async def look(
    bot: Bot, settings: Settings, everywhere: Iterable[Centre], now: float
) -> tuple[list[SettingsError], list[str]]:
    """Problems and notes; `now` in UTC epoch seconds. Raises TelegramError as Telegram does."""
    problems: list[SettingsError] = []
    for centre in everywhere:
        try:
            standing = await bot.get_chat_member(centre.destination.chat_id, bot.id)
            group = await bot.get_chat(centre.destination.chat_id)
        except Forbidden:
            problems.append(AwayError([f"Centre {centre.id}: Voci was taken out of its group."]))
        except TelegramError as error:
            problems.append(
                AwayError([f"Centre {centre.id}: nothing about its group ({error.message})."])
            )
        else:
            problems += [AwayError([said]) for said in _standing(centre, standing, group)]
    off = await _clock_off(settings, now)
    if off is not None and abs(off) > APART:
        problems.append(
            SettingsError([f"The clock of this machine is off by {off:.0f} s: set up time sync."])
        )
    return problems, [*_webhook(settings, await bot.get_webhook_info())]


def _standing(centre: Centre, standing: ChatMember, group: ChatFullInfo) -> Iterator[str]:
    everybody = group.permissions
    if standing.status in (ChatMember.LEFT, ChatMember.BANNED):
        yield f"Centre {centre.id}: Voci is not in its group. What it should read waits."
    elif isinstance(standing, ChatMemberRestricted) and not standing.can_send_messages:
        yield f"Centre {centre.id}: Voci may not write in its group. What it should read waits."
    elif standing.status == ChatMember.MEMBER and everybody and not everybody.can_send_messages:
        yield (
            f"Centre {centre.id}: in its group administrators alone may write, and Voci is none. "
            "What it should read waits."
        )


def _webhook(settings: Settings, info: WebhookInfo) -> Iterator[str]:
    if settings.mode == "polling" and info.url:
        yield "A webhook is set with this token: voci run takes it away, as VOCI_MODE is polling."
    if settings.mode == "webhook" and info.url != settings.webhook_url:
        yield "The webhook is not set to VOCI_WEBHOOK_URL yet: voci run does so at its start."
    if settings.mode == "webhook" and info.last_error_date is not None:
        when = f"{info.last_error_date.astimezone(UTC):%Y-%m-%d at %H:%M} UTC"
        yield f"Telegram could not call on {when}: {info.last_error_message}"


async def _clock_off(settings: Settings, now: float) -> float | None:
    """How many seconds this machine is ahead of Telegram's; None where Telegram does not say."""
    async with httpx.AsyncClient(timeout=10) as client:
        try:
            told = (await client.head(settings.telegram_api_url)).headers.get("date")
        except httpx.HTTPError:
            return None
    try:
        return now - parsedate_to_datetime(told).timestamp() if told else None
    except (TypeError, ValueError):
        return None
