"""What a monitoring system reads: the text, and that it is there whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.commit_meter import CommitMeter, CommitTimes
from db.sync.status import SyncState, SyncStatus
from hardware.values import LineHealth
from station.devices import DeviceState
from station.metrics.exposition import Kind, Metric, Sample, text_of
from station.metrics.facts import Facts, metrics_of
from station.metrics.file import MetricsFile

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
LIFT = DeviceState(
    "VLM1", "machine", LineHealth(name="VLM1", url="tcp://user:secret@10.0.0.7:4001", is_up=True, errors=3, retries=2)
)
FACTS = Facts(
    station="BAY1",
    version="1.2",
    at=NOON,
    began_at=NOON,
    is_read_only=False,
    commits=CommitTimes(commits=7, total_s=0.5, p50_s=0.002, p99_s=0.03125),
    store_bytes=4096,
    disk_free_bytes=10**9,
    results_waiting=2,
    copied_at=None,
    devices=(LIFT,),
    alarms=("L101", "D422"),
)


def lines(facts: Facts) -> list[str]:
    return text_of(metrics_of(facts)).splitlines()


def test_a_station_tells_its_commits_lines_and_alarms() -> None:
    told = lines(FACTS)
    assert 'baylight_commit_seconds{station="BAY1",quantile="0.99"} 0.03125' in told
    assert 'baylight_commit_seconds_count{station="BAY1"} 7' in told
    assert 'baylight_line_errors_total{station="BAY1",device="VLM1",kind="machine"} 3' in told
    assert 'baylight_line_up{station="BAY1",device="VLM1",kind="machine"} 1' in told
    assert 'baylight_alarm{station="BAY1",code="D422"} 1' in told
    assert 'baylight_alarms{station="BAY1"} 2' in told
    assert 'baylight_results_waiting{station="BAY1"} 2' in told


def test_what_is_not_there_is_left_out_and_not_zero() -> None:
    told = "\n".join(lines(FACTS))
    for name in ("baylight_copied", "baylight_outbox", "baylight_site_reached", "baylight_line_round_trip"):
        assert name not in told


def test_a_station_with_a_site_tells_what_waits() -> None:
    told = lines(replace(FACTS, sync=SyncStatus(state=SyncState.OFF)))
    assert not [each for each in told if "outbox" in each]
    away = SyncStatus(state=SyncState.ISLAND, depth=41, since=NOON, oldest_at=NOON, at=NOON)
    told = lines(replace(FACTS, sync=away))
    assert 'baylight_outbox_events{station="BAY1"} 41' in told
    assert 'baylight_site_reached{station="BAY1"} 0' in told
    assert f'baylight_outbox_oldest_timestamp_seconds{{station="BAY1"}} {int(NOON.timestamp())}' in told


def test_no_address_and_no_secret_is_told() -> None:
    assert "secret" not in text_of(metrics_of(FACTS))
    assert "10.0.0.7" not in text_of(metrics_of(FACTS))


def test_every_name_is_told_once_with_its_kind_and_meaning() -> None:
    told = lines(replace(FACTS, sync=SyncStatus(state=SyncState.ONLINE, at=NOON)))
    kinds = [each.split()[2] for each in told if each.startswith("# TYPE")]
    assert len(set(kinds)) == len(kinds)
    assert [each.split()[2] for each in told if each.startswith("# HELP")] == kinds
    samples = [each for each in told if not each.startswith("#")]
    assert len({each.rsplit(" ", 1)[0] for each in samples}) == len(samples)


@pytest.mark.parametrize(("label", "told"), [('a"b', 'a\\"b'), ("a\\b", "a\\\\b"), ("a\nb", "a\\nb")])
def test_what_a_label_may_not_hold_is_escaped(label: str, told: str) -> None:
    text = text_of([Metric("name", Kind.GAUGE, "means", (Sample(1.5, {"label": label}),))])
    assert text == f'# HELP name means\n# TYPE name gauge\nname{{label="{told}"}} 1.5\n'


def test_the_file_is_written_whole_and_only_when_somebody_looks(tmp_path: Path) -> None:
    path = tmp_path / "baylight.prom"
    file = MetricsFile(path)
    file.turn()
    assert not path.exists()
    file.look = lambda: FACTS
    file.turn()
    assert path.read_text() == text_of(metrics_of(FACTS))
    assert [each.name for each in tmp_path.iterdir()] == ["baylight.prom"]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    file = MetricsFile(tmp_path / "none" / "baylight.prom")
    file.look = lambda: FACTS
    with pytest.raises(FileNotFoundError):
        file.turn()


def test_the_meter_keeps_the_last_commits_and_counts_all() -> None:
    meter = CommitMeter()
    assert meter.times() == CommitTimes()
    for _ in range(1000):
        meter.took(1.0)
    for thousandths in range(1, 513):
        meter.took(thousandths / 1000)
    times = meter.times()
    assert (times.commits, times.p50_s, times.p99_s) == (1512, 0.256, 0.507)
