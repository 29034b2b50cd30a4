"""The pictures of docs/ are what the program shows now. On failure the actual picture lies in build/golden/docs; looked at, it is
copied over that of docs/pictures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage

from tests.helpers import faces
from tests.unit.ui.conftest import MakeBench

ROOT = Path(__file__).parents[3]
PICTURES, FAILED = ROOT / "docs" / "pictures", ROOT / "build" / "golden" / "docs"
FACES = {
    "exceptions": "desk",
    "first_fill": "bay_first_fill",
    "health": "desk_health",
    "history": "history",
    "people": "people",
    "pick": "pick",
    "place": "place",
    "places": "places",
    "pull": "pull",
    "put": "put_proposed",
    "question": "ask_taken",
    "scale": "scale_sure",
    "stopped": "pick_stopped",
    "work": "work",
    "wrong_scan": "pick_wrong_scan",
}
OF_FIRST_START = {"first_start": "screen"}  # it has a window of its own, and is held to the program with its own pictures


def test_every_picture_of_the_docs_is_what_the_program_shows(make_bench: MakeBench) -> None:
    bench, old = make_bench(), []
    bench.window.show()
    for name, face in FACES.items():
        shown = bench.show(faces.all_views()[face]).toImage().convertToFormat(QImage.Format.Format_RGB32)
        kept = QImage(str(PICTURES / f"{name}.png")).convertToFormat(QImage.Format.Format_RGB32)
        if shown != kept:
            FAILED.mkdir(parents=True, exist_ok=True)
            shown.save(str(FAILED / f"{name}.png"))
            old.append(name)
    assert not old, f"these are old, see {FAILED}: {', '.join(old)}"


def test_no_picture_of_the_docs_is_without_its_face() -> None:
    assert {each.stem for each in PICTURES.glob("*.png")} == {*FACES, *OF_FIRST_START}


def test_the_picture_of_the_first_start_is_one_that_is_held_to_the_program() -> None:
    for name, page in OF_FIRST_START.items():
        assert QImage(str(PICTURES / f"{name}.png")) == QImage(str(ROOT / f"tests/unit/ui/golden/first_start/{page}.png"))
