"""The question "is it empty?" stands in the store until somebody has looked into the compartment."""

from __future__ import annotations

import pytest

from db.records.record import Record
from db.records.stock import Corrected, ZeroCheckAsked, ZeroCheckEnded
from db.rows.stock import StockKey, ZeroCheck
from db.store import Store

from .made import PLACE, counted, loaded, picked, put


def _moved(item: str = "A") -> dict[str, object]:
    return {"machine": "VLM1", "tray": 7, "compartment": "C1", "visit": 1, "item": item}


def asked(item: str = "A") -> ZeroCheckAsked:
    return ZeroCheckAsked(**_moved(item))  # type: ignore[arg-type]


def corrected() -> Corrected:
    return Corrected(remaining=2, reason="damaged", **_moved())  # type: ignore[arg-type]


def ended() -> ZeroCheckEnded:
    return ZeroCheckEnded(reason="other_serials", **_moved())  # type: ignore[arg-type]


def test_an_asked_question_is_open_in_its_machine(store: Store) -> None:
    store.append([put(4), picked(4), asked()]).result()
    assert store.zero_checks("VLM1") == (ZeroCheck(place=PLACE, key=StockKey(item="A")),)
    assert store.zero_checks("VLM2") == ()


@pytest.mark.parametrize("answer", [counted(0), loaded(3), put(1), put(1, item="B"), corrected(), ended()])
def test_whoever_looks_into_the_compartment_answers(store: Store, answer: Record) -> None:
    store.append([asked(), answer]).result()
    assert store.zero_checks("VLM1") == ()


@pytest.mark.parametrize("other", [picked(1), counted(0, compartment="C2"), put(1, tray=8), counted(0, machine="VLM2")])
def test_what_happens_elsewhere_answers_nothing(store: Store, other: Record) -> None:
    store.append([asked(), other]).result()
    assert len(store.zero_checks("VLM1")) == 1


def test_the_newest_question_of_a_compartment_counts(store: Store) -> None:
    store.append([asked("A"), asked("B")]).result()
    assert [each.key.item for each in store.zero_checks("VLM1")] == ["B"]


def test_a_rebuild_gives_the_same_questions(store: Store) -> None:
    store.append([asked(), counted(0), asked("B")]).result()
    before = store.projection_digest()
    store.rebuild().result()
    assert store.projection_digest() == before
    assert len(store.zero_checks("VLM1")) == 1
