"""What was taught of the scanners survives the program, and the settings win."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station.key_layouts import Layout
from station.scan_form import GROUP_SEPARATOR, ScanForm
from station.scan_forms import FILE, ScanForms, over
from station.settings import WedgeSettings
from tests.helpers.guards import ExpectLog

FORM = ScanForm(prefix="\x02S1", suffix="!\r\t", gs="{GS}", layout=Layout.FR, is_caps_inverted=True, has_aim_id=True)


def test_what_was_taught_holds_at_once_and_after_a_restart(tmp_path: Path) -> None:
    forms = ScanForms(tmp_path / FILE)
    assert forms.of("wedge") == ScanForm()
    forms.keep("wedge", FORM)
    forms.keep("hand", ScanForm(gs="|"))
    for known in (forms, ScanForms(tmp_path / FILE)):
        assert (known.of("wedge"), known.of("hand"), known.of("other")) == (FORM, ScanForm(gs="|"), ScanForm())
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_without_a_place_for_it_a_form_holds_while_the_program_runs() -> None:
    forms = ScanForms()
    forms.keep("wedge", FORM)
    assert forms.of("wedge") == FORM


def test_a_disk_that_refuses_changes_nothing(tmp_path: Path) -> None:
    forms = ScanForms(tmp_path / "not there" / FILE)
    with pytest.raises(OSError, match="No such file"):
        forms.keep("wedge", FORM)
    assert forms.of("wedge") == ScanForm()


@pytest.mark.parametrize(
    ("settings", "form"),
    [
        (WedgeSettings(), FORM),
        (WedgeSettings(prefix="X", suffix="\r", gs=GROUP_SEPARATOR, layout="keys", caps="normal"),
         ScanForm(prefix="X", suffix="\r", gs=GROUP_SEPARATOR, layout=Layout.KEYS, has_aim_id=True)),
    ],
)  # fmt: skip
def test_settings_win_where_they_say_something(settings: WedgeSettings, form: ScanForm) -> None:
    assert over(FORM, settings) == form
    forms = ScanForms(None, settings)
    forms.keep("wedge", FORM)
    forms.keep("hand", FORM)
    assert (forms.of("wedge"), forms.of("hand")) == (form, FORM)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"wedge": 1}', '{"wedge": {"colour": "red"}}', '{"wedge": {"layout": "xx"}}', '{"wedge": {"gs": 29}}']
)
def test_a_file_that_is_none_teaches_nothing_and_stops_nothing(tmp_path: Path, text: str, expect_log: ExpectLog) -> None:
    expect_log("teaches nothing")
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    forms = ScanForms(tmp_path / FILE)
    assert forms.of("wedge") == ScanForm()
    forms.keep("wedge", FORM)
    assert json.loads((tmp_path / FILE).read_text(encoding="utf-8"))["wedge"]["layout"] == "fr"
