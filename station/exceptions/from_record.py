"""Which events of the record are cases, and what each says. Pure.

A booking that was undone within its ten seconds is none, and neither is what takes it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from station.exceptions.case import Case, Kind
from station.flows.other_draft import FOUND_REASONS, SCRAP_REASONS
from station.flows.tray_call import DIRECT_REASONS
from station.values import EventFact

Data = Mapping[str, Any]
RELEASE = "release"
FULL_PACK = "full_pack"  # a line that was rounded up, as its item says


def cases_of(facts: Iterable[EventFact]) -> tuple[Case, ...]:
    """The cases among these events, in their order."""
    told = tuple(facts)
    undone = frozenset(each for fact in told for each in fact.data.get("undoes", ()))
    found = (_case(fact) for fact in told if fact.id not in undone and not fact.data.get("undoes"))
    answers = {fact.data["case"]: fact for fact in told if fact.kind == "case_answered"}
    return tuple(_answered(case, answers.get(case.event)) for case in found if case is not None)


def _answered(case: Case, answer: EventFact | None) -> Case:
    """The case with what was done about it."""
    if answer is None:
        return case
    return replace(case, answer=answer.data["step"], answered_by=answer.operator, answer_reason=answer.data["reason"])


def _case(fact: EventFact) -> Case | None:
    judge = _JUDGES.get(fact.kind)
    return judge(fact, fact.data) if judge is not None else None


def _at_place(kind: Kind, fact: EventFact, quantity: int = 0) -> Case:
    data = fact.data
    return Case(
        kind=kind,
        at=fact.at,
        person=fact.operator,
        machine=data.get("machine", ""),
        tray=data.get("tray"),
        compartment=data.get("compartment", ""),
        item=data.get("item", ""),
        lot=data.get("lot", ""),
        order=data.get("order", ""),
        line=data.get("line", ""),
        quantity=quantity,
        reason=data.get("reason", ""),
        event=fact.id,
        serial=data.get("serial", ""),
        owner=data.get("owner", "own"),
        status=data.get("status", "free"),
    )


def _line_closed(fact: EventFact, data: Data) -> Case | None:
    missing = data["done_quantity"] - data["asked"]
    if missing > 0:
        return _at_place(Kind.OVERPICK, fact, missing) if data["reason"] != FULL_PACK else None
    return _at_place(Kind.SHORT, fact, missing) if missing and data["outcome"] == "short" else None


def _corrected(fact: EventFact, data: Data) -> Case | None:
    is_case = data["delta"] and not data.get("counters")  # a counter-booking answers one
    return _at_place(Kind.CORRECTION, fact, data["delta"]) if is_case else None


def _counted(fact: EventFact, data: Data) -> Case | None:
    difference = data["counted"] - data["book"]
    return _at_place(Kind.VARIANCE, fact, difference) if difference else None


def _picked(fact: EventFact, data: Data) -> Case | None:
    if data["reason"] in (*SCRAP_REASONS, "scrap"):
        return _at_place(Kind.SCRAP, fact, -data["quantity"])
    is_direct = not data["order"] and data["reason"] in ("", *DIRECT_REASONS)
    return _at_place(Kind.WITHOUT_ORDER, fact, -data["quantity"]) if is_direct else None


def _put(fact: EventFact, data: Data) -> Case | None:
    return _at_place(Kind.FOUND, fact, data["quantity"]) if data["reason"] in FOUND_REASONS else None


def _received(fact: EventFact, data: Data) -> Case | None:
    if data["verdict"] == RELEASE and not data["difference"]:
        return None
    missing = data["quantity"] - data["expected"] if data["difference"] else 0
    case = _at_place(Kind.RECEIPT, fact, missing)
    return case if data["reason"] else _because(case, data["difference"])


def _lot_held(fact: EventFact, data: Data) -> Case:
    return _at_place(Kind.DEFECT, fact, -data["quantity"])


def _scan_refused(fact: EventFact, data: Data) -> Case:
    return _because(_at_place(Kind.SCAN, fact), data["what"])


def _access_refused(fact: EventFact, data: Data) -> Case:
    return _because(_at_place(Kind.ACCESS, fact), data["right"])


def _unattended(fact: EventFact, data: Data) -> Case | None:
    return _because(_at_place(Kind.UNATTENDED, fact), data["why"]) if data["tray"] is not None else None


def _load_missed(fact: EventFact, data: Data) -> Case:
    return _at_place(Kind.LOAD, fact)


def _imported(fact: EventFact, data: Data) -> Case | None:
    if not data["rejected"]:
        return None
    return Case(kind=Kind.IMPORT, at=fact.at, quantity=-data["rejected"], reason=data["file"], event=fact.id)


def _because(case: Case, reason: str) -> Case:
    return replace(case, reason=reason)


_JUDGES: Mapping[str, Callable[[EventFact, Data], Case | None]] = {
    "line_closed": _line_closed,
    "corrected": _corrected,
    "counted": _counted,
    "picked": _picked,
    "put": _put,
    "received": _received,
    "lot_held": _lot_held,
    "scan_refused": _scan_refused,
    "access_refused": _access_refused,
    "unattended": _unattended,
    "load_missed": _load_missed,
    "imported": _imported,
}
