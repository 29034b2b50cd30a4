"""CD5220: the bytes of the manual on a screen model that is as strict as the manual warns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.ascii_text import fold
from hardware.devices.cd5220.frames import clear_frame, open_frame, show_frame
from hardware.sim.display import DisplayScreen

PICK_3 = bytes.fromhex("0c 1b5141" + b"PICK 3              ".hex() + "0d 1b5142" + b"C7                  ".hex() + "0d")


def test_two_lines_are_written_as_the_manual_says() -> None:
    assert show_frame("PICK 3", "C7") == PICK_3


def test_a_second_text_replaces_the_first_and_clearing_clears() -> None:
    screen = DisplayScreen()
    screen.feed(open_frame() + show_frame("PICK 3", "C7") + show_frame("PICK 10 of a very long name", ""))
    assert screen.rows == ("PICK 10 of a very lo", " " * 20)
    screen.feed(clear_frame())
    assert screen.rows == (" " * 20, " " * 20)
    assert screen.ignored == 0


def test_the_screen_ignores_all_but_the_line_command_until_it_is_cleared() -> None:
    screen = DisplayScreen()
    screen.feed(b"\x1bQAONE                 \r")
    screen.feed(b"\x1b@lost")
    assert screen.rows[0].startswith("ONE")
    assert screen.ignored == 6
    screen.feed(b"\x0cseen")
    assert screen.rows[0].startswith("seen")


def test_the_cursor_goes_where_it_is_sent() -> None:
    screen = DisplayScreen()
    screen.feed(b"\x1bl\x03\x02X")
    assert screen.rows[1] == "  X" + " " * 17


@pytest.mark.parametrize(("text", "folded"), [("Größe 5×3", "Groesse 5x3"), ("Écrou", "Ecrou"), ("a\tb", "a b"), ("漢", "?")])
def test_letters_the_display_lacks_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(upper=st.text(max_size=40), lower=st.text(max_size=40))
def test_no_text_breaks_out_of_its_line(upper: str, lower: str) -> None:
    screen = DisplayScreen()
    screen.feed(show_frame(upper, lower))
    assert screen.rows == (fold(upper)[:20].ljust(20), fold(lower)[:20].ljust(20))


@given(data=st.binary(max_size=200))
def test_no_bytes_break_the_screen(data: bytes) -> None:
    screen = DisplayScreen()
    for byte in data:
        screen.feed(bytes((byte,)))
    assert [len(row) for row in screen.rows] == [20, 20]
