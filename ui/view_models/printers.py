"""The printers: each with what keeps it, below it what is unknown or waits, and what came out last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from station.printing.seen import PrinterSeen
from station.values import PrintJob, PrintState
from station.view.printers import PrintersFace
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.rows import ListModel, RowModel, Tone, paged

CUT: Final = "L407"


@dataclass(frozen=True, slots=True)
class PrintersModel:
    """`summary` stands above the rows."""

    rows: ListModel
    summary: str


def present(face: PrintersFace, local: Local, texts: Texts, *, now: datetime, rows: int) -> PrintersModel:
    """The list's page and the line above it."""
    models = [row for each in face.printers for row in _rows(each, texts, now)]
    shown = paged("", models, texts, page=local.page, size=rows, empty="")
    return PrintersModel(shown, texts.label("labels_wait", count=sum(len(each.waiting) for each in face.printers)))


def row_count(face: PrintersFace) -> int:
    """How many rows the list has."""
    return sum(1 + len(each.open) + len(each.past) for each in face.printers)


def said_of(face: PrintersFace, texts: Texts) -> tuple[str, ...]:
    """What a person must know before the answer: which label it is, and what became of it."""
    if face.about is None:
        return ()
    return (what(face.about, texts), texts.label(f"print_help_{face.about.state.value}"))


def _rows(printer: PrinterSeen, texts: Texts, now: datetime) -> Iterator[RowModel]:
    yield RowModel(
        name=f"printer_{printer.name}",
        lead=printer.name,
        main=texts.code(printer.code) if printer.code else texts.label("printer_well"),
        sub=texts.label(f"printer_{printer.kind}"),
        right=texts.label("labels_wait", count=len(printer.waiting)),
        tone=Tone.PLAIN if printer.is_well else Tone.LATE,
        is_touchable=False,
    )
    for job in (*printer.unknown, *printer.impossible, *printer.waiting, *printer.past):
        yield _job(job, texts, now)


def _job(job: PrintJob, texts: Texts, now: datetime) -> RowModel:
    since = texts.label(f"print_{job.state.value}", time=texts.moment(job.changed_at, now))
    is_told = job.code and job.code != CUT  # that it was cut off, its state says
    why = texts.code(job.code) if is_told else texts.label(f"print_by_{job.cause}")
    return RowModel(
        name=f"print_{job.job}",
        lead="",
        main=what(job, texts),
        sub=" · ".join((since, why)),
        right=texts.printed("copy", number=job.copy) if job.copy else "",
        right_sub=texts.label("print_asked", time=texts.moment(job.queued_at, now)),
        tone=Tone.LATE if job.state in (PrintState.UNKNOWN, PrintState.IMPOSSIBLE) else Tone.PLAIN,
        is_touchable=job.state is not PrintState.SENDING,
    )


def what(job: PrintJob, texts: Texts) -> str:
    """Which label it is, and of what."""
    about = job.about
    parts = [texts.printed("of_order", order=about.order)] if about.order else []
    parts += [about.item] if about.item else []
    if about.tray is not None:
        tray = texts.printed("of_tray", tray=about.tray)
        parts.append(f"{tray} {about.compartment}" if about.compartment else tray)
    parts += [each for each in (about.tote, about.card, about.word) if each]
    return " · ".join((texts.label(f"label_{job.label}"), *parts))
