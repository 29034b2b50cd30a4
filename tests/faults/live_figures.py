"""Figures and counts at the running program: what was picked stands on the board, a table and a paper are written, a tray that
nobody counted becomes a count order, and nothing moves."""

from __future__ import annotations

import csv
from pathlib import Path

from station import commands as do
from station.view.desk import DeskFace
from station.view.view import View
from station.view.work import WorkFace
from tests.faults.live_desk import is_read, take_something_and_hand_over
from tests.helpers.live import Person, live, make_site, simulated_lift


def is_written(view: View) -> bool:
    return view.bar.code == "figures_written"


def rows_beside(paper: Path) -> list[dict[str, str]]:
    """The table that lies beside the paper."""
    assert paper.read_bytes().startswith(b"%PDF")
    with paper.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


async def have_a_tray_counted(person: Person) -> None:
    """The programme of counts, then what nobody counted this year: a tray of that becomes a count order."""
    await person.hands.tap("action_more")
    await person.hands.tap("action_counts")
    view = await person.until(is_read, "the programme of counts")
    assert isinstance(view.face, DeskFace)
    assert view.face.counts is not None
    assert sum(each.places for each in view.face.counts.classes) > 0
    station = person.running.station
    station.give(do.ShowDesk(person.view.token, "missing"))
    await person.until(lambda view: is_read(view) and view.face.show == "missing", "the trays")  # type: ignore[union-attr]
    station.give(do.TouchDesk(person.view.token, 0))
    await person.until(lambda view: isinstance(view.face, DeskFace) and view.face.ask is not None, "the question")
    station.give(do.Choose(person.view.token, "count_case"))
    await person.until(lambda view: view.bar.code == "count_ordered", "the order")
    await person.hands.tap("action_back")
    orders = await person.until(lambda view: isinstance(view.face, WorkFace) and bool(view.face.orders), "the work list")
    assert isinstance(orders.face, WorkFace)
    assert any(each.order.startswith("COUNT-") for each in orders.face.orders)


def test_a_supervisor_sees_the_figures_and_writes_them_out(tmp_path: Path) -> None:
    with simulated_lift(tmp_path, speed=50.0) as lift:
        make_site(tmp_path)

        async def play(person: Person) -> None:
            await take_something_and_hand_over(person)
            moved = len(person.motions())
            await person.hands.tap("action_more")
            await person.hands.tap("action_figures")
            await person.until(is_read, "the figures")
            face = person.view.face
            assert isinstance(face, DeskFace)
            assert face.sheet is not None
            assert face.sheet.machine.share is not None
            await person.hands.tap("desk_terms")
            await person.until(lambda view: isinstance(view.face, DeskFace) and view.face.show == "terms", "what they mean")
            await person.hands.tap("action_more")
            await person.hands.tap("action_desk_export")
            view = await person.until(is_written, "the files")
            lines = {"of": "all", "what": "", "figure": "lines", "value": str(face.sheet.whole.lines)}
            assert lines in rows_beside(Path(str(view.bar.params["path"])))
            await person.hands.tap("action_back")
            await person.until(lambda view: isinstance(view.face, WorkFace), "the work list")
            await have_a_tray_counted(person)
            assert len(person.motions()) == moved, "nothing on the page moves the lift"

        live(tmp_path, lift, play)
