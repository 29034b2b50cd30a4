"""The page of the printers: what waits there, and what a person has done about it. Nothing at the bay waits for a printer."""

from __future__ import annotations

from dataclasses import replace

from db.records.printing import LabelDropped, LabelQueued
from db.records.record import Record
from station import commands as do
from station.core.effects import Declare, Effect, ReadDevices
from station.core.inputs import Now
from station.core.leaving import left
from station.core.page_state import DevicesPage, PrintersPage
from station.core.state import StationState
from station.core.writing import written
from station.printing.rules import PERSON
from station.values import PrintJob, PrintState
from station.view.message import Message

PrintersTurn = tuple[StationState, tuple[Effect, ...]]
AGAIN, DROP = "again", "drop"  # the keys of the answers that change something


def opened(state: StationState, behind: DevicesPage | None) -> PrintersTurn:
    """Open the page, over the machine panel or the work; there is none without a printer."""
    return (replace(state, page=PrintersPage(behind=behind)) if state.printers else state), ()


def job_of(state: StationState, name: str) -> PrintJob | None:
    """The job as it is now."""
    return next((found for each in state.printers if (found := each.job(name)) is not None), None)


def answers(job: PrintJob) -> tuple[str, ...]:
    """What may be done about a job. One on its way is left alone."""
    match job.state:
        case PrintState.QUEUED | PrintState.IMPOSSIBLE:
            return (DROP,)
        case PrintState.UNKNOWN:
            return (AGAIN, DROP)
        case PrintState.PRINTED | PrintState.DROPPED:
            return (AGAIN,)
        case PrintState.SENDING:
            return ()


def command(state: StationState, page: PrintersPage, given: do.Command, now: Now) -> PrintersTurn:
    """What a person does on the page."""
    match given:
        case do.Back() | do.ClosePage():
            return _back(state, page)
        case do.AskPrint(job=name) if not page.job:
            job = job_of(state, name)
            is_asked = job is not None and bool(answers(job)) and not state.store_code
            return (replace(state, page=replace(page, job=name)) if is_asked else state), ()
        case do.Choose(key=key) if page.job:
            return _chosen(state, page, key, now)
        case _:
            return state, ()


def _chosen(state: StationState, page: PrintersPage, key: str, now: Now) -> PrintersTurn:
    job, state = job_of(state, page.job), replace(state, page=replace(page, job=""))
    if job is None or key not in answers(job):
        return state, ()
    records: tuple[Record, ...] = (_copy(job, now),) if key == AGAIN else ()
    if job.state in (PrintState.QUEUED, PrintState.UNKNOWN, PrintState.IMPOSSIBLE):
        records = (*records, LabelDropped(job=job.job))
    note = written(state, *records)
    code = "print_again_asked" if key == AGAIN else "print_dropped"
    said = state.said(Message(code, params={"printer": job.printer}))
    return said, (Declare(records=note.records, operator=note.operator, role=note.role),)


def _copy(job: PrintJob, now: Now) -> LabelQueued:
    """The same once more; the log adds which copy it is."""
    about = job.about
    return LabelQueued(
        job=f"{job.original}-{int(now.utc.timestamp() * 1000)}",
        printer=job.printer,
        label=job.label,
        cause=PERSON,
        of_machine=about.machine,
        of_tray=about.tray,
        of_compartment=about.compartment,
        of_visit=about.visit,
        of_order=about.order,
        of_item=about.item,
        of_lot=about.lot,
        of_serial=about.serial,
        of_quantity=about.quantity,
        of_tote=about.tote,
        of_card=about.card,
        of_word=about.word,
        copy_of=job.original,
    )


def _back(state: StationState, page: PrintersPage) -> PrintersTurn:
    """Out of the question, then to the page behind."""
    if page.job:
        return replace(state, page=replace(page, job="")), ()
    if page.behind is None:
        return left(state), ()
    return replace(state, page=page.behind), (ReadDevices(page.behind.device),)
