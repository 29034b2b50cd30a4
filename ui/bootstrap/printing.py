"""The printers of the settings: their ports, their queues, and how a job becomes what they take."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.store import Store
    from hardware.printing.port import Printer
    from station.chores import Chore
    from station.ports import Ledger
    from station.print_settings import PrinterSettings
    from station.printing.queue import PrintQueue
    from station.printing.reading import LabelFacts
    from station.settings import Settings
    from station.values import PrintJob
    from ui.labels.drawing import Paper
    from ui.texts import Texts

TURN_EVERY_S = 0.5


def printer_of(settings: PrinterSettings) -> Printer:
    """The port of one printer; nothing is opened. Raises ConfigError."""
    from hardware.config import ConfigError
    from hardware.printing.cups_printer import CupsPrinter
    from hardware.printing.raw_printer import RawPrinter

    if settings.kind == "cups":
        if not settings.url:
            raise ConfigError(f"printer {settings.name}: url", settings.url, "the name of a queue of the spooler")
        return CupsPrinter(settings.url)
    try:
        return RawPrinter(settings.url, answers=settings.answers == "on")
    except ValueError as error:
        raise ConfigError(f"printer {settings.name}: url", settings.url, "socket://host:port") from error


def paper_of(settings: PrinterSettings) -> Paper:
    """The size of its labels."""
    from ui.labels.drawing import Paper

    return Paper(width_mm=settings.width_mm, height_mm=settings.height_mm, dpmm=settings.dpmm)


def languages() -> tuple[str, ...]:
    """English, and the languages that have a catalogue."""
    from ui.language import spoken

    return spoken()


def texts_of(settings: Settings, *, language: str = "") -> Texts:
    """The words on paper: in the station's language unless another is named, and of bins where the machine has bins."""
    from ui.language import load_language
    from ui.texts import Texts

    return Texts(load_language(language or settings.station.language), of_bins=settings.machine.kind == "carousel")


def renderer(facts: LabelFacts, settings: PrinterSettings, texts: Texts) -> Callable[[PrintJob], bytes | None]:
    """What a printer is sent for a job: ZPL, or PDF for the spooler."""
    from station.printing.reading import LabelReading

    reading = LabelReading(facts, lambda: datetime.now(UTC))

    def render(job: PrintJob) -> bytes | None:
        from ui.bootstrap.label_child import pdf_by_child
        from ui.labels.design import pages_of
        from ui.labels.zpl import to_zpl

        labels = reading.labels_of(job)
        if labels is None:
            return None
        paper = paper_of(settings)
        drawings = [page for label in labels for page in pages_of(label, paper, texts)]
        if not drawings:
            return b""
        return to_zpl(drawings) if settings.kind == "zpl" else pdf_by_child(drawings, title=job.about.order or job.label)

    return render


def make_queues(store: Store, settings: Settings) -> tuple[PrintQueue, ...]:
    """A queue for each printer of the settings. Raises ConfigError."""
    from hardware.config import ConfigError
    from station.printing.queue import PrintQueue

    names = [each.name for each in settings.printer]
    if len(set(names)) != len(names):
        raise ConfigError("printer.name", ", ".join(names), "another name for each printer")
    texts = texts_of(settings)
    return tuple(
        PrintQueue(each.name, each.kind, store, printer_of(each), renderer(store, each, texts), time.monotonic)
        for each in settings.printer
    )


def labelling(store: Store, settings: Settings, queues: tuple[PrintQueue, ...]) -> Ledger:
    """The ledger that asks for labels by rule; the store itself where there is no printer. Raises StoreError."""
    from station.printing.ledger import LabellingLedger
    from station.printing.rules import PrintRules

    if not queues:
        return store
    rules = PrintRules(settings.printer)
    machine = settings.machine
    memory = store.bay(machine.name, machine.opening)
    if memory.tray is not None and _has_moved(store, machine.name, memory.tray, memory.visit):
        rules.recall(machine.name, memory.tray, memory.visit)

    def wake() -> None:
        for each in queues:
            each.wake()

    return LabellingLedger(store, rules, wake)


def _has_moved(store: Store, machine: str, tray: int, visit: int) -> bool:
    """Whether something was taken or put in this visit of the tray."""
    from station.printing.reading import data_of

    newest = store.events(kinds=("picked", "put"), machine=machine, tray=tray, limit=1, newest_first=True)
    return bool(newest) and data_of(newest[0])["visit"] == visit


def print_chores(queues: tuple[PrintQueue, ...]) -> tuple[Chore, ...]:
    """Each queue on a thread of its own: a printer that hangs holds up no other."""
    from station.chores import Chore

    return tuple(Chore(f"printer {each.name}", TURN_EVERY_S, each.turn, is_apart=True, stop=each.stop) for each in queues)
