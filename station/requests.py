"""What a command line may ask a station to write, by verb: one set of handlers, whoever holds the store.

The running station carries them out for its control socket; without one the command takes the store's lock and calls the same.
All of them block (files, argon2, the writer) and are called on one thread, one after the other; those that wait for another disk
than the store's (`BESIDE`) on a second one, so that a share that does not answer holds up nobody who is to be disabled.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from db.records.moves import MovePlanned
from db.records.people import PinConfirmed
from station.blocking import BlockError, BlockStore, block, fields, lift
from station.cancel import CancelError, CancelStore, cancel_order
from station.control import BAD_REQUEST, UNKNOWN_VERB, Args, ControlError, Handler
from station.count_due import CountDueStore, mark
from station.count_orders import CountOrderError, CountOrderStore, WhatToCount, order_count
from station.holding import HoldError, HoldStore, hold, resume
from station.hosts.reconciling import ReconcileError, ReconcileStore, reconcile, told
from station.imports import ImportReport, ImportStore, import_file
from station.late_file import LateFileStore, enter_file, enter_values
from station.order_acts import Act, AskSite, OrderAct, OrderActError, OrderActStore, carry_out
from station.outages import Bays, OutageError, OutageStore, Which, take_back, take_out
from station.people import People, PeopleError
from station.printing.asking import PrintAskStore, ask_prints
from station.result_row import ResultError
from station.results import Results
from station.sequence_proof import SequenceError, SequenceStore, release
from station.signer import Signer
from station.storage.planning import MoveError, MoveStore, drop_moves, plan_moves
from station.values import Person, Role

PEOPLE_REFUSED = "P301"
CANCEL_REFUSED = "O320"
RESULT_REFUSED = "R301"
RECONCILE_REFUSED = "O552"
OUTAGE_REFUSED = "O322"
COUNT_REFUSED = "O382"
GAP_REFUSED = "O355"
HOLD_REFUSED = "O356"
ORDER_REFUSED = "O405"
MOVE_REFUSED = "O514"
BLOCK_REFUSED = "O542"
NO_UPSTREAM = "C106"
BESIDE = frozenset({"backup", "export", "acknowledge", "reconcile", "sync"})


class RequestStore(
    HoldStore,
    ImportStore,
    CancelStore,
    OutageStore,
    CountDueStore,
    CountOrderStore,
    PrintAskStore,
    SequenceStore,
    OrderActStore,
    MoveStore,
    BlockStore,
    ReconcileStore,
    LateFileStore,
    Protocol,
):
    """What all handlers together need of the store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """The handlers on one open store. `fault` gives code and message of a known error, None for a bug. `bays` are
    the openings that the settings name. `must_sign`: people are changed with an administrator's badge and PIN only."""

    store: RequestStore
    people: People
    signer: Signer
    results: Results
    backup: Callable[[Path], Mapping[str, object]]
    status: Callable[[], Mapping[str, object]]
    seal: Callable[[], Mapping[str, object]]
    fault: Callable[[Exception], tuple[str, str] | None]
    bays: Bays = field(default_factory=dict)
    must_sign: bool = False
    ask_site: AskSite | None = None  # for an order that another station has; None: no site database
    sync: Callable[[float], Mapping[str, object]] | None = None  # replicates for so many seconds at most; None: no site database

    def carry_out(self, verb: str, args: Args) -> Mapping[str, object]:
        """Do one thing and say what came of it. Raises ControlError with the code of what is wrong."""
        handler = self._verbs().get(verb)
        if handler is None:
            raise ControlError(UNKNOWN_VERB, f"unknown verb {verb!r}")
        try:
            return handler(args)
        except ControlError:
            raise
        except PeopleError as error:
            raise ControlError(PEOPLE_REFUSED, str(error)) from error
        except CancelError as error:
            raise ControlError(CANCEL_REFUSED, str(error)) from error
        except HoldError as error:
            raise ControlError(HOLD_REFUSED, str(error)) from error
        except OrderActError as error:
            raise ControlError(ORDER_REFUSED, str(error)) from error
        except SequenceError as error:
            raise ControlError(GAP_REFUSED, str(error)) from error
        except OutageError as error:
            raise ControlError(OUTAGE_REFUSED, error.sentence) from error
        except CountOrderError as error:
            raise ControlError(COUNT_REFUSED, str(error)) from error
        except ReconcileError as error:
            raise ControlError(RECONCILE_REFUSED, str(error)) from error
        except MoveError as error:
            raise ControlError(MOVE_REFUSED, str(error)) from error
        except BlockError as error:
            raise ControlError(BLOCK_REFUSED, str(error)) from error
        except ResultError as error:
            raise ControlError(RESULT_REFUSED, str(error)) from error
        except Exception as error:
            known = self.fault(error)
            if known is None:
                raise
            raise ControlError(*known) from error

    def handlers(self, executor: Executor, *, beside: Executor, changed: Callable[[], None]) -> dict[str, Handler]:
        """The same for a control socket on an event loop; `changed` is called on the loop after each."""
        return {verb: self._on_thread(verb, beside if verb in BESIDE else executor, changed) for verb in self._verbs()}

    def _on_thread(self, verb: str, executor: Executor, changed: Callable[[], None]) -> Handler:
        async def handler(args: Args) -> object:
            loop = asyncio.get_running_loop()
            try:
                return await loop.run_in_executor(executor, self.carry_out, verb, args)
            finally:
                changed()

        return handler

    def _verbs(self) -> dict[str, Callable[[Args], Mapping[str, object]]]:
        return {
            "status": lambda args: self.status(),
            "import": self._import,
            "people_add": self._add_person,
            "people_disable": self._disable_person,
            "people_reset_pin": self._reset_pin,
            "people_rights": self._set_rights,
            "people_erase_name": self._erase_name,
            "export": self._export,
            "reconcile": self._reconcile,
            "order_cancel": self._cancel_order,
            "order_count": self._order_count,
            "gap_release": self._release_gap,
            "order_hold": lambda args: self._hold(args, hold),
            "order_resume": lambda args: self._hold(args, resume),
            "block": self._block,
            "block_lift": self._lift,
            "order_take_over": lambda args: self._act(args, Act.TAKE_OVER),
            "order_split": lambda args: self._act(args, Act.SPLIT),
            "order_end": lambda args: self._act(args, Act.CANCEL),
            "out_of_service": self._take_out,
            "in_service": self._take_back,
            "late": self._enter_late,
            "moves_plan": self._plan_moves,
            "moves_drop": lambda args: {"dropped": drop_moves(self.store, _text(args, "machine"))},
            "count_due": self._mark_moved,
            "print_labels": self._print_labels,
            "acknowledge": lambda args: {"file": str(self.results.acknowledge(_text(args, "file")))},
            "seal": lambda args: self.seal(),
            "sync": self._sync,
            "backup": lambda args: self.backup(Path(_text(args, "path"))),
        }

    def _sync(self, args: Args) -> Mapping[str, object]:
        patience_s = args.get("patience_s")
        if not isinstance(patience_s, int | float) or isinstance(patience_s, bool):
            raise ControlError(BAD_REQUEST, "patience_s is missing")
        if self.sync is None:
            raise ControlError(NO_UPSTREAM, "no site database is set")
        return self.sync(float(patience_s))

    def _import(self, args: Args) -> Mapping[str, object]:
        return report_fields(import_file(Path(_text(args, "path")), self.store))

    def _export(self, args: Args) -> Mapping[str, object]:
        written = self.results.export(form=str(args.get("format") or ""))
        return {"files": [{"file": str(each.path), "rows": each.rows} for each in written]}

    def _reconcile(self, args: Args) -> Mapping[str, object]:
        return told(reconcile(Path(_text(args, "path")), self.store, self.results.station, datetime.now(UTC)))

    def _cancel_order(self, args: Args) -> Mapping[str, object]:
        order, reason = _text(args, "order"), _text(args, "reason")
        return {"order": order, "reason": reason, "cancelled_lines": cancel_order(self.store, order, reason)}

    def _order_count(self, args: Args) -> Mapping[str, object]:
        machine, item = args.get("machine") or "", args.get("item") or ""
        numbers = [args.get(name) for name in ("first_tray", "last_tray", "riskiest", "sample", "seed")]
        if not isinstance(machine, str) or not isinstance(item, str) or not all(_is_number(each) for each in numbers):
            raise ControlError(
                BAD_REQUEST, "machine and item are texts, first_tray, last_tray, riskiest, sample and seed numbers"
            )
        first_tray, last_tray, riskiest, sample, seed = (each if isinstance(each, int) else None for each in numbers)
        what = WhatToCount(
            machine=machine,
            item=item,
            first_tray=first_tray,
            last_tray=last_tray,
            riskiest=riskiest,
            sample=sample,
            seed=seed or 0,
        )
        order = order_count(self.store, what, datetime.now(UTC))
        return {"order": order.order, "lines": len(order.lines)}

    def _hold(self, args: Args, do: Callable[[HoldStore, str, str, Person], None]) -> Mapping[str, object]:
        """In the name of the supervisor whose badge and PIN came with the request."""
        by = self.signer.supervisor(_text(args, "by_badge"), _text(args, "by_pin"))
        order, reason = _text(args, "order"), _text(args, "reason")
        do(self.store, order, reason, by)
        return {"order": order, "reason": reason, "by": by.person}

    def _block(self, args: Args) -> Mapping[str, object]:
        """In the name of the supervisor whose badge and PIN came with the request, for all stations of the site."""
        by = self.signer.supervisor(_text(args, "by_badge"), _text(args, "by_pin"))
        item, reason = args.get("item"), _text(args, "reason")
        named = item if isinstance(item, str) else ""
        made = block(self.store, _text(args, "what"), _text(args, "key"), item=named, reason=reason, by=by)
        return {"blocks": [fields(each) for each in made]}

    def _lift(self, args: Args) -> Mapping[str, object]:
        by = self.signer.supervisor(_text(args, "by_badge"), _text(args, "by_pin"))
        return fields(lift(self.store, _text(args, "key"), reason=_text(args, "reason"), by=by))

    def _act(self, args: Args, act: Act) -> Mapping[str, object]:
        """As on the order page, in the name of the supervisor whose badge and PIN came with the request."""
        named, puts_back = args.get("lines", []), args.get("put_back") is True
        lines = tuple(each for each in named if isinstance(each, str)) if isinstance(named, list) else ()
        by = self.signer.supervisor(_text(args, "by_badge"), _text(args, "by_pin"))
        asked = OrderAct(
            act=act,
            order=_text(args, "order"),
            reason=_text(args, "reason"),
            lines=lines,
            goes_on=not puts_back,
            operator=by.person,
            role=str(by.role),
            more=(PinConfirmed(person=by.person, act=str(act)),),
        )
        done = carry_out(self.store, asked, self.ask_site)
        return {"order": done.order, "act": str(act), "made": done.made, "reason": asked.reason, "by": by.person}

    def _release_gap(self, args: Args) -> Mapping[str, object]:
        order, line = _text(args, "order"), _text(args, "line")
        return {"order": order, "line": line, "released_rank": release(self.store, order, line, _text(args, "reason"))}

    def _take_out(self, args: Args) -> Mapping[str, object]:
        reason = _text(args, "reason")
        return {**asdict(take_out(self.store, _which(args), reason, bays=self.bays)), "out_of_service": reason}

    def _take_back(self, args: Args) -> Mapping[str, object]:
        return {**asdict(take_back(self.store, _which(args))), "out_of_service": None}

    def _people(self, args: Args) -> People:
        """The people, in the name of the administrator whose badge and PIN came with the request. Unsigned changes are those of
        whoever owns the files; they have no operator."""
        if "by_badge" not in args:
            if self.must_sign and any(each.role is Role.ADMINISTRATOR and each.is_active for each in self.people.everybody()):
                raise PeopleError("not_signed")
            return self.people
        by = self.signer.administrator(_text(args, "by_badge"), _text(args, "by_pin"))
        return replace(self.people, operator=by.person, is_confirmed=True)

    def _enter_late(self, args: Args) -> Mapping[str, object]:
        now, values = datetime.now(UTC), args.get("values")
        if isinstance(values, Mapping) and all(isinstance(each, str) for each in values.values()):
            return report_fields(enter_values({str(name): str(value) for name, value in values.items()}, self.store, now=now))
        return report_fields(enter_file(Path(_text(args, "path")), self.store, now=now))

    def _mark_moved(self, args: Args) -> Mapping[str, object]:
        found, machine = args.get("trays"), args.get("machine") or ""
        trays = [each for each in found if isinstance(each, int)] if isinstance(found, list) else []
        if not isinstance(found, list) or len(trays) != len(found) or not isinstance(machine, str):
            raise ControlError(BAD_REQUEST, "trays is no list of numbers")
        return mark(self.store, trays, _text(args, "reason"), machine=machine)

    def _plan_moves(self, args: Args) -> Mapping[str, object]:
        moves = args.get("moves")
        try:
            records = tuple(MovePlanned(**each) for each in moves) if isinstance(moves, list) else ()
        except TypeError as error:
            raise ControlError(BAD_REQUEST, "moves is no list of moves") from error
        return {"planned": plan_moves(self.store, records)}

    def _print_labels(self, args: Args) -> Mapping[str, object]:
        jobs = args.get("jobs")
        if not isinstance(jobs, list):
            raise ControlError(BAD_REQUEST, "jobs is no list")
        try:
            return {"jobs": list(ask_prints(self.store, _text(args, "printer"), jobs))}
        except ValueError as error:
            raise ControlError(BAD_REQUEST, str(error)) from error

    def _add_person(self, args: Args) -> Mapping[str, object]:
        role = _text(args, "role")
        if role not in {each.value for each in Role}:
            raise ControlError(BAD_REQUEST, f"unknown role {role!r}")
        secrets = {"badge": _text(args, "badge"), "pin": _text(args, "pin")}
        person = self._people(args).add(_text(args, "name"), Role(role), **secrets, rights=_rights(args))
        return {"person": person.person, "name": person.name, "role": person.role.value, "rights": list(person.rights)}

    def _set_rights(self, args: Args) -> Mapping[str, object]:
        rights = self._people(args).set_rights(_text(args, "person"), _rights(args))
        return {"person": args["person"], "rights": list(rights)}

    def _disable_person(self, args: Args) -> Mapping[str, object]:
        self._people(args).disable(_text(args, "person"))
        return {"person": args["person"], "is_active": False}

    def _reset_pin(self, args: Args) -> Mapping[str, object]:
        self._people(args).reset_pin(_text(args, "person"), _text(args, "pin"))
        return {"person": args["person"], "pin_reset": True}

    def _erase_name(self, args: Args) -> Mapping[str, object]:
        self._people(args).erase_name(_text(args, "person"))
        return {"person": args["person"], "name": ""}


def report_fields(report: ImportReport) -> dict[str, object]:
    """An import report as JSON values."""
    return {**asdict(report), "errors": [asdict(each) for each in report.errors], "is_clean": report.is_clean}


def _is_number(value: object) -> bool:
    """A number of at least 1, or none."""
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 1)


def _which(args: Args) -> Which:
    """A tray or a bay, never both."""
    tray, opening, machine = args.get("tray"), args.get("opening") or "", args.get("machine") or ""
    is_tray, is_bay = isinstance(tray, int), isinstance(opening, str) and bool(opening)
    if is_tray == is_bay or not isinstance(machine, str):
        raise ControlError(BAD_REQUEST, "a tray or an opening is needed")
    return Which(machine=machine, tray=tray if isinstance(tray, int) else None, opening=str(opening))


def _rights(args: Args) -> list[str]:
    found = args.get("rights", [])
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise ControlError(BAD_REQUEST, "rights is no list of names")
    return [str(each) for each in found]


def _text(args: Args, name: str) -> str:
    value = args.get(name)
    if not isinstance(value, str) or not value:
        raise ControlError(BAD_REQUEST, f"{name} is missing")
    return value
