"""Known faults of store, devices, settings and people, as a command line says them: code, sentence, what to do."""

from __future__ import annotations

from station.control import NO_ANSWER, NO_STATION, ControlError
from station.requests import CANCEL_REFUSED, ORDER_REFUSED, PEOPLE_REFUSED
from ui.cli.refusals import order_advice, people_advice
from ui.cli.terminal import CommandError, Translate
from ui.panel import ScreenError


def as_command_error(error: Exception, _: Translate) -> CommandError | None:
    """The error in words for a person; None when it is a bug, which keeps its traceback."""
    if isinstance(error, ControlError):
        if error.code in (ORDER_REFUSED, CANCEL_REFUSED):
            return CommandError(error.code, error.message, order_advice(error.message, _))
        is_of_people = error.code == PEOPLE_REFUSED
        return CommandError(error.code, error.message, people_advice(error.message, _) if is_of_people else advice(error.code, _))
    if isinstance(error, FileNotFoundError | FileExistsError | PermissionError | IsADirectoryError):
        return CommandError("F601", str(error), advice("F601", _))
    if isinstance(error, ScreenError):
        return CommandError(error.code, error.message, advice(error.code, _))
    from ui.bootstrap.faults import known_fault

    fault = known_fault(error)
    if fault is None:
        return _of_demo(error, _)
    code, message = fault
    return CommandError(code, message, advice(code, _))


def _of_demo(error: Exception, _: Translate) -> CommandError | None:
    from ui.demo.site import NotASampleError, SiteFileError

    if isinstance(error, NotASampleError):
        return CommandError(error.code, error.message, advice(error.code, _))
    if not isinstance(error, SiteFileError):
        return None
    sentence = _("{path} does not fit, rows rejected: {rejected}; first line {line}, {field}: {reason}")
    first = {**error.first, "field": error.first["field"] or _("whole line")}
    said = sentence.format(path=error.path, rejected=error.rejected, **first)
    mend = _("The rejected rows are in {file}, each with its reason. Mend them and name another directory with --data.")
    return CommandError(error.code, said, mend.format(file=error.reject_file) if error.reject_file else advice("F601", _))


def advice(code: str, _: Translate) -> str:
    """What to do about a fault, "" where its own words say it all."""
    texts = {
        "C103": _("Name another directory with --data: the demo would bring its public PINs into this one."),
        "C106": _("Set upstream.url in the settings, or BAYLIGHT_UPSTREAM_URL."),
        "D401": _("Free some space on this disk; nothing was written and nothing is lost."),
        "D402": _("Another program holds the database. End it and try again."),
        "D403": _("Do not delete anything. Run baylight doctor --salvage: it keeps the files and saves what can be proven."),
        "D404": _("This store was written by a newer program. Install that version or a later one."),
        "D405": _(
            "Somebody or something changed the record. Keep the files and run: baylight audit verify. "
            "Then baylight doctor --salvage goes on with what can be proven."
        ),
        "D406": _("End the station on this directory first, or name another one with --data."),
        "D408": _(
            "Leave --station out or give it the owner's name (the settings' station name for baylight run), "
            "or name another directory with --data."
        ),
        "D409": _("Look whether the disk or share is connected, has room and may be read and written; then try again."),
        "D410": _("The program was ending. Try again."),
        "D412": _(
            "Run baylight restore FILE or baylight doctor --salvage once more. "
            "Or move the files of the newest folder replaced-... back beside it. "
            "Only who wants to begin with an empty store takes away what is left."
        ),
        "L101": _("Check the cable and the device's address (--url)."),
        "L102": _("The line is open and nobody answers: check that the machine is on and in automatic mode."),
        "L104": _("Another program holds this port; a running station does. End it first."),
        "L209": _("Look at the machine's panel: it must be on, referenced and in automatic mode."),
        "L211": _("A tray is out at another opening of this machine: send that one back first."),
        "L212": _("The start signal before may still be on at the machine. Look whether it moves, then try again."),
        "O552": _("Mend the row that is named and compare again. Nothing was compared, and nothing is ever corrected."),
        **_site_advice(_),
        ScreenError.code: _("Use a larger screen, or put its real diagonal into the settings (screen.diagonal_in)."),
        "F601": _("Check the name of the file and who may read and write it."),
        "F602": _("A head is SEQ:HEX with 64 digits, a key has 64 digits; a file of heads is as the station wrote it."),
        "F603": _("See the names and ids: baylight people list."),
        NO_STATION: _("Start the station first: baylight run."),
        NO_ANSWER: _("It may have been done. Look before you try again."),
    }
    return texts.get(code, "")


def _site_advice(_: Translate) -> dict[str, str]:
    """What to do about a fault of the site database (docs/site.md)."""
    from ui.sentences import SITE_ADVICE

    return {code: _(text) for code, text in SITE_ADVICE.items()}
