"""The station: its parts by the settings, and what it does by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ui.bootstrap.audit import heads_folder, make_auditor
from ui.bootstrap.devices import display_of, lift_of, motion_limits_s, precision_of, scale_of, scanners_of
from ui.bootstrap.hosts import make_host_chores
from ui.bootstrap.lifts import beside_of, places_of
from ui.bootstrap.lights import pointer_of, totes_of
from ui.bootstrap.metrics import metrics_chores, metrics_file, watch_over
from ui.bootstrap.printing import labelling, make_queues, print_chores
from ui.bootstrap.requests import SAMPLE_MARK
from ui.bootstrap.telling import disk_of, make_teller, telling_chore
from ui.bootstrap.upkeep import copy_folders, drift_chore, make_upkeep

if TYPE_CHECKING:
    from db.store import Store
    from station.chores import Chore
    from station.core.effects import Sound
    from station.count_tolerance import CountTolerance
    from station.planner.problem import PolicyName
    from station.planner_settings import PlannerSettings
    from station.ports import SyncPort
    from station.pull.keeper import PullKeeper
    from station.receipt_photos import Photos
    from station.results import Results
    from station.runner.station import Station
    from station.settings import CountSettings, LoadSettings, MachineSettings, ReceiptSettings, RetentionSettings, Settings
    from station.tray_forecast import Forecaster
    from station.values import Role
    from station.zones import Zones

    SampleRows = tuple[tuple[str, str, str, Role], ...]
    Play = Callable[[Sound], None]

RESULTS_EVERY_S = 5.0
AUDIT_EVERY_S = 60.0
RETENTION_EVERY_S = 3600.0  # hourly, so that a station which is switched off each night has its turn too
PULL_EVERY_S = 1.0  # so often it is looked whether a stock has come to its trigger
EMERGENCY_EVERY_S = 10.0  # so often it is looked whether the list is due


def silent(sound: Sound) -> None:
    """Plays nothing."""


def make_station(
    store: Store,
    settings: Settings,
    directory: Path,
    *,
    results: Results,
    sample_people: SampleRows = (),
    play: Play = silent,
    sync: SyncPort | None = None,
) -> Station:
    """The station on an open store, with the devices of its settings; nothing is opened yet. Raises ConfigError, SecretError."""
    from db import sqlite
    from db.envelope import utc_now
    from station.accuracy.desk import count_rules_of
    from station.core.state import Rules
    from station.count_offer import OfferBudget
    from station.figures.sheet import by_person_of
    from station.flows.other_task import ScrapLimit
    from station.gate_keeper import GateKeeper
    from station.machine_form import form_of
    from station.people import People
    from station.pull.keeper import PullKeeper
    from station.rules.absent import AbsentRule
    from station.runner.parts import Parts
    from station.runner.station import Station
    from station.sample.people import SAMPLE_PINS
    from station.scan_bars import suppliers_of
    from station.scan_forms import FILE, ScanForms
    from station.secret import open_pepper
    from station.store_watch import StoreWatch
    from station.wear import intervals_of
    from ui.bootstrap.desks import DeskProcess
    from ui.bootstrap.papers import PaperProcess
    from ui.bootstrap.replays import ReplayProcess
    from ui.bootstrap.storage_desk import StorageProcess

    machine = settings.machine
    watch = StoreWatch()
    scanners = scanners_of(settings.scanner)
    bay_pointer = pointer_of(settings.pointer, directory)
    queues = make_queues(store, settings)
    pepper = open_pepper(directory)
    forbidden = frozenset() if (directory / SAMPLE_MARK).exists() else SAMPLE_PINS
    teller = make_teller(store, settings, sync)
    keeper = PullKeeper(store, utc=utc_now)
    metrics = metrics_file(settings)
    parts = Parts(
        station=settings.station.name,
        opening=machine.opening,
        machine=machine.name,
        simulated=machine.simulated,
        ledger=labelling(store, settings, queues),
        printers=queues,
        library=store,
        late=store,
        counts=store,
        receipts=store,
        layouts=store,
        pull=store,
        photos=photos_of(settings.receipts, directory),
        offers=OfferBudget(per_hour_s=settings.count.budget_s_per_hour, each_s=settings.count.offer_s),
        lift=lift_of(machine),
        beside=beside_of(settings),
        gate_keeper=GateKeeper(
            store,
            store,
            pepper,
            offline_days=settings.sign_on.offline_days,
            pin_length=settings.sign_on.pin_length,
            forbidden_pins=forbidden,
        ),
        people=People(store=store, pepper=pepper, forbidden_pins=forbidden, pin_length=settings.sign_on.pin_length),
        scanners=scanners,
        forms=ScanForms(directory / FILE, settings.wedge),
        display=display_of(settings.display),
        pointer=bay_pointer.pointer,
        teachable=bay_pointer.teachable,
        taught=bay_pointer.taught,
        totes=totes_of(settings.totes),
        scale=scale_of(settings.scale),
        sync=sync,
        is_site_away=lambda: sync is not None and sync.status.is_away,
        rules=Rules(
            return_by_badge_s=settings.sign_on.return_by_badge_s,
            pin_length=settings.sign_on.pin_length,
            sample_people=sample_people,
            tolerance=None if settings.count.approval == "off" else tolerance_of(settings.count),
            offers_counts=settings.count.budget_s_per_hour >= settings.count.offer_s,
            correction=tolerance_of(settings.count),
            load_ceilings=ceilings_of(settings.loads),
            counts=count_rules_of(settings.count),
            by_person=by_person_of(settings.figures),
            absent=AbsentRule(settings.two_person.pending_value, settings.two_person.emergency == "on"),
            scrap=ScrapLimit(settings.other_work.scrap_pieces, settings.other_work.scrap_value),
            counter_value=settings.other_work.counter_value,
            planner=policy_of(settings.planner),
            times_lines=True,
            may_prefetch=machine.prefetch == "on" and machine.kind == "lift",
            stop_causes=stop_causes(machine),
            zones=zones_of(settings),
            lifts=places_of(settings),
            put_places=put_places(settings.totes.positions),
            quarantine=settings.receipts.quarantine,
            has_desk=True,
            can_replay=True,
            bar_suppliers=suppliers_of(settings.receipts.identifiers),
            has_photos=bool(settings.receipts.photos),
            keeps_bin=machine.kind == "carousel",
            motion_limits_s=motion_limits_s(machine),
            precision=precision_of(settings.scale),
            warn_age_s=round(settings.upstream.warn_age_h * 3600),
            warn_events=settings.upstream.warn_events,
        ),
        forecaster=forecaster_of(settings.planner),
        intervals=intervals_of(settings),
        desks=DeskProcess(directory, settings),
        papers=PaperProcess(directory, settings),
        storage=StorageProcess(directory, settings),
        replays=ReplayProcess(directory, settings),
        idle_lock_s=settings.sign_on.idle_lock_s,
        play=play,
        form=form_of(machine),
        sqlite=sqlite.library().sqlite_version,
        disk=disk_of(settings, directory),
        told_topics=lambda: teller.shown,
        auditor=make_auditor(settings, directory),
        chores=(
            *make_chores(store, results, heads=heads_folder(settings, directory)),
            *make_host_chores(store, results, settings, directory),
            make_retention(store, results, directory, settings.retention),
            *make_upkeep(store, settings, directory, watch),
            drift_chore(store, settings),
            emergency_chore(store, settings, directory),
            *print_chores(queues),
            pull_chore(keeper),
            *metrics_chores(metrics, settings),
            *((telling_chore(teller),) if settings.tell else ()),
        ),
        gate=results.gate,
        watch=watch,
        recordings=directory / "recordings",
    )
    station = Station(parts)
    keeper.told = station.site_changed_elsewhere
    watch_over(metrics, station, parts, store, results, copy_folders(settings, directory))
    return station


def put_places(positions: str) -> tuple[str, ...]:
    """The names of the put places, in the order of the settings, each once."""
    return tuple(dict.fromkeys(each.strip() for each in positions.split(",") if each.strip()))


def policy_of(planner: PlannerSettings) -> PolicyName | None:
    """By which rule the trays of a round come; None: as its tasks stand."""
    from station.planner.problem import PolicyName

    return None if planner.policy == "off" else PolicyName(planner.policy)


def forecaster_of(planner: PlannerSettings) -> Forecaster | None:
    """Who looks ahead beside the work: a process of its own, where the policy is the beam."""
    from ui.bootstrap.plan_child import ChildForecaster

    return ChildForecaster() if planner.policy == "planner" else None


def zones_of(settings: Settings) -> Zones:
    """The places without a lift beside the machine, in walking order. Raises ConfigError."""
    from hardware.config import ConfigError
    from station.zones import Zone, ZoneKind, named

    names = [settings.machine.name, *(each.name for each in settings.zone)]
    if len(set(names)) < len(names):
        raise ConfigError("zone.name", ", ".join(names[1:]), "another name for each zone, and none of the machine")
    return named(Zone(each.name, ZoneKind(each.kind), each.title, each.put == "always") for each in settings.zone)


def tolerance_of(count: CountSettings) -> CountTolerance:
    """How far a count may be from the book."""
    from station.count_tolerance import CountTolerance

    return CountTolerance(count.tolerance_pieces, count.tolerance_percent)


def photos_of(receipts: ReceiptSettings, directory: Path) -> Photos | None:
    """Where photos of received goods appear, and where those that are attached stay."""
    from station.receipt_photos import Photos

    return Photos(Path(receipts.photos), directory / "photos") if receipts.photos else None


def ceilings_of(loads: LoadSettings) -> dict[str, int]:
    """How many loads may wait in the machine, by consumer."""
    pairs = (each.rpartition("=") for each in loads.ceilings.split(",") if each)
    return {consumer.strip(): int(most) for consumer, _, most in pairs}


def stop_causes(machine: MachineSettings) -> dict[str, str]:
    """What the machine's own codes mean, as far as the settings say."""
    named = {machine.curtain_code: "light_curtain", machine.e_stop_code: "e_stop"}
    return {code: cause for code, cause in named.items() if code}


def make_chores(store: Store, results: Results, *, heads: Path) -> tuple[Chore, ...]:
    """What a running station does by itself: results out, acknowledgements in, the record's heads."""
    from db.errors import RESULTS_FAILED, SIGNING_FAILED
    from db.heads import HeadKeeper
    from station.chores import Chore

    keeper = HeadKeeper(store, heads, lambda: store.sealing.key)
    return (
        Chore(
            "results",
            RESULTS_EVERY_S,
            results.export,
            ends_with=True,
            at_end=results.finish,
            stop=results.stop,
            code=RESULTS_FAILED,
        ),
        Chore("acknowledgements", RESULTS_EVERY_S, results.collect_acknowledged, code=RESULTS_FAILED),
        Chore("key", AUDIT_EVERY_S, store.sealing.begin, code=SIGNING_FAILED),  # where the start could not, for a full disk
        Chore("heads", AUDIT_EVERY_S, keeper.keep, ends_with=True, code=SIGNING_FAILED),
    )


def make_retention(store: Store, results: Results, directory: Path, kept: RetentionSettings) -> Chore:
    """What is past its time is removed."""
    from db.envelope import utc_now
    from db.errors import RETENTION_FAILED
    from station.chores import Chore
    from station.retention import Retention

    folder = directory / "recordings"
    retention = Retention(settings=kept, store=store, recordings=folder, done=results.done, station=results.station, utc=utc_now)
    return Chore("retention", RETENTION_EVERY_S, retention.sweep, code=RETENTION_FAILED)


def pull_chore(keeper: PullKeeper) -> Chore:
    """What asks for what a stock lacks, and makes waiting signals work."""
    from db.errors import PULL_FAILED
    from station.chores import Chore

    return Chore("pull", PULL_EVERY_S, keeper.keep, is_apart=True, code=PULL_FAILED)


def emergency_chore(store: Store, settings: Settings, directory: Path) -> Chore:
    """What keeps the emergency list fresh. Its folder may lie on a share that hangs."""
    from db.errors import LIST_FAILED
    from station.chores import Chore
    from ui.bootstrap.emergency import make_keeper

    keeper = make_keeper(store, settings, directory)
    return Chore(
        "emergency_list",
        EMERGENCY_EVERY_S,
        keeper.keep,
        ends_with=True,
        is_apart=True,
        at_end=keeper.finish,
        code=LIST_FAILED,
    )
