"""The measurements of `baylight bench`: each a function that gives named figures with their target on this class of machine."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

TOUR_ORDERS = 12
TOUR_STATION = "DEMO1"  # as the demo names it
TOUR_SPEED = 200
TOUR_SEED = 7
HELP_RUNS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `target` is what the product promises on two cores; `is_ceiling` says that less is better."""

    name: str
    value: float
    unit: str
    target: float
    is_ceiling: bool = True

    @property
    def is_met(self) -> bool:
        return self.value <= self.target if self.is_ceiling else self.value >= self.target

    def as_row(self) -> dict[str, object]:
        return {"name": self.name, "value": self.value, "unit": self.unit, "target": self.target, "is_met": self.is_met}


def computer() -> str:
    """The computer that is measured: processor, how many of them, memory, system."""
    model, memory_gb = platform.processor() or platform.machine(), ""
    if sys.platform == "linux":
        names = [line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
        memory_gb = f", {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB"
    return f"{model} x {os.cpu_count()}{memory_gb}, {platform.system()} {platform.release()}, Python {platform.python_version()}"


def measure_help() -> tuple[Figure, ...]:
    """How long the command line needs to say what it can do: the best of several runs."""
    took = []
    for _ in range(HELP_RUNS):
        began_s = time.perf_counter()
        subprocess.run([sys.executable, "-m", "ui", "--help"], check=True, capture_output=True, timeout=30)
        took.append(time.perf_counter() - began_s)
    return (Figure("help_s", round(min(took), 3), "s", 0.15),)


def measure_tour() -> tuple[Figure, ...]:
    """A short headless tour: start, latencies, stalls and memory. The second start on the store is the warm one."""
    with tempfile.TemporaryDirectory(prefix="baylight-bench-") as made:
        _tour(Path(made), TOUR_ORDERS)
        summary = _tour(Path(made), TOUR_ORDERS)
    return _of_tour(summary)


def measure_full_tour(*, events: int = 1_000_000, compartments: int = 50_000) -> tuple[Figure, ...]:
    """The same tour in a store with a long past and a big plant's stock."""
    from ui.bootstrap.full_store import fill_store

    with tempfile.TemporaryDirectory(prefix="baylight-bench-") as made:
        _tour(Path(made), TOUR_ORDERS)
        fill_store(Path(made), station=TOUR_STATION, events=events, compartments=compartments)
        figures = _of_tour(_tour(Path(made), TOUR_ORDERS))
    return tuple(replace(each, name=f"full_{each.name}") for each in figures)


def _of_tour(summary: Mapping[str, Any]) -> tuple[Figure, ...]:
    stall = summary["loop_stall_ms"]
    return (
        Figure("start_to_painted_s", summary["start_to_painted_s"], "s", 1.0),
        Figure("confirm_to_paint_p99_ms", summary["confirm_to_paint_ms"]["p99"], "ms", 50.0),
        Figure("scan_to_paint_p99_ms", summary["scan_to_paint_ms"]["p99"], "ms", 50.0),
        Figure("screen_change_p99_ms", summary["screen_change_ms"]["p99"], "ms", 200.0),
        Figure("loop_stall_max_ms", stall["max"], "ms", 100.0),
        Figure("loop_stall_p99_ms", stall["p99"], "ms", 16.0),  # one frame at 60 Hz
        Figure("rss_mb", summary["rss_mb"], "MB", 150.0),
    )


def measure_store() -> tuple[Figure, ...]:
    """Bookings a second through the writer, and a store of a million events, with raw limits of the same run beside."""
    from ui.bootstrap.bench import measure_bookings
    from ui.bootstrap.long_store import measure_long_store

    with tempfile.TemporaryDirectory(prefix="baylight-bench-") as made:
        bookings, raw = measure_bookings(Path(made))
        long = measure_long_store(Path(made))
    return (
        Figure("bookings_per_s", round(bookings), "1/s", 1000.0, is_ceiling=False),
        Figure("raw_sqlite_per_s", round(raw), "1/s", 0.0, is_ceiling=False),
        Figure("long_store_made_s", round(long.made_s, 1), "s", 40.0),
        Figure("long_store_open_s", round(long.open_s, 2), "s", 2.0),
        Figure("long_store_page_check_s", round(long.page_check_s, 1), "s", 30.0),
        Figure("booking_median_ms", round(long.booking_ms[0], 2), "ms", round(3 * long.raw_booking_ms, 2)),
        Figure("raw_booking_median_ms", round(long.raw_booking_ms, 2), "ms", 20.0),
        Figure("booking_p99_ms", round(long.booking_ms[1], 2), "ms", 20.0),
        Figure("booking_growth_to_1e6_events", round(long.growth, 2), "", 1.2),
        Figure("audit_query_p99_ms", round(long.query_p99_ms, 2), "ms", 50.0),
        Figure("verified_per_s", round(long.verified_per_s), "1/s", 200_000.0, is_ceiling=False),
        Figure("raw_hashed_per_s", round(long.hashed_per_s), "1/s", 0.0, is_ceiling=False),
    )


def measure_site(url: str) -> tuple[Figure, ...]:
    """A scratch site database and its stations: needs the superuser's address of a database that nobody works with."""
    from ui.bootstrap.site_bench import measure_site as measure

    with tempfile.TemporaryDirectory(prefix="baylight-bench-") as made:
        found = measure(url, Path(made))
    push, news, cold = found.push, found.news, found.cold
    return (
        Figure("push_verified_per_s", round(push.verified_per_s), "1/s", 10_000.0, is_ceiling=False),
        Figure("raw_push_unverified_per_s", round(push.raw_per_s), "1/s", 0.0, is_ceiling=False),
        Figure("push_of_raw", round(push.verified_per_s / push.raw_per_s, 2), "", 0.5, is_ceiling=False),
        Figure("eight_stations_per_s", round(push.together_per_s), "1/s", 20_000.0, is_ceiling=False),
        Figure("eight_stations_batch_p99_ms", round(push.batch_p99_ms, 1), "ms", 250.0),
        Figure("eight_stations_refused", push.refused, "", 0.0),
        Figure("released_to_visible_p50_ms", round(news.released.p50_ms, 1), "ms", 250.0),
        Figure("released_to_visible_p99_ms", round(news.released.p99_ms, 1), "ms", 250.0),
        Figure("booked_to_visible_p99_ms", round(news.booked.p99_ms, 1), "ms", 250.0),
        Figure("raw_notify_p99_ms", round(news.raw_notify.p99_ms, 2), "ms", 250.0),
        Figure("cold_start_70k_rows_s", round(cold.took_s, 2), "s", 5.0),
        Figure("raw_select_70k_rows_s", round(cold.raw_s, 2), "s", 5.0),
        Figure("folded_per_s", round(found.folded_per_s), "1/s", 0.0, is_ceiling=False),
        Figure("backlog_drained_per_s", round(found.drained_per_s), "1/s", 0.0, is_ceiling=False),
    )


def measure_many_stations(url: str, *, stations: int = 200, seconds: float = 30.0) -> tuple[Figure, ...]:
    """So many simulated stations at one real site database, at the pace of busy bays. As `measure_site`."""
    from ui.bootstrap.site_bench import measure_many as measure

    found = measure(url, stations=stations, seconds=seconds)
    cores = (
        ()
        if found.database_cores is None
        else (Figure("database_cores", round(found.database_cores, 2), "", 0.0, is_ceiling=False),)
    )
    return (
        Figure("stations", found.stations, "", 0.0, is_ceiling=False),
        Figure("stations_lines_per_h", round(found.lines_per_h), "1/h", 0.0, is_ceiling=False),
        Figure("stations_events_per_s", round(found.events_per_s, 1), "1/s", 0.0, is_ceiling=False),
        Figure("stations_reads_per_s", round(found.reads_per_s), "1/s", 0.0, is_ceiling=False),
        Figure("line_told_p50_ms", round(found.told.p50_ms, 1), "ms", 250.0),
        Figure("line_told_p99_ms", round(found.told.p99_ms, 1), "ms", 1000.0),
        Figure("news_read_p50_ms", round(found.read.p50_ms, 1), "ms", 1000.0),
        Figure("news_read_p99_ms", round(found.read.p99_ms, 1), "ms", 5000.0),
        Figure("lines_told_late", found.late_lines, "", 0.0),
        *cores,
    )


def measure_booking_latency() -> tuple[Figure, ...]:
    """How long a booking waits for the disk while the store imports, copies itself, or checks items beside it."""
    from ui.bootstrap.latency import PROMISE_P99_MS, measure_latency

    with tempfile.TemporaryDirectory(prefix="baylight-bench-") as made:
        found = measure_latency(Path(made))
    return tuple(
        Figure(f"booking_{each.name}_p99_ms", getattr(found, each.name).p99_ms, "ms", PROMISE_P99_MS) for each in fields(found)
    )


def measure_jit(*, items: int = 20_000) -> tuple[Figure, ...]:
    """The just-in-time report on a big assortment with two years of order lines in the store."""
    from ui.bootstrap.jit_bench import measure_report

    with tempfile.TemporaryDirectory(prefix="baylight-bench-") as made:
        found = measure_report(Path(made), items=items)
    return (
        Figure("jit_lines", found.lines, "", 0.0, is_ceiling=False),
        Figure("jit_read_s", round(found.read_s, 2), "s", 10.0),
        Figure("jit_report_s", round(found.read_s + found.judged_s, 2), "s", 10.0),
    )


def measure_tray_history() -> tuple[Figure, ...]:
    """Any tray at any moment of its past, in a store of a million events."""
    from ui.bootstrap.history_bench import measure_history

    with tempfile.TemporaryDirectory(prefix="baylight-bench-") as made:
        found = measure_history(Path(made))
    return (
        Figure("history_open_p99_ms", round(found.open_ms, 1), "ms", 200.0),
        Figure("history_step_p99_ms", round(found.step_ms, 1), "ms", 50.0),
        Figure("history_filter_p99_ms", round(found.filter_ms, 1), "ms", 200.0),
        Figure("history_trace_p99_ms", round(found.trace_ms, 1), "ms", 200.0),
    )


def _measure_hardware() -> Sequence[Figure]:
    from ui.demo.line_figures import measure_hardware

    return measure_hardware()


def _measure_planner() -> Sequence[Figure]:
    from ui.demo.planner_figures import measure_planner

    return measure_planner()


def _measure_forecast() -> Sequence[Figure]:
    from ui.demo.forecast_figures import measure_forecast

    return measure_forecast()


def _measure_waiting() -> Sequence[Figure]:
    from ui.demo.waiting_figures import measure_waiting

    return measure_waiting()


MEASUREMENTS: dict[str, Callable[[], Sequence[Figure]]] = {
    "help": measure_help,
    "store": measure_store,
    "latency": measure_booking_latency,
    "tour": measure_tour,
    "full": measure_full_tour,
    "hardware": _measure_hardware,
    "history": measure_tray_history,
    "jit": measure_jit,
    "planner": _measure_planner,
    "forecast": _measure_forecast,
    "waiting": _measure_waiting,
}


def _tour(data: Path, orders: int) -> dict[str, Any]:
    drawn = ["--orders", orders, "--speed", TOUR_SPEED, "--seed", TOUR_SEED]
    words = ["demo", "--headless", *drawn, "--data", data, "--look-around", "--json"]
    command = [sys.executable, "-m", "ui", *map(str, words)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=600)
    summary: dict[str, Any] = json.loads(done.stdout)
    return summary
