"""Practice by touch: the button of the sign-on screen, what is said of its end, and the page that lies over the real window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from station.commands import Command
from station.commands.answers import Back
from station.sample.people import SAMPLE_PEOPLE
from station.view.message import Level, Message
from station.view.status import DeviceLight, Light
from tests.helpers import faces
from tests.helpers.looks import changed_looks, digest_of_pixels
from tests.unit.ui.conftest import Bench, MakeBench
from tests.unit.ui.test_golden import compare
from tests.unit.ui.test_layout_rules import PANELS, SMALLEST, layout_faults
from ui.demo.practice_words import Frames, Pressed, Scanned, frame_of
from ui.language import LANGUAGES
from ui.practice_glass import PracticeGlass
from ui.view_models.practice_offer import BEGIN, PracticeOffer
from ui.wedge import TakeScan
from ui.widgets.practice_strip import PracticeStrip
from ui.window import MainWindow

VIEWS = faces.all_views()
CALM = VIEWS["sign_on_plain"]
STOPPED = replace(CALM, bar=Message("e_stop", Level.STOP))
WAITS_FOR_ITS_END = "import sys; sys.stdin.read()"
SHOWS = """
import sys
from tests.helpers import faces
from ui.demo.practice_words import frame_of
sys.stdout.buffer.write(frame_of(faces.all_views()["sign_on"]))
sys.stdout.buffer.flush()
sys.stdin.read()
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_button_and_every_word_about_practice_have_room_and_look_as_before(language: str, make_bench: MakeBench) -> None:
    bench = make_bench(language=language)
    bench.window.show()
    faults, looks = [], {}
    for offer in (each for each in PracticeOffer if each):
        bench.window.offer_practice(offer)
        for name, view in (("calm", CALM), ("stopped", STOPPED), ("sample", VIEWS["sign_on"])):
            looks[f"{name}_{offer}"] = digest_of_pixels(bench.show(view))
            assert bench.button(BEGIN).isEnabled() is (view is not STOPPED and offer is not PracticeOffer.STARTING)
            faults += layout_faults(bench, PANELS[SMALLEST])
    assert not faults, "\n".join(faults)
    assert not changed_looks(f"practice_{language}", looks)


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_sign_on_screen_with_practice_has_not_changed_by_a_pixel(language: str, make_bench: MakeBench) -> None:
    bench = make_bench(language=language)
    bench.window.show()
    bench.window.offer_practice(PracticeOffer.READY)
    bench.show(CALM)
    compare(bench, "sign_on_practice" if language == "en" else f"{language}/sign_on_practice")


def test_where_practice_is_not_offered_the_screen_is_as_before(make_bench: MakeBench) -> None:
    bench = make_bench()
    bench.window.show()
    bench.show(CALM)
    assert not any(each.isVisible() for each in bench.window.findChildren(type(bench.button("language_de")), BEGIN))


def test_a_touch_begins_it_only_where_nobody_works_and_the_machine_is_well(make_bench: MakeBench) -> None:
    bench, wanted = offering(make_bench), []
    bench.window.practice_wanted.connect(lambda: wanted.append(True))
    bench.show(replace(CALM, lights=(DeviceLight("machine", Light.BAD),)))
    bench.tap(BEGIN)
    assert wanted == []
    bench.show(CALM)
    bench.tap(BEGIN)
    assert wanted == [True]
    bench.show(VIEWS["work"])
    assert "practice" not in str(bench.window._frame.row if bench.window._frame else "practice")


def test_the_sentence_of_its_end_never_hides_what_the_bay_says(make_bench: MakeBench) -> None:
    bench = offering(make_bench)
    bench.window.offer_practice(PracticeOffer.BAY)
    bench.show(CALM)
    frame = bench.window._frame
    assert frame is not None
    assert frame.bar.text.startswith("Practice has ended because")
    before = frame.bar
    bench.show(STOPPED)
    frame = bench.window._frame
    assert frame is not None
    assert frame.bar != before
    assert "Practice" not in frame.bar.text
    assert frame.content.title == "Practice has ended. Read the line at the bottom"  # type: ignore[union-attr]


def test_every_view_and_a_cut_pipe_come_through_whole() -> None:
    words = [*VIEWS.values(), Scanned("ABC", "practice", 1.5), Pressed("CONFIRM"), Back(7)]
    stream, frames, got = b"".join(frame_of(each) for each in words), Frames(), []
    for start in range(0, len(stream), 1013):
        got += frames.take(stream[start : start + 1013])
    assert got == words


def test_a_window_behind_another_hears_no_key_and_forgets_what_was_half_typed(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench = offering(make_bench)
    bench.show(CALM)
    type_keys(bench.window, "BLB-4")
    bench.window.be_behind(True)
    type_keys(bench.window, "0721\r")
    bench.window.be_behind(False)
    type_keys(bench.window, "0721\r")  # the rest of a code that was meant for the other
    assert bench.scans == []
    qtbot.waitUntil(lambda: not bench.window._deaf.holds)
    type_keys(bench.window, "BLB-40721\r", at_ms=5000)
    qtbot.waitUntil(lambda: bench.scans == [("BLB-40721", "wedge")])


def test_what_does_not_start_says_so_and_leaves_nothing(
    make_bench: MakeBench, qtbot: QtBot, expect_log: Callable[[str], None]
) -> None:
    expect_log("O473 practice ended by itself")
    bench = offering(make_bench)
    bench.show(CALM)
    glass = glass_over(bench, "raise SystemExit(3)")
    bench.tap(BEGIN)
    made = glass._directory
    qtbot.waitUntil(lambda: bench.window._offer is PracticeOffer.FAILED, timeout=20_000)
    assert glass.over is None
    assert not made.exists()
    frame = bench.window._frame
    assert frame is not None
    assert frame.bar.error == "O473"


def test_a_stop_while_it_is_made_ready_ends_it_before_it_is_seen(make_bench: MakeBench) -> None:
    bench = offering(make_bench)
    bench.show(CALM)
    glass = glass_over(bench, WAITS_FOR_ITS_END)
    bench.tap(BEGIN)
    made = glass._directory
    glass.watch(STOPPED)
    glass.stop()
    assert glass.over is None
    assert not made.exists()


def test_over_the_bay_it_is_marked_has_the_keys_and_gives_way_to_a_real_badge(make_bench: MakeBench, qtbot: QtBot) -> None:
    bench, real = offering(make_bench), []
    bench.show(CALM)
    glass = glass_over(bench, SHOWS, lambda text, source, *, at_s: real.append(text))
    bench.tap(BEGIN)
    qtbot.waitUntil(lambda: glass.over is not None, timeout=20_000)
    over = glass.over
    assert over is not None
    assert over.size() == bench.window.size()
    assert "PRACTICE" in over.findChildren(PracticeStrip)[0].accessibleName()
    said: list[object] = []
    glass._say = said.append  # type: ignore[method-assign]
    glass._take_scan(SAMPLE_PEOPLE[0].badge, "wedge", at_s=1.0)
    assert (real, said) == ([], [Scanned(SAMPLE_PEOPLE[0].badge, "wedge", 1.0)])
    glass._take_scan("BLB-77777", "wedge", at_s=2.0)
    assert (real, len(said)) == (["BLB-77777"], 1)
    assert glass.over is None
    glass.stop()


def offering(make_bench: MakeBench) -> Bench:
    bench = make_bench()
    bench.window.show()
    bench.window.offer_practice(PracticeOffer.READY)
    return bench


def glass_over(bench: Bench, program: str, scan: TakeScan = lambda text, source, *, at_s: None) -> PracticeGlass:
    def make(give: object, take: TakeScan, directory: Path) -> MainWindow:
        def ignore(command: Command) -> None: ...

        return MainWindow(ignore, take, bench.window._tongues, bench.metrics, lambda: faces.NOW, is_practice=True)

    badges = [each.badge for each in SAMPLE_PEOPLE]
    return PracticeGlass(bench.window, make, scan, badges=badges, program=(sys.executable, "-c", program))


def type_keys(window: MainWindow, text: str, *, at_ms: int = 1000) -> None:
    for place, sign in enumerate(text):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, sign)
        event.setTimestamp(at_ms + 8 * place)
        QCoreApplication.sendEvent(window, event)
