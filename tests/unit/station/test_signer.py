"""A change of people at the command line in an administrator's name: badge, PIN, the same counters, and the record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store
from station import signer
from station.control import ControlError
from station.requests import Requests
from station.secret import PinCost, check_pin
from station.settings import ResultSettings, SignOnSettings
from station.values import Role
from ui.bootstrap.requests import make_requests, make_results

CHIEF = {"by_badge": "BLB-1", "by_pin": "271829"}
NEW = {"name": "Erika", "role": "operator", "badge": "BLB-2", "pin": "682957"}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signer, "reply_after_s", lambda took_s: took_s)
    monkeypatch.setattr(PinCost, "hasher", lambda self: _CHEAP)


_CHEAP = PinCost(memory_kib=64, passes=1).hasher()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path, station="S1", ballast_bytes=0)
    yield opened
    opened.close()


def requests_of(store: Store, *, people_changes: str = "files") -> Requests:
    results = make_results(store, ResultSettings(), store.directory, "S1")
    return make_requests(store, store.directory, results, sign_on=SignOnSettings(people_changes=people_changes))


def with_chief(store: Store, *, people_changes: str = "files", role: Role = Role.ADMINISTRATOR) -> tuple[Requests, str]:
    requests = requests_of(store, people_changes=people_changes)
    return requests, requests.people.add("Chief", role, badge="BLB-1", pin="271829").person


def test_a_signed_change_names_the_administrator_and_that_the_pin_was_asked(store: Store) -> None:
    requests, chief = with_chief(store)
    added = requests.carry_out("people_add", {**NEW, **CHIEF})
    changes = {"people_reset_pin": {"pin": "951738"}, "people_rights": {"rights": ["tools", "drugs"]}}
    for verb in (*changes, "people_disable", "people_erase_name"):
        requests.carry_out(verb, {"person": added["person"], **changes.get(verb, {}), **CHIEF})
    assert store.person(str(added["person"])).rights == ("drugs", "tools")
    rows = [(row.kind, row.operator, json.loads(row.body)["data"].get("act", "")) for row in store.events(after_seq=2)]
    kinds = ("person_added", "pin_reset", "rights_changed", "person_disabled", "name_erased")
    assert rows == [each for kind in kinds for each in ((kind, chief, ""), ("pin_confirmed", chief, kind))]


@pytest.mark.parametrize(
    ("by", "code"),
    [({"by_badge": "BLB-9"}, "unknown_badge"), ({"by_pin": "271828"}, "wrong_pin")],
)
def test_a_wrong_badge_or_pin_changes_nobody(store: Store, by: dict[str, str], code: str) -> None:
    requests, chief = with_chief(store)
    with pytest.raises(ControlError, match=f"P301 {code}"):
        requests.carry_out("people_add", {**NEW, **CHIEF, **by})
    assert [each.person for each in store.people()] == [chief]


def test_ten_wrong_pins_lock_the_administrator_here_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    requests, chief = with_chief(store)
    store.store_failures(chief, failures=9, not_before=None, is_locked=False).result()
    seen = []
    monkeypatch.setattr(signer, "check_pin", lambda *words: seen.append(store.credential(chief)) or check_pin(*words))
    for _ in range(2):
        with pytest.raises(ControlError, match="P301 locked"):
            requests.carry_out("people_add", {**NEW, **CHIEF, "by_pin": "271828"})
    assert [each.failures for each in seen if each] == [10], "counted before the PIN was looked at, and not looked at again"
    assert store.station_tries().failures == 1


def test_a_supervisor_adds_nobody(store: Store) -> None:
    requests, _ = with_chief(store, role=Role.SUPERVISOR)
    with pytest.raises(ControlError, match="P301 no_administrator"):
        requests.carry_out("people_add", {**NEW, **CHIEF})


def test_where_changes_must_be_signed_only_the_first_administrator_comes_without(store: Store) -> None:
    requests = requests_of(store, people_changes="pin")
    first = {"name": "Chief", "role": "administrator", "badge": "BLB-1", "pin": "271829"}
    requests.carry_out("people_add", first)
    with pytest.raises(ControlError, match="P301 not_signed"):
        requests.carry_out("people_add", NEW)
    assert requests.carry_out("people_add", {**NEW, **CHIEF})["role"] == "operator"


def test_pins_are_as_long_as_the_settings_say(store: Store) -> None:
    results = make_results(store, ResultSettings(), store.directory, "S1")
    requests = make_requests(store, store.directory, results, sign_on=SignOnSettings(pin_length=4))
    with pytest.raises(ControlError, match="pin_wrong_length"):
        requests.carry_out("people_add", NEW)
    assert requests.carry_out("people_add", {**NEW, "pin": "6829"})["name"] == "Erika"
