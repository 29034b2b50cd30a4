"""Commands that write: handed to the running station, or carried out here under the station's own lock."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from station.control import NoStationError, ask

if TYPE_CHECKING:
    from station.settings import MachineSettings, ResultSettings, SignOnSettings


def carry_out(
    directory: Path,
    station: str,
    verb: str,
    /,
    *,
    timeout_s: float = 30.0,
    named: ResultSettings | None = None,
    own_machine: MachineSettings | None = None,
    own_sign_on: SignOnSettings | None = None,
    **args: object,
) -> Mapping[str, object]:
    """The result of one request, the same whoever carried it out (`station.requests` is behind both ways).

    `named` says where results go when no station runs, `own_machine` and `own_sign_on` what
    is its; a running one has settings of its own.
    """
    try:
        result = ask(directory, verb, timeout_s=timeout_s, **args)
    except NoStationError:
        from ui.bootstrap.requests import open_requests

        with open_requests(directory, station, named=named, machine=own_machine, sign_on=own_sign_on) as requests:
            result = requests.carry_out(verb, args)
    return result if isinstance(result, Mapping) else {"result": result}


def is_running(directory: Path) -> bool:
    """Whether a station answers on this directory."""
    try:
        ask(directory, "status", timeout_s=5.0)
    except NoStationError:
        return False
    return True
