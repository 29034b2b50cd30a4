"""The demo's store is made whole, however often its making was interrupted, and only then it counts as a sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from hardware.sim.layout import default_layout
from station.requests import Requests
from station.sample_site import SAMPLE_MACHINE, SAMPLE_OPENING, SAMPLE_PEOPLE
from station.wear import intervals_of
from ui.bootstrap.requests import open_requests
from ui.demo import site
from ui.demo.site import NotASampleError, prepare_site, read_mark, sample_settings

STATION = "DEMO1"
FILES = {
    "items.csv": "item,name\nA,Bolt\n",
    "trays.csv": f"machine,tray,width_mm,depth_mm,columns,rows\n{SAMPLE_MACHINE},1,2400,800,2,1\n",
    "stock.csv": f"machine,tray,compartment,item,quantity\n{SAMPLE_MACHINE},1,A1,A,9\n",
    "orders.csv": "order,kind,line,item,quantity\nO1,pick,1,A,3\n",
}
PIN = {"name": "Real Person", "role": "operator", "badge": "R-1", "pin": "904716"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a store of the demo holds."""

    people: list[str]
    orders: list[str]
    stock: int
    tray_is_known: bool


WHOLE = Found(sorted(each.name for each in SAMPLE_PEOPLE), ["O1"], 9, True)


@pytest.fixture(autouse=True)
def cheap_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("station.people.hash_pin", lambda pepper, pin, *, cost: "verifier")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def prepare(directory: Path, files: Path | None = None, *, orders: int = 0) -> None:
    prepare_site(directory, STATION, seed=7, orders=orders, waiting=True, has_new_machine=True, site=files)


def found_in(directory: Path) -> Found:
    reader = Store.open_reader(directory)
    try:
        people = sorted(each.name for each in reader.people())
        orders = sorted(each.order for each in reader.orders())
        is_known = reader.bay(SAMPLE_MACHINE, SAMPLE_OPENING).is_known
        return Found(people, orders, sum(each.quantity for each in reader.stock()), is_known)
    finally:
        reader.close()


class Interrupter:
    """Ctrl-C before, or right after, the n-th thing that is done."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, *, is_after: bool = False) -> None:
        self.done, self._at, self._is_after = 0, at, is_after
        self._patch = monkeypatch

    def watch(self, target: Any, name: str) -> None:
        real: Callable[..., Any] = getattr(target, name)

        def step(*args: Any, **more: Any) -> Any:
            self.done += 1
            if self.done == self._at and not self._is_after:
                raise KeyboardInterrupt
            result = real(*args, **more)
            if self.done == self._at:
                raise KeyboardInterrupt
            return result

        self._patch.setattr(target, name, step)


STEPS = 13  # begin; four imports; five people; the opening; write the mark and give it its name


def watch_all(interrupter: Interrupter) -> None:
    for target, name in ((Requests, "carry_out"), (site, "tell_empty"), (site.os, "replace")):
        interrupter.watch(target, name)


@pytest.mark.parametrize("at", range(1, STEPS + 1))
def test_a_demo_interrupted_before_any_step_is_whole_at_its_next_start(
    tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    home = tmp_path / "demo"
    with monkeypatch.context() as patch:
        watch_all(Interrupter(patch, at))
        with pytest.raises(KeyboardInterrupt):
            prepare(home, files)
    assert read_mark(home) is None, "a store that is not whole is no sample"
    prepare(home, files)
    assert found_in(home) == WHOLE
    assert read_mark(home) is not None


def test_the_steps_are_all_that_is_done(tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupter = Interrupter(monkeypatch, 0)
    watch_all(interrupter)
    prepare(tmp_path / "demo", files)
    assert interrupter.done == STEPS


def test_a_store_that_an_earlier_version_left_without_people_gets_them(tmp_path: Path, files: Path) -> None:
    home = tmp_path / "demo"
    home.mkdir()
    (home / "sample.json").write_text('{"seed": 7, "tours": 0}', encoding="utf-8")
    prepare(home, files)
    assert found_in(home) == WHOLE


def test_a_store_that_the_demo_did_not_make_is_left_alone(tmp_path: Path, files: Path) -> None:
    home = tmp_path / "real"
    Store.open(home, station=STATION, ballast_bytes=0).close()
    with pytest.raises(NotASampleError):
        prepare(home, files)
    assert found_in(home).people == []


def test_an_interrupted_demo_allows_no_sample_pin_and_takes_no_real_store_over(
    tmp_path: Path, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "demo"
    with monkeypatch.context() as patch:
        Interrupter(patch, 1).watch(Requests, "carry_out")
        with pytest.raises(KeyboardInterrupt):
            prepare(home, files)
    with open_requests(home, STATION, ballast_bytes=0) as requests:
        with pytest.raises(Exception, match="pin_is_sample"):
            requests.carry_out("people_add", PIN | {"pin": SAMPLE_PEOPLE[0].pin})
        requests.carry_out("people_add", PIN)
    with pytest.raises(NotASampleError):
        prepare(home, files)
    assert found_in(home).people == ["Real Person"]


def test_a_release_that_was_interrupted_is_never_given_its_name_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its orders may be worked on meanwhile, and orders that somebody started cannot be imported again."""
    home = tmp_path / "demo"
    prepare(home, orders=1)
    with monkeypatch.context() as patch:
        Interrupter(patch, 1, is_after=True).watch(Requests, "carry_out")
        with pytest.raises(KeyboardInterrupt):
            prepare(home, orders=1)
    prepare(home, orders=1)
    tours = [name for name in found_in(home).orders if name.startswith("T")]
    assert tours == ["T1-0001", "T2-0001", "T3-0001"]


def test_the_levels_of_the_demo_are_those_of_its_simulated_lift() -> None:
    layout = default_layout()
    bay_mm = layout.openings[SAMPLE_OPENING]
    expected = {number: abs(level_mm - bay_mm) for number, level_mm in layout.trays.items()}
    assert intervals_of(sample_settings("S1", url="socket://x:1")).travel_mm == expected
    assert not intervals_of(sample_settings("S1", url="socket://x:1", protocol="carousel2")).travel_mm
    assert not intervals_of(sample_settings("S1", url="socket://x:1", opening="SH1-2")).travel_mm
