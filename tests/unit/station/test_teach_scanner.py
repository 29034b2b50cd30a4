"""One scan of the test label tells how a scanner says its codes, on whatever keyboard, and what it says that cannot be kept."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.key_layouts import Layout, meant, swap_case, typed
from station.scan import clean
from station.scan_form import F8, GROUP_SEPARATOR, ScanForm, Stroke
from station.teach_scanner import (
    AIM_ID,
    BLOCKING,
    CAPS_INVERTED,
    GS_LOST,
    GS_NOT_KNOWN,
    LABEL,
    LAYOUT_NOT_KNOWN,
    NO_AIM_ID,
    NO_END,
    NOT_A_SCANNER,
    NOT_THE_LABEL,
    NOTHING_READ,
    TOO_MUCH_AROUND,
    teach_keys,
    teach_text,
)
from tests.helpers.typing_scanner import GS_FORMS, TypingScanner

OTHER = "0109520123456788-yZ/+#\x1d21a7Q;,m\x1d17"
SIGNS = "".join(map(chr, range(0x20, 0x7F)))


def _reads(form: ScanForm, scanner: TypingScanner, code: str) -> str:
    strokes = [stroke for stroke in scanner.scan(code) if not stroke.is_end]
    return clean(form.bare(form.typed(strokes)))


@pytest.mark.parametrize("layout", [Layout.HOST, Layout.DE, Layout.FR])
@pytest.mark.parametrize("gs", GS_FORMS)
@pytest.mark.parametrize("tells_places", [False, True])
def test_after_one_label_every_code_of_that_scanner_is_read_right(layout: Layout, gs: str, tells_places: bool) -> None:
    for prefix, suffix, ends, has_caps, has_aim_id in product(
        ("", "S1", "+"), ("", "!"), ("\r", "\t", "\r\r", ""), (False, True), (False, True)
    ):
        scanner = TypingScanner(
            layout=layout,
            gs=gs,
            tells_places=tells_places,
            prefix=prefix,
            suffix=suffix,
            ends=ends,
            has_caps=has_caps,
            has_aim_id=has_aim_id,
        )
        taught = teach_keys(scanner.scan(LABEL))
        assert taught.form is not None, (scanner, taught)
        assert (taught.form.prefix, taught.form.suffix) == (prefix, suffix + ends), scanner
        assert taught.form.has_aim_id == has_aim_id
        assert _reads(taught.form, scanner, OTHER) == OTHER, scanner
        assert set(taught.problems) <= {NO_END, NO_AIM_ID, CAPS_INVERTED}
        assert (NO_END in taught.problems, NO_AIM_ID in taught.problems) == (not ends, not has_aim_id)


@pytest.mark.parametrize("layout", [Layout.DE, Layout.FR])
def test_where_places_are_told_the_keyboard_and_caps_lock_do_not_matter(layout: Layout) -> None:
    scanner = TypingScanner(layout=layout, has_caps=True, tells_places=True)
    taught = teach_keys(scanner.scan(LABEL))
    assert taught.form is not None
    assert (taught.form.layout, taught.form.is_caps_inverted, taught.problems) == (Layout.KEYS, False, ())
    assert _reads(taught.form, replace(scanner, layout=Layout.HOST, has_caps=False), OTHER) == OTHER


def test_places_learn_a_keyboard_that_nobody_told_us_of() -> None:
    strokes = TypingScanner(tells_places=True).scan(LABEL)
    strange = [stroke if stroke.is_end else replace(stroke, text=chr(0x400 + ord(stroke.text))) for stroke in strokes]
    taught = teach_keys(strange)
    assert taught.form is not None
    assert taught.form.layout is Layout.KEYS
    without = [replace(stroke, place=0) for stroke in strange]
    assert teach_keys(without).problems == (LAYOUT_NOT_KNOWN,)


def test_a_scanner_that_types_everything_as_numbers_needs_no_layout() -> None:
    scanner = TypingScanner(layout=Layout.FR, by_numbers=True, has_caps=True)
    taught = teach_keys(scanner.scan(LABEL))
    assert taught.form == ScanForm(suffix="\r", gs=GROUP_SEPARATOR, has_aim_id=True)


@pytest.mark.parametrize(
    ("gs", "form"), [("ctrl", GROUP_SEPARATOR), ("alt", GROUP_SEPARATOR), ("F8", F8), ("|", "|"), ("{GS}", "{GS}")]
)
def test_what_stands_for_the_group_separator_is_named(gs: str, form: str) -> None:
    taught = teach_keys(TypingScanner(gs=gs, layout=Layout.DE).scan(LABEL))
    assert taught.form is not None
    assert taught.form.gs == form


@pytest.mark.parametrize("layout", [Layout.HOST, Layout.DE, Layout.FR])
@pytest.mark.parametrize(
    ("gs", "problem"), [("", GS_LOST), ("-", GS_NOT_KNOWN), ("A", GS_NOT_KNOWN), ("{SEPARATOR}", GS_NOT_KNOWN)]
)
def test_a_lost_or_doubtful_group_separator_is_said_and_nothing_kept(layout: Layout, gs: str, problem: str) -> None:
    taught = teach_keys(TypingScanner(gs=gs, layout=layout).scan(LABEL))
    assert (taught.form, taught.problems[0]) == (None, problem)


def test_what_cannot_be_kept_is_said() -> None:
    scanner = TypingScanner()
    assert teach_keys(()).problems == (NOTHING_READ,)
    assert teach_keys(replace(scanner, gap_ms=90).scan(LABEL)).problems == (NOT_A_SCANNER,)
    assert teach_keys(scanner.scan("4017-0840")).problems == (NOT_THE_LABEL,)
    assert teach_keys(replace(scanner, prefix="x" * 17).scan(LABEL)).problems[0] == TOO_MUCH_AROUND
    assert teach_keys(scanner.scan(LABEL) + scanner.scan(LABEL, start_ms=1500)).form is None


def test_f_keys_before_and_after_a_code_are_no_prefix() -> None:
    strokes = TypingScanner().scan(LABEL)
    around = (Stroke(function=2, at_ms=992), *strokes, Stroke(function=12, at_ms=strokes[-1].at_ms + 8))
    taught = teach_keys(around)
    assert taught.form is not None
    assert taught.form.prefix == ""


# --- a scanner on a line of its own -----------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", [Layout.HOST, Layout.DE, Layout.FR])
@pytest.mark.parametrize("gs", [GROUP_SEPARATOR, "|", "{GS}"])
@pytest.mark.parametrize("has_caps", [False, True])
@pytest.mark.parametrize("is_ended", [False, True])
def test_a_line_scanner_is_taught_by_what_it_said(layout: Layout, gs: str, has_caps: bool, is_ended: bool) -> None:
    def says(code: str) -> str:
        text = typed(code.replace(GROUP_SEPARATOR, gs), layout)
        return swap_case(text) if has_caps else text

    for prefix, suffix, aim_id in product(("", "S1"), ("", "!"), ("", AIM_ID)):
        taught = teach_text(says(f"{prefix}{aim_id}{LABEL}{suffix}"), is_ended=is_ended)
        assert taught.form is not None
        assert taught.form.prefix == prefix
        assert clean(taught.form.read(says(f"{prefix}{aim_id}{OTHER}{suffix}"))) == OTHER
        assert (NO_END in taught.problems) == (not is_ended)


def test_a_line_scanner_that_loses_the_separator_or_reads_something_else_is_told_so() -> None:
    assert teach_text(AIM_ID + LABEL.replace(GROUP_SEPARATOR, ""), is_ended=True).problems == (GS_LOST,)
    assert teach_text("4017-0840", is_ended=True).problems == (NOT_THE_LABEL,)
    assert teach_text("", is_ended=True).problems == (NOTHING_READ,)


# --- the form ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", list(Layout))
@given(text=st.text(SIGNS))
def test_what_a_layout_does_is_undone(layout: Layout, text: str) -> None:
    assert meant(typed(text, layout), layout) == text
    assert swap_case(swap_case(text)) == text


@given(text=st.text(max_size=30), prefix=st.text(max_size=3), suffix=st.text(max_size=3))
def test_what_a_code_is_in_is_taken_off_once(text: str, prefix: str, suffix: str) -> None:
    suffix = suffix.rstrip("\r\t")
    form = ScanForm(prefix=prefix, suffix=suffix + "\r")
    assert form.bare(prefix + text + suffix) == text


def test_what_is_not_around_a_code_is_not_taken_off() -> None:
    """Another scanner at the same computer may say its codes bare."""
    form = ScanForm(prefix="S1", suffix="!\r")
    assert [form.bare(text) for text in ("S1A-4711!", "A-4711!", "S1A-4711", "A-4711")] == ["A-4711"] * 4


@given(
    strokes=st.lists(st.builds(Stroke, st.text(max_size=2), st.floats(0, 500), st.integers(0, 200), st.booleans(), st.booleans()))
)
def test_no_keys_raise(strokes: list[Stroke]) -> None:
    taught = teach_keys(strokes)
    assert (taught.form is None) == bool(BLOCKING & set(taught.problems))


def test_the_label_is_what_every_gs1_scanner_reads() -> None:
    first, second = LABEL.split(GROUP_SEPARATOR)
    assert (first[:2], second[:2]) == ("10", "21")
    assert max(len(first), len(second)) - 2 <= 20
    assert set("yzYZ-/+#0123456789") <= set(LABEL)
