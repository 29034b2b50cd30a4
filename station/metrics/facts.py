"""What is told of a station, and under which names. No person and no address: a monitoring system has other readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from db.commit_meter import CommitTimes
from db.sync.status import SyncState, SyncStatus
from station.devices import DeviceState
from station.metrics.exposition import Kind, Metric, Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One moment of a station. `alarms` are the codes that hold, each once; `at` and `began_at` are UTC."""

    station: str
    version: str
    at: datetime
    began_at: datetime
    is_read_only: bool
    commits: CommitTimes
    store_bytes: int
    disk_free_bytes: int
    results_waiting: int
    copied_at: datetime | None
    devices: tuple[DeviceState, ...]
    alarms: tuple[str, ...]
    sync: SyncStatus | None = None


def metrics_of(facts: Facts) -> tuple[Metric, ...]:
    """Everything that is told, in the order of the page docs/site.md."""
    of = {"station": facts.station}
    return (
        _gauge("baylight_info", "1; the version of the program", 1, {**of, "version": facts.version}),
        _gauge("baylight_written_timestamp_seconds", "When these figures were written", facts.at.timestamp(), of),
        _gauge("baylight_start_timestamp_seconds", "When the program was started", facts.began_at.timestamp(), of),
        *_store(facts, of),
        *_site(facts.sync, of),
        *_devices(facts.devices, of),
        _gauges(
            "baylight_alarm", "1 for each alarm that holds, by its code", ((1, {**of, "code": each}) for each in facts.alarms)
        ),
        _gauge("baylight_alarms", "How many alarms hold", len(facts.alarms), of),
    )


def _store(facts: Facts, of: Mapping[str, str]) -> tuple[Metric, ...]:
    times = facts.commits
    return (
        Metric(
            "baylight_commit_seconds",
            Kind.SUMMARY,
            "How long the last 512 commits took, to the disk's word",
            (
                Sample(times.p50_s, {**of, "quantile": "0.5"}),
                Sample(times.p99_s, {**of, "quantile": "0.99"}),
                Sample(times.total_s, of, "_sum"),
                Sample(times.commits, of, "_count"),
            ),
        ),
        _gauge("baylight_store_read_only", "1 while the store takes no bookings, for a full disk", facts.is_read_only, of),
        _gauge("baylight_store_bytes", "Size of the store with its journal", facts.store_bytes, of),
        _gauge("baylight_disk_free_bytes", "Room on the store's disk", facts.disk_free_bytes, of),
        _gauge("baylight_results_waiting", "Result files that the host has not acknowledged", facts.results_waiting, of),
        _moment("baylight_copied_timestamp_seconds", "When the newest copy of the store was made", facts.copied_at, of),
    )


def _site(sync: SyncStatus | None, of: Mapping[str, str]) -> tuple[Metric, ...]:
    if sync is None or sync.state is SyncState.OFF:
        return ()
    return (
        _gauge("baylight_site_reached", "1 while the site database is reached", not sync.is_away, of),
        _gauge("baylight_outbox_events", "Events that the site database has not acknowledged", sync.depth, of),
        _moment("baylight_outbox_oldest_timestamp_seconds", "When the oldest of them was written", sync.oldest_at, of),
        _gauge("baylight_outbox_documents", "Documents changed here that the site has not taken over", sync.dirty, of),
        _gauge(
            "baylight_site_exceptions", "What the site refused, or holds beside this station's word", len(sync.exceptions), of
        ),
    )


def _devices(devices: Iterable[DeviceState], of: Mapping[str, str]) -> tuple[Metric, ...]:
    known = [(each.health, {**of, "device": each.name, "kind": each.kind}) for each in devices]
    return (
        _gauges("baylight_line_up", "1 while the device answers", ((health.is_up, at) for health, at in known)),
        _counters("baylight_line_errors_total", "Damaged or unexpected frames", ((health.errors, at) for health, at in known)),
        _counters(
            "baylight_line_retries_total", "Questions that were asked again", ((health.retries, at) for health, at in known)
        ),
        _counters(
            "baylight_line_reconnects_total", "Times the line was opened anew", ((health.reconnects, at) for health, at in known)
        ),
        _gauges(
            "baylight_line_round_trip_p99_seconds",
            "The slowest of a hundred answers",
            ((health.round_trip_p99_ms / 1000, at) for health, at in known if health.round_trips),
        ),
    )


def _moment(name: str, means: str, at: datetime | None, of: Mapping[str, str]) -> Metric:
    return Metric(name, Kind.GAUGE, means, () if at is None else (Sample(at.timestamp(), of),))


def _gauge(name: str, means: str, value: float, labels: Mapping[str, str]) -> Metric:
    return Metric(name, Kind.GAUGE, means, (Sample(float(value), labels),))


def _gauges(name: str, means: str, found: Iterable[tuple[float, Mapping[str, str]]]) -> Metric:
    return Metric(name, Kind.GAUGE, means, tuple(Sample(float(value), labels) for value, labels in found))


def _counters(name: str, means: str, found: Iterable[tuple[float, Mapping[str, str]]]) -> Metric:
    return Metric(name, Kind.COUNTER, means, tuple(Sample(float(value), labels) for value, labels in found))
