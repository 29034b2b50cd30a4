"""What a running station is made of."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from db.clock import elapsed_s
from hardware.ports import AimedPointer, Lift, Pointer, Scale, Scanner, TextDisplay, ToteLights
from station.audit.auditor import Auditor
from station.calibration_file import TaughtPointer
from station.chores import Chore
from station.core.effects import Sound
from station.core.state import Rules
from station.count_offer import OfferBudget
from station.desk.values import Disk
from station.desks import Desks, Papers, StorageDesks
from station.gate_keeper import GateKeeper
from station.late_file import LateFileStore
from station.machine_form import MachineForm
from station.people import People
from station.ports import Ledger, Library, SyncPort
from station.printing.queue import PrintQueue
from station.receipt_photos import Photos
from station.replays import Replays
from station.result_gate import ResultGate
from station.runner.keeping import CountStore
from station.runner.layouts import LayoutStore
from station.runner.pulling import CardStore
from station.runner.receiving import ReceiptStore
from station.scan_forms import ScanForms
from station.store_watch import StoreWatch
from station.tray_forecast import Forecaster
from station.wear import Intervals


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class LiftBeside:
    """A lift that stands beside that of the station's own opening, with an opening of its own (`Rules.lifts` says where)."""

    opening: str
    lift: Lift


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a station is made of. `idle_lock_s` locks the screen; `play` makes a sound or nothing."""

    station: str
    opening: str
    machine: str
    simulated: str
    ledger: Ledger
    library: Library
    lift: Lift
    gate_keeper: GateKeeper
    form: MachineForm | None = None  # what the machine is by the settings
    sqlite: str = ""
    beside: tuple[LiftBeside, ...] = ()  # further lifts before the same person
    scanners: tuple[Scanner, ...] = ()
    display: TextDisplay | None = None
    pointer: Pointer | None = None  # a light of its own; None: the machine's own pointer, or none
    teachable: AimedPointer | None = None  # the same light, where a person can turn it by hand
    taught: TaughtPointer | None = None  # and what it was taught
    totes: ToteLights | None = None
    scale: Scale | None = None
    sync: SyncPort | None = None  # None: no site database is set
    rules: Rules = field(default_factory=Rules)
    intervals: Intervals = field(default_factory=Intervals)
    forms: ScanForms = field(default_factory=ScanForms)
    idle_lock_s: float = 120.0
    counts: CountStore | None = None  # the store, where counts are decided and ordered at the screen
    offers: OfferBudget = field(default_factory=OfferBudget)  # of counts that are worth their seconds
    late: LateFileStore | None = None  # the store, where late bookings can be entered at the screen
    receipts: ReceiptStore | None = None  # the store, where goods are received
    pull: CardStore | None = None  # the store, where cards are scanned
    layouts: LayoutStore | None = None  # the store, where compartments are divided
    photos: Photos | None = None  # of received goods
    forecaster: Forecaster | None = None  # looks ahead beside the work; None: the rule alone decides
    people: People | None = None  # where they can be changed at the screen
    disk: Callable[[], Disk] | None = None  # what is said of the data directory
    auditor: Auditor | None = None  # where what is shown of the record can be proven and exported
    chores: tuple[Chore, ...] = ()
    printers: tuple[PrintQueue, ...] = ()  # each also has a chore, which prints
    gate: ResultGate = field(default_factory=ResultGate)  # what of the log may not leave for a host yet
    watch: StoreWatch = field(default_factory=StoreWatch)
    storage: StorageDesks | None = None  # who makes the figures of storage
    desks: Desks | None = None  # who makes the figures of just-in-time; None: nobody
    papers: Papers | None = None  # who writes the figures as a table and on paper; None: nobody
    replays: Replays | None = None  # who works days of the record again; None: nobody
    recordings: Path | None = None  # where the flight recorders are exported to
    play: Callable[[Sound], None] = lambda sound: None
    told_topics: Callable[[], tuple[str, ...]] = tuple  # what somebody has to be told of on the screen now
    is_site_away: Callable[[], bool] = lambda: False  # there is a site database, and it is not reached
    utc: Callable[[], datetime] = utc_now
    mono_s: Callable[[], float] = time.monotonic
    elapsed_s: Callable[[], float] = elapsed_s  # by which a step of the wall clock is seen

    @property
    def lifts(self) -> tuple[LiftBeside, ...]:
        """All lifts with their openings, the station's own first."""
        return LiftBeside(self.opening, self.lift), *self.beside
