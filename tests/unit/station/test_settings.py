import json
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.config import ConfigError
from station.setting_fields import key_of
from station.settings import SECTIONS, MachineSettings, Settings
from station.settings_file import SettingsError, load_settings
from ui.bootstrap.station import zones_of

DOCUMENT = Path(__file__).parents[3] / "docs" / "settings.md"


@pytest.fixture
def file(tmp_path):
    def written(text):
        path = tmp_path / "station.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def problems_of(path, environment=None):
    with pytest.raises(SettingsError) as caught:
        load_settings(path, environment or {})
    return caught.value.problems


def test_without_a_file_the_defaults_hold():
    assert load_settings(None, {"HOME": "/root"}) == Settings()


def test_a_file_and_the_environment_over_it_are_read(file):
    path = file(
        '[station]\nname="S7"\n[screen]\ndiagonal_in=10\n[machine]\nurl="COM3"\nserial="19200,8E1"\n[[scanner]]\nurl="COM4"\n'
    )
    settings = load_settings(
        path, {"BAYLIGHT_MACHINE_URL": "COM9", "BAYLIGHT_SIGN_ON_PIN_LENGTH": "4", "BAYLIGHT_SCREEN_TAP_LOCK_S": "0.3"}
    )
    assert (settings.station.name, settings.machine.url, settings.machine.serial) == ("S7", "COM9", "19200,8E1")
    assert (settings.screen.diagonal_in, settings.screen.tap_lock_s) == (10.0, 0.3)
    assert (settings.sign_on.pin_length, settings.scanner[0].url) == (4, "COM4")


def test_scanners_come_from_the_environment_too(file):
    environment = {"BAYLIGHT_SCANNER_1_NAME": "hand", "BAYLIGHT_SCANNER_2_URL": "COM5"}
    scanners = load_settings(file('[[scanner]]\nurl="COM4"\n'), environment).scanner
    assert [(each.name, each.url) for each in scanners] == [("hand", "COM4"), ("scanner", "COM5")]


def test_a_gap_in_the_scanners_is_refused():
    assert problems_of(None, {"BAYLIGHT_SCANNER_2_URL": "COM5"})[0].reason == "unknown_key"


def test_everything_wrong_is_named_at_once_with_what_would_be_right(file):
    path = file('[statoin]\nname="S1"\n[machine]\nurll="COM3"\nheight_mm=12\nopening=1\n[display]\nserial="fast"\n')
    found = {each.key: each for each in problems_of(path)}
    assert {(key, each.reason) for key, each in found.items()} == {
        ("statoin", "unknown_section"),
        ("machine.urll", "unknown_key"),
        ("machine.height_mm", "not_allowed"),
        ("machine.opening", "wrong_type"),
        ("display.serial", "not_allowed"),
    }
    assert found["statoin"].nearest == "station"
    assert found["machine.urll"].nearest == "url"
    assert (found["machine.height_mm"].value, found["machine.height_mm"].allowed) == ("12", "1000 to 40000")
    assert {each.file for each in found.values()} == {str(path)}


def test_the_message_says_file_key_value_range_and_nearest(file):
    path = file("[machine]\nheight_mm=12\nurll='x'\n")
    with pytest.raises(SettingsError) as caught:
        load_settings(path, {})
    known = ", ".join(each.name for each in fields(MachineSettings))
    assert str(caught.value).splitlines() == [
        f"{path}: machine.height_mm: this cannot be; value 12; allowed: 1000 to 40000",
        f"{path}: machine.urll: there is no such key; allowed: {known}; nearest: url",
    ]


@pytest.mark.parametrize(
    ("variable", "text", "reason"),
    [
        ("BAYLIGHT_MACHINE_HEIGHT_MM", "tall", "wrong_type"),
        ("BAYLIGHT_MACHINE_HEIGHT_MM", "1", "not_allowed"),
        ("BAYLIGHT_MACHINE_URLL", "COM3", "unknown_key"),
        ("BAYLIGHT_MASCHINE_URL", "COM3", "unknown_section"),
        ("BAYLIGHT_SCREEN_DIAGONAL_IN", "nan", "not_allowed"),
        ("BAYLIGHT_RESULTS_FORMAT", "xml", "not_allowed"),
    ],
)
def test_a_wrong_variable_is_named(variable, text, reason):
    found = problems_of(None, {variable: text})
    assert [(each.file, each.key, each.reason) for each in found] == [("environment", variable, reason)]


@pytest.mark.parametrize("text", ["true", "1.5", "inf", "nan", '"6"', "[6]", "5"])
def test_a_whole_number_is_a_whole_number(file, text):
    assert problems_of(file(f"[sign_on]\npin_length={text}\n"))[0].key == "sign_on.pin_length"


def test_a_flag_is_no_number(file):
    assert problems_of(file("[machine]\nheight_mm=true\n"))[0].reason == "wrong_type"


@pytest.mark.parametrize("body", ["station=1", "scanner=1", "scanner=[1]", "[scanner]\nurl='x'", "a=[[[", "x"])
def test_wrong_shapes_are_refused(file, body):
    assert problems_of(file(body))


def test_a_missing_file_is_named(tmp_path):
    assert problems_of(tmp_path / "none.toml")[0].reason == "unreadable"


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail_otherwise(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("settings") / "s.toml"
    path.write_bytes(content)
    try:
        settings = load_settings(path, {})
    except SettingsError as error:
        settings = error
    assert isinstance(settings, Settings | SettingsError)


def test_every_setting_is_documented_with_its_default_and_its_range():
    rows = re.findall(r"^\| `([a-z_.]+)` \| `([^`]*)` \| (.+?) \| (.+) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    documented = {key: (default, allowed) for key, default, allowed, _ in rows}
    actual = {
        f"{section}.{key_of(each)}": (json.dumps(each.default), each.metadata["allowed"])
        for section, kind in SECTIONS.items()
        for each in fields(kind)
    }
    assert documented == actual


def test_the_documents_example_is_accepted(file):
    example = re.search(r"```toml\n(.+?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)[1]
    settings = load_settings(file(example), {})
    assert tomllib.loads(example)["machine"]["url"] == settings.machine.url


def test_a_password_of_the_site_database_is_shown_nowhere(tmp_path: Path) -> None:
    url = "postgresql://s1:hunter2@db.site/baylight"
    settings = load_settings(None, {"BAYLIGHT_UPSTREAM_URL": url})
    assert settings.upstream.url == url
    assert "hunter2" not in repr(settings)
    file = tmp_path / "settings.toml"
    file.write_text('[upstream]\nurl = "hunter2\\u0001"\n', encoding="utf-8")
    for path, environment in ((file, {}), (None, {"BAYLIGHT_UPSTREAM_URL": "hunter2" * 100})):
        with pytest.raises(SettingsError) as refused:
            load_settings(path, environment)
        assert "PostgreSQL URL" in str(refused.value)
        assert "hunter2" not in str(refused.value)


def test_zones_are_walked_in_their_order_and_none_is_called_as_the_machine_or_another(file):
    body = '[machine]\nname="M1"\n[[zone]]\nname="B"\nkind="quarantine"\n[[zone]]\nname="A"\nput="always"\ntitle="By the gate"\n'
    zones = zones_of(load_settings(file(body), {}))
    assert list(zones) == ["B", "A"]
    assert (zones["B"].kind.value, zones["A"].always_proposed, zones["A"].title) == ("quarantine", True, "By the gate")
    for name in ("M1", "B"):
        with pytest.raises(ConfigError):
            zones_of(load_settings(file(f'{body}[[zone]]\nname="{name}"\n'), {}))
