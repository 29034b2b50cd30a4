"""The files of `baylight jit`: read, and what was left out said on standard error."""

from __future__ import annotations

from pathlib import Path

from station.jit.period_table import PeriodTable, PeriodTableError, RejectedRow, read_periods
from ui.cli.terminal import FAILED, MISUSED, CommandError, Terminal, Translate

SHOWN = 10  # of rejected lines


def read_table_file(path: Path, terminal: Terminal) -> PeriodTable:
    """The table of items by periods. Raises CommandError O460 when the file is none."""
    _ = terminal.translate
    try:
        table = read_periods(path.read_bytes())
    except PeriodTableError as error:
        sentence = _("{path} is no table of items by periods: {reason}").format(path=path, reason=_why(error.reason, _))
        how = _("The first line names the periods, each further line has an item and one number a period; blank: not sold then.")
        raise CommandError("O460", sentence, how, status=MISUSED) from error
    _say_rejected(table.rejected, terminal)
    return table


def status_of(table: PeriodTable) -> int:
    """FAILED when a line was left out: the answer is not that of the whole file."""
    return FAILED if table.rejected else 0


def _say_rejected(rejected: tuple[RejectedRow, ...], terminal: Terminal) -> None:
    _ = terminal.translate
    if not rejected:
        return
    terminal.warn(_("baylight: O461 Lines left out: {count}. Mend them and ask again.").format(count=len(rejected)))
    for each in rejected[:SHOWN]:
        what = _("line {line}: {reason} {value}").format(line=each.line, reason=_why(each.reason, _), value=each.value)
        terminal.warn(what.rstrip())


def _why(reason: str, _: Translate) -> str:
    texts = {
        "too_large": _("it is larger than 64 MB"),
        "not_utf8": _("it is not UTF-8"),
        "no_header": _("it is empty"),
        "no_periods": _("the first line names no periods"),
        "unreadable": _("a line cannot be taken apart"),
        "no_item": _("no item"),
        "duplicate": _("the item stands there twice"),
        "wrong_number_of_fields": _("more cells than the first line has"),
        "not_a_number": _("not a number"),
        "negative": _("below zero; take returns off their pick"),
        "too_many_decimals": _("more than three decimals"),
    }
    return texts[reason]
