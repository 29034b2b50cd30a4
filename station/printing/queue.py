"""The queue of one printer: the oldest job that waits is printed, and what became of it is written down.

A turn is a chore on a thread of its own. Right before the first byte leaves, that is written; a job with such an event and no end
is UNKNOWN after a start, and only a person has it printed again. What the printer refused before any byte is tried again by
itself, in growing steps.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from db.records.printing import LabelFailed, LabelPrinted, LabelSending
from db.records.record import Record
from hardware.errors import LABEL_IMPOSSIBLE, PRINT_CUT
from hardware.printing.port import Printer, PrintResult
from hardware.values import Outcome
from station.ports import Ledger
from station.printing.seen import PrinterSeen
from station.values import PrintJob, PrintState

STORE_S = 30.0  # for the writer's answer
FIRST_PAUSE_S = 4.0
LONGEST_PAUSE_S = 60.0
LONGEST_PAUSE_BEGUN_S = 900.0  # where each try leaves two events
LOOK_EVERY_S = 5.0  # at the store, also when nobody said that it has something new
SHOWN_PAST = 20


class PrintStore(Ledger, Protocol):
    """What a queue needs of the store."""

    def open_prints(self, printer: str) -> tuple[PrintJob, ...]: ...

    def past_prints(self, printer: str, limit: int) -> tuple[PrintJob, ...]: ...

    def head(self) -> tuple[str, int, str]: ...


Render = Callable[[PrintJob], bytes | None]  # b"": nothing to print; None: what it is about is not known here


@dataclass(slots=True)
class PrintQueue:
    """`clock` counts seconds. `seen` may be read by any thread; `turn` is called by one only."""

    name: str
    kind: str
    store: PrintStore
    printer: Printer
    render: Render
    clock: Callable[[], float]
    seen: PrinterSeen = field(init=False)
    _news: threading.Event = field(default_factory=threading.Event)
    _is_settled: bool = False  # what an earlier run left on its way has an end
    _owed: Record | None = None  # an end that the store has not taken yet
    _again_s: float = float("-inf")
    _pause_s: float = FIRST_PAUSE_S
    _look_s: float = float("-inf")
    _is_stopped: bool = False

    def __post_init__(self) -> None:
        self.seen = PrinterSeen(name=self.name, kind=self.kind)
        self._news.set()

    def wake(self) -> None:
        """Something was asked for, printed again or dropped. Of any thread; returns at once."""
        self._news.set()

    def stop(self) -> None:
        """End what is under way; of any thread."""
        self._is_stopped = True
        self.printer.stop()

    def turn(self) -> None:
        """Print what is due. Raises StoreError; what is owed to the record is written at the next turn then."""
        if self._owed is not None:
            self._write(self._owed)
            self._owed = None
            self._news.set()
        if self._is_stopped or not self._is_due():
            return
        self._news.clear()
        self._look_s = self.clock() + LOOK_EVERY_S
        jobs = self._jobs()
        self._show(jobs)
        job = next((each for each in jobs if each.state is PrintState.QUEUED), None)
        if job is None or self.clock() < self._again_s:
            return
        self._settle(job, self._print(job))
        self._news.set()
        self._show(self._jobs())

    def _is_due(self) -> bool:
        return self._news.is_set() or self.clock() >= min(self._again_s if self.seen.code else self._look_s, self._look_s)

    def _jobs(self) -> tuple[PrintJob, ...]:
        """What is open. At the first look, what was on its way when the last run ended, or waited before the store was put back
        to an older copy, gets its end: nobody knows it."""
        jobs = self.store.open_prints(self.name)
        if self._is_settled:
            return jobs
        epoch = self.store.head()[0]
        lost = [each for each in jobs if _is_lost(each, epoch)]
        for each in lost:
            self._write(LabelFailed(job=each.job, outcome="unknown", code=PRINT_CUT))
        self._is_settled = True
        return self.store.open_prints(self.name) if lost else jobs

    def _print(self, job: PrintJob) -> tuple[PrintResult, bool]:
        """What became of it, and whether it was written down that it was begun."""
        document = self.render(job)
        if document is None:
            return PrintResult(Outcome.NOT_DONE, LABEL_IMPOSSIBLE), False
        if not document:
            return PrintResult(Outcome.DONE, proof="nothing"), False
        is_begun = False

        def begin() -> None:
            nonlocal is_begun
            self._write(LabelSending(job=job.job))
            is_begun = True
            self._show(tuple(replace(each, state=PrintState.SENDING) if each.job == job.job else each for each in self.seen.open))

        return self.printer.print_out(document, begin), is_begun

    def _settle(self, job: PrintJob, ended: tuple[PrintResult, bool]) -> None:
        result, is_begun = ended
        if result.outcome is Outcome.DONE:
            self._pause_s, self._again_s = FIRST_PAUSE_S, float("-inf")
            self._end(LabelPrinted(job=job.job, proof=result.proof))
        elif result.outcome is Outcome.UNKNOWN:
            self._put_off(is_begun=True)
            self._end(LabelFailed(job=job.job, outcome="unknown", code=result.code))
        elif result.code == LABEL_IMPOSSIBLE:  # it holds up nothing behind it
            self._end(LabelFailed(job=job.job, outcome="impossible", code=result.code))
        else:
            self._put_off(is_begun=is_begun)
            if is_begun or job.code != result.code:
                self._end(LabelFailed(job=job.job, outcome="not_done", code=result.code))

    def _put_off(self, *, is_begun: bool) -> None:
        self._again_s = self.clock() + self._pause_s
        self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_BEGUN_S if is_begun else LONGEST_PAUSE_S)

    def _end(self, record: Record) -> None:
        """If the store does not take it now, it is owed: the job must not be taken for one that was not sent."""
        self._owed = record
        self._write(record)
        self._owed = None

    def _write(self, record: Record) -> None:
        self.store.append((record,)).result(STORE_S)

    def _show(self, jobs: tuple[PrintJob, ...]) -> None:
        waiting = next((each for each in jobs if each.state is PrintState.QUEUED), None)
        past = self.store.past_prints(self.name, SHOWN_PAST)
        self.seen = replace(self.seen, open=jobs, past=past, code=waiting.code if waiting is not None else "")


def _is_lost(job: PrintJob, epoch: str) -> bool:
    """Whether a job of an earlier run may have come out: it was on its way, or a copy of the store knows no better."""
    return job.state is PrintState.SENDING or (job.state is PrintState.QUEUED and job.epoch != epoch)
