"""How many stations one site database bears: each with a login of its own, working at a bay's pace, against one real PostgreSQL.

A station here is what the database sees of one: it tells the events of a line when the line is done, and reads the feed when the
site says that there is news, one reading after another however many hints came meanwhile. What a real one does with the answer
happens at its own bay and is left out. Stations are simulated, the database is not.
"""

from __future__ import annotations

import heapq
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from db.sync.site import SiteError, Trouble
from db.sync.values import Cursor, Told
from db.upstream.bench import told_events
from db.upstream.bench_stations import Soon
from db.upstream.connect import TOO_FEW, Database, connect, errors
from db.upstream.enrol import enrol
from db.upstream.postgres_site import PostgresSite, open_site

LINES_PER_HOUR = 200.0  # of a busy bay with a lift (design.md, "Figures")
EVENTS_PER_LINE = 6  # fetched, pointed, picked, closed, stored: what a log of the tour holds for each line
WORKERS = 8  # threads that play all stations: so many are with the database at the same moment
SEED = 11
_ROOM = """
SELECT current_setting('max_connections')::int - count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend'
"""
_BACKENDS = "SELECT pid FROM pg_stat_activity"


@dataclass(frozen=True, slots=True)
class ManyFigures:
    """`told`: from the end of a line to the site's receipt; `read`: from a hint to the feed that holds it. `database_cores`: the
    processors that the database used, None where it runs on another computer."""

    stations: int
    told_lines: int
    lines_per_h: float
    events_per_s: float
    told: Soon
    read: Soon
    reads_per_s: float
    late_lines: int  # told more than a second after their moment: the database did not keep up
    database_cores: float | None


@dataclass(slots=True)
class _Station:
    site: PostgresSite
    events: Sequence[Told]
    next_event: int = 0
    cursor: Cursor = field(default_factory=Cursor)
    hinted_s: float | None = None  # since when there is news that it has not read
    is_reading: bool = False


def measure_many(url: str, *, stations: int = 200, seconds: float = 30.0, lines_per_hour: float = LINES_PER_HOUR) -> ManyFigures:
    """Raises SiteError: U507 where the database admits too few connections."""
    lines = int(lines_per_hour / 3600 * seconds * 2) + 5  # of each station: more than any of them will have time for
    with ExitStack() as stack:
        watcher = stack.enter_context(connect(url, is_station=False))
        _refuse_too_few(watcher, stations)
        crowd = [_enrolled(stack, url, f"BENCH{n:03}", lines) for n in range(stations)]
        play = _Play(crowd, seconds=seconds, lines_per_hour=lines_per_hour)
        used_s = _used_s(watcher)
        began_s = time.perf_counter()
        play.run()
        took_s = time.perf_counter() - began_s
        after_s = _used_s(watcher)
    cores = None if used_s is None or after_s is None else (after_s - used_s) / took_s
    return ManyFigures(
        stations=stations,
        told_lines=len(play.told_s),
        lines_per_h=len(play.told_s) / took_s * 3600,
        events_per_s=len(play.told_s) * EVENTS_PER_LINE / took_s,
        told=Soon.of(play.told_s),
        read=Soon.of(play.read_s),
        reads_per_s=len(play.read_s) / took_s,
        late_lines=sum(each > 1.0 for each in play.told_s),
        database_cores=cores,
    )


def _enrolled(stack: ExitStack, url: str, name: str, lines: int) -> _Station:
    enrolment = enrol(url, name)
    site = open_site(url, role=enrolment.role, secret=enrolment.secret)
    stack.callback(site.close)
    station = _Station(site, told_events(name, lines * EVENTS_PER_LINE))
    station.cursor = site.pull(station.cursor).cursor
    return station


class _Play:
    """The stations' time: lines end at random moments (Poisson), a hint is for everybody."""

    def __init__(self, crowd: Sequence[_Station], *, seconds: float, lines_per_hour: float) -> None:
        self._crowd = crowd
        self._gate = threading.Condition()
        self._ends_s = time.perf_counter() + seconds
        self._due = sorted(_moments(len(crowd), seconds, lines_per_hour))
        self._start_s = time.perf_counter()
        self._waiting: list[tuple[float, int]] = []  # hinted stations, the longest waiting first
        self.told_s: list[float] = []
        self.read_s: list[float] = []
        self.failures: list[Exception] = []

    def run(self) -> None:
        threads = [threading.Thread(target=self._work, name=f"bench-many-{n}") for n in range(WORKERS)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        if self.failures:
            raise self.failures[0]

    def _work(self) -> None:
        try:
            while (job := self._next_job()) is not None:
                self._tell(*job) if job[1] is not None else self._read(job[0])
        except Exception as error:  # noqa: BLE001 - raised by whoever measures
            self.failures.append(error)

    def _next_job(self) -> tuple[int, float | None] | None:
        """A line that has ended (station, its moment), or a station that has news to read (station, None); None at the end."""
        with self._gate:
            while True:
                now_s = time.perf_counter()
                if now_s >= self._ends_s or self.failures:
                    return None
                if self._due and self._start_s + self._due[0][0] <= now_s and self._is_free(self._due[0][1]):
                    after_s, number = self._due.pop(0)
                    self._crowd[number].is_reading = True
                    return number, self._start_s + after_s
                if (waiting := self._pop_waiting()) is not None:
                    return waiting, None
                due_s = self._start_s + self._due[0][0] - now_s if self._due else 1.0
                self._gate.wait(min(max(due_s, 0.001), self._ends_s - now_s))

    def _is_free(self, number: int) -> bool:
        return not self._crowd[number].is_reading

    def _pop_waiting(self) -> int | None:
        for at, (_, number) in enumerate(self._waiting):
            if self._is_free(number):
                del self._waiting[at]
                heapq.heapify(self._waiting)
                self._crowd[number].is_reading = True
                return number
        return None

    def _tell(self, number: int, due_s: float | None) -> None:
        station = self._crowd[number]
        first, station.next_event = station.next_event, station.next_event + EVENTS_PER_LINE
        station.site.push(station.events[first : station.next_event])
        now_s = time.perf_counter()
        with self._gate:
            self.told_s.append(now_s - (due_s or now_s))
            station.is_reading = False
            for other, each in enumerate(self._crowd):
                if each.hinted_s is None:
                    each.hinted_s = now_s
                    heapq.heappush(self._waiting, (now_s, other))
            self._gate.notify_all()

    def _read(self, number: int) -> None:
        station = self._crowd[number]
        with self._gate:
            hinted_s, station.hinted_s = station.hinted_s, None
        station.cursor = station.site.pull(station.cursor).cursor
        with self._gate:
            if hinted_s is not None:
                self.read_s.append(time.perf_counter() - hinted_s)
            station.is_reading = False
            self._gate.notify_all()


def _moments(stations: int, seconds: float, lines_per_hour: float) -> Iterator[tuple[float, int]]:
    random = Random(SEED)
    for number in range(stations):
        at_s = random.expovariate(lines_per_hour / 3600)
        while at_s < seconds:
            yield at_s, number
            at_s += random.expovariate(lines_per_hour / 3600)


def _refuse_too_few(watcher: Database, stations: int) -> None:
    with errors():
        row = watcher.execute(_ROOM).fetchone()
    room = row[0] if row else 0
    if room < stations + WORKERS:
        raise SiteError(Trouble.DATA, TOO_FEW, f"the database admits {room} more connections; max_connections is to be larger")


def _used_s(watcher: Database) -> float | None:
    """Processor time of all processes of the database so far; None where it is on another computer."""
    with errors():
        pids = [row[0] for row in watcher.execute(_BACKENDS).fetchall()]
    try:
        return sum(_processor_s(pid) for pid in pids)
    except OSError:
        return None


def _processor_s(pid: int) -> float:
    """User and system time, fields 14 and 15 of proc(5)'s stat."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
