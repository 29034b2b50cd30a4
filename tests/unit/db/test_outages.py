"""What is out of service stands in the store, with its reason, until the event that takes it back."""

from __future__ import annotations

from db.records.service import BayInService, BayOutOfService, TrayInService, TrayOutOfService
from db.store import Store


def out(tray: int = 12, reason: str = "motor noise") -> TrayOutOfService:
    return TrayOutOfService(machine="VLM1", tray=tray, reason=reason)


def found(store: Store, machine: str = "VLM1") -> list[tuple[int | None, str, str]]:
    return [(each.tray, each.opening, each.reason) for each in store.outages(machine)]


def test_trays_and_bays_are_out_with_their_reasons_in_their_machine(store: Store) -> None:
    store.append([out(12), out(5, "bent"), BayOutOfService(machine="VLM1", opening="SH1-1", reason="door")]).result()
    assert found(store) == [(5, "", "bent"), (12, "", "motor noise"), (None, "SH1-1", "door")]
    assert found(store, "VLM2") == []


def test_the_newest_reason_counts_and_the_first_moment_stays(store: Store) -> None:
    (row,) = store.append([out()]).result()
    store.append([out(reason="motor changed, to be tried")]).result()
    (outage,) = store.outages("VLM1")
    assert (outage.reason, outage.since) == ("motor changed, to be tried", row.at)


def test_what_is_back_in_service_is_gone(store: Store) -> None:
    store.append([out(), BayOutOfService(machine="VLM1", opening="SH1-1", reason="door")]).result()
    store.append([TrayInService(machine="VLM1", tray=12), BayInService(machine="VLM1", opening="SH1-1")]).result()
    assert found(store) == []


def test_the_log_alone_says_what_is_out_of_service(store: Store) -> None:
    store.append([out(), out(5), TrayInService(machine="VLM1", tray=5)]).result()
    before = found(store)
    store.rebuild().result()
    assert found(store) == before == [(12, "", "motor noise")]
