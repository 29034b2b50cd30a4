"""What the scripted operator answers to questions about tracked items."""

from __future__ import annotations

from dataclasses import replace

from station.tracking import is_code
from station.view.ask import AskText
from station.view.task import TaskFace
from tests.helpers import faces
from ui.demo.answers import ENTER, Job, answer
from ui.demo.habits import Habits


def typed(code: str, compartment: str = "C7", **params: int) -> str:
    face = faces.all_views()["put"].face
    assert isinstance(face, TaskFace)
    job = Job(face=replace(face, compartment=compartment), pieces=0, habits=Habits(7))
    *keys, enter = answer(AskText(code=code, params=params), job)
    assert enter == ENTER
    return "".join(key.removeprefix("text_") for key in keys)


def test_every_piece_has_another_serial_and_every_line_one_lot() -> None:
    serials = {typed("which_serial", place, number=number) for place in ("C7", "C8") for number in range(1, 100)}
    assert len(serials) == 198
    assert all(is_code(each) for each in (*serials, typed("which_lot")))
    assert typed("which_lot") == typed("which_lot")
