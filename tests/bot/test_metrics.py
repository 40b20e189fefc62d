"""The numbers for Prometheus, read by the parser that comes with its library."""

from __future__ import annotations

from kit.bot_state import STATE
from prometheus_client.parser import text_string_to_metric_families

from bot.clock import MovableClock
from bot.metrics import exposition
from bot.readiness import State
from bot.vitals import Vitals


def scraped(vitals: Vitals, state: State = STATE) -> dict[str, float]:
    text = exposition(vitals, state).decode()
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_what_was_counted_is_there() -> None:
    vitals = Vitals(MovableClock(1_000.0))
    vitals.updates["done"] += 3
    vitals.updates["failed"] += 1
    vitals.fates["sent"] += 5
    vitals.too_many = 2
    for seconds in (0.004, 0.02, 60.0):
        vitals.handling.note(seconds)
    vitals.transactions.note(0.25)
    read = scraped(vitals)
    assert (read["voci_updates_total done"], read["voci_updates_total failed"]) == (3, 1)
    assert read["voci_messages_total sent"] == 5
    assert read["voci_telegram_too_many_requests_total"] == 2
    assert read["voci_update_seconds_bucket 0.005"] == 1
    assert read["voci_update_seconds_bucket 0.025"] == 2
    assert read["voci_update_seconds_bucket 10.0"] == 2
    assert read["voci_update_seconds_count"] == read["voci_update_seconds_bucket +Inf"] == 3
    assert read["voci_update_seconds_sum"] == 60.024
    assert read["voci_transaction_seconds_sum"] == 0.25


def test_how_things_stand_is_there() -> None:
    read = scraped(Vitals(MovableClock(1_000.0)))
    stands = {name: value for name, value in read.items() if "_total" not in name}
    spans = "update_seconds", "transaction_seconds"
    assert {name: stands[name] for name in stands if not any(each in name for each in spans)} == {
        "voci_started": 1_000,
        "voci_tick_age_seconds": 12,
        "voci_outbox_due": 4,
        "voci_outbox_oldest_seconds": 7,
        "voci_outbox_held": 6,
        "voci_schedule_lag_seconds": 9,
        "voci_outbox_faults": 3,
        "voci_outbox_perhaps_lost": 5,
        "voci_outbox_posts_in_doubt": 2,
        "voci_telegram_cannot_call": 0,
        "voci_disk_free_bytes": 10**10,
        "voci_telegram_silent_seconds": 3,
    }
