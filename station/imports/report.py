"""What an import tells: one report for each file, one error for each thing that is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

MAX_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class RowError:
    """Something wrong in one row. `line` is the line of a CSV file, or the number of the row in a JSON file; 0 means the whole
    file. `reason` is a code, `value` the text that was found (cut), `allowed` what would be right, where that can be said."""

    file: str
    line: int
    field: str
    reason: str
    value: str = ""
    allowed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """How the import of one file ended. `what` is item, kit, tray, stock, order, loop, signal or step; "" when the file was not
    understood, and then nothing of it went in. `rows` went in, `rejected` did not; `reject_file` holds those ("" when there are
    none)."""

    file: str
    what: str
    sha256: str
    rows: int
    rejected: int
    errors: tuple[RowError, ...] = ()
    reject_file: str = ""
    ignored_columns: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        return not self.errors


@dataclass(slots=True)
class ErrorList:
    """Collects the errors of one file while it is read; the rows they name are rejected."""

    file: str
    errors: list[RowError] = field(default_factory=list)

    def add(self, line: int, name: str, reason: str, *, value: str = "", allowed: str = "") -> None:
        self.errors.append(RowError(file=self.file, line=line, field=name, reason=reason, value=shown(value), allowed=allowed))

    def lines(self) -> frozenset[int]:
        return frozenset(each.line for each in self.errors)

    def of_line(self, line: int) -> Iterable[RowError]:
        return (each for each in self.errors if each.line == line)


def shown(value: str) -> str:
    """The value as it may be printed: cut, and with bytes that are no text written as escapes."""
    cut = value if len(value) <= MAX_SHOWN else value[: MAX_SHOWN - 1] + "…"
    return cut.encode("utf-8", "backslashreplace").decode("utf-8")
