"""What a printer promises: it takes one document, and says what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from hardware.values import Outcome


@dataclass(frozen=True, slots=True)
class PrintResult:
    """NOT_DONE: no byte of the document left; it may be tried again. UNKNOWN: some left, and nobody knows what came out; it is
    not sent again by itself. `code` is of `hardware.errors`; `proof` of a DONE says why it is believed: answered, taken, spooled.
    """

    outcome: Outcome
    code: str = ""
    proof: str = ""


class Printer(Protocol):
    """One printer. Calls block for at most half a minute."""

    def print_out(self, document: bytes, begin: Callable[[], None]) -> PrintResult:
        """Print it. `begin` is called once, right before the first byte leaves; what it raises is raised on, and nothing left."""

    def stop(self) -> None:
        """End what is under way, from another thread; nothing is printed afterwards."""
