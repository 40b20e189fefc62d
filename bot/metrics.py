"""The same numbers in the text format that Prometheus reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from bot.readiness import State
from bot.vitals import SPANS, Spans, Vitals


class _Snapshot(Collector):
    def __init__(self, vitals: Vitals, state: State) -> None:
        self._vitals, self._state = vitals, state

    def collect(self) -> Iterator[Metric]:
        vitals, state = self._vitals, self._state
        yield _counts("voci_updates", "Updates dealt with.", "outcome", vitals.updates)
        yield _spans("voci_update_seconds", "From an update's turn to its commit.", vitals.handling)
        yield _spans(
            "voci_transaction_seconds",
            "From a transaction's beginning to its end.",
            vitals.transactions,
        )
        yield _counts("voci_messages", "Tries to send a message.", "fate", vitals.fates)
        yield CounterMetricFamily(
            "voci_telegram_too_many_requests", "Answers 429.", value=vitals.too_many
        )
        for name, about, value in (
            ("started", "When the process started, UTC epoch seconds.", vitals.started_at),
            ("tick_age_seconds", "Since the last whole tick.", state.tick_age),
            ("outbox_due", "New messages that are due and may leave.", state.due_messages),
            ("outbox_oldest_seconds", "For how long the oldest of them.", state.oldest_message),
            (
                "outbox_held",
                "Messages for groups in which nothing may be written.",
                state.held_messages,
            ),
            ("schedule_lag_seconds", "For how long the oldest schedule.", state.schedule_lag),
            ("outbox_faults", "Messages that an error of ours keeps.", sum(state.faults.values())),
            (
                "outbox_perhaps_lost",
                "Private messages of 14 days that may not have arrived.",
                state.perhaps_lost,
            ),
            (
                "outbox_posts_in_doubt",
                "Posts that facilitators have not looked for.",
                state.posts_in_doubt,
            ),
            (
                "telegram_cannot_call",
                "1 where Telegram says that it can't call, or calls elsewhere.",
                int(bool(state.uncalled)),
            ),
            ("disk_free_bytes", "Free where the data folder lies.", state.free),
        ):
            yield GaugeMetricFamily(f"voci_{name}", about, value=value)
        if state.silent_for is not None:
            yield GaugeMetricFamily(
                "voci_telegram_silent_seconds",
                "Since Telegram last answered a request for updates.",
                value=state.silent_for,
            )


def exposition(vitals: Vitals, state: State) -> bytes:
    """What a scrape reads; no personal data, since none was counted."""
    registry = CollectorRegistry()
    registry.register(_Snapshot(vitals, state))
    return generate_latest(registry)


def _counts(name: str, about: str, label: str, numbers: Mapping[Any, int]) -> CounterMetricFamily:
    family = CounterMetricFamily(name, about, labels=[label])
    for value, number in sorted(numbers.items()):
        family.add_metric([value], number)
    return family


def _spans(name: str, about: str, spans: Spans) -> HistogramMetricFamily:
    bounds = [*map(str, SPANS), "+Inf"]
    buckets = list(zip(bounds, accumulate(spans.numbers), strict=True))
    return HistogramMetricFamily(name, about, buckets=buckets, sum_value=spans.seconds)
