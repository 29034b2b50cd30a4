"""Trays and items at the running program: a supervisor sees what other processes made of the store, divides a tray by touch with
the PIN, and takes it back; the past of the tray shows the layout of each moment."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from db.records.files import Imported
from db.store import Store
from station import commands as do
from station.sample_site import SAMPLE_PEOPLE
from station.storage.layout import walls
from station.storage.page import Step
from station.values import PastAsk, Role, Tray
from station.view.storage import StorageFace
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.live import STATION, Person, live, make_site, simulated_lift

SUPERVISOR = next(each for each in SAMPLE_PEOPLE if each.role is Role.SUPERVISOR)
PITCH_MM = 25


def with_pitch(directory: Path) -> tuple[Tray, str]:
    """The sample site, where the tray that is divided has a pitch; with a compartment of it that is empty."""
    make_site(directory, orders=1)
    with closing(Store.open(directory, station=STATION)) as store:
        (machine,) = store.machines()
        stocked = {(each.place.tray, each.place.compartment) for each in store.stock() if each.quantity}
        for tray in store.trays(machine):
            pitched = replace(tray, pitch_mm=PITCH_MM)
            for cell in tray.compartments:
                if (tray.number, cell.label) not in stocked and walls(pitched, cell.label, is_across=False):
                    told = Imported(what="tray", file="trays.csv", sha256="0" * 64, rows=1, rejected=0)
                    store.import_trays([pitched], told).result()
                    return pitched, cell.label
    raise AssertionError("no compartment of the sample site is empty")


def storage(view: View) -> StorageFace | None:
    return view.face if isinstance(view.face, StorageFace) else None


def is_built(view: View) -> bool:
    face = storage(view)
    return face is not None and face.built is not None and face.ask is None and not face.wait


def is_as_stored(view: View) -> bool:
    face = storage(view)
    return is_built(view) and face is not None and face.built is not None and not face.built.builder.is_changed


def asks(view: View, code: str) -> bool:
    return getattr(getattr(view.face, "ask", None), "code", "") == code


async def apply(person: Person, action: str, question: str) -> None:
    await person.hands.tap(action)
    await person.until(lambda view: asks(view, question), "the question")
    await person.hands.tap("choice_yes")
    await person.type_pin_again(SUPERVISOR)
    await person.until_bar("builder_applied")
    await person.until(is_as_stored, "the tray as it is now")


def test_a_tray_is_divided_by_touch_and_taken_back_and_its_past_shows_both(tmp_path: Path) -> None:
    with simulated_lift(tmp_path, speed=100.0) as lift:
        tray, label = with_pitch(tmp_path)

        async def play(person: Person) -> None:
            store = person.running.store

            def labels(n: int | None = None) -> set[str]:
                past = store.tray_past(PastAsk(machine=tray.machine, tray=tray.number, n=n)).past.tray
                return {each.label for each in past.compartments} if past is not None else set()

            await person.sign_on(SUPERVISOR)
            await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
            person.running.station.give(do.OpenStorage())
            await person.until(lambda view: (face := storage(view)) is not None and face.uses is not None, "the trays")
            await person.hands.tap("storage_spare")
            view = await person.until(lambda view: (face := storage(view)) is not None and face.desk is not None, "the figures")
            face = storage(view)
            assert face is not None
            assert face.desk is not None
            assert (tray.number, label) in {(each.place.tray, each.place.compartment) for each in face.desk.spare}
            uses = store.tray_use(tray.machine)
            assert face.desk.compartments == sum(each.cells for each in uses)
            person.running.station.give(do.ShowStorage(person.view.token, "trays"))
            await person.until(lambda view: (face := storage(view)) is not None and face.show == "trays", "the trays")
            row = [each.number for each in uses].index(tray.number)
            person.running.station.give(do.TouchStorage(person.view.token, row))
            await person.until(is_built, "the tray")
            person.running.station.give(do.TouchCell(person.view.token, label))
            await person.hands.tap("build_split")
            await person.until(lambda view: _step(view) is Step.WALL, "the divider")
            await person.hands.tap("action_build_put")
            await person.until(lambda view: _step(view) is None and is_built(view), "the draft")
            assert person.kinds().count("tray_changed") == 1  # the pitch: nothing is written before it is applied
            before = len(person.kinds())
            await apply(person, "action_build_apply", "builder_apply")
            divided = len(person.kinds())
            assert labels() - labels(before) == {f"{label}A"}
            await apply(person, "action_build_undo", "builder_undo")
            assert labels() == labels(before)
            assert f"{label}A" in labels(divided)
            changes = store.layout_changes(tray.machine, tray.number)
            assert [each.why for each in changes] == ["undone", "built", "imported"]
            assert changes[0].undoes == changes[1].event
            assert changes[0].person
            assert person.kinds().count("pin_confirmed") == 2
            assert store.verify().is_ok

        live(tmp_path, lift, play)


def _step(view: View) -> Step | None:
    face = storage(view)
    return face.built.builder.step if face is not None and face.built is not None else None
