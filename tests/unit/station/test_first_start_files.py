"""What the first start writes: single values into a settings file, a password into its own file, and how far it came."""

from __future__ import annotations

import stat
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from station.first_start import progress
from station.first_start.draft import LINE, STEPS, TRIAL, Draft, Step, changes_of, draft_of
from station.first_start.settings_edit import Change, SettingsTornError, edited
from station.settings_file import load_settings

PACKAGED = Path(__file__).parents[3] / "packaging/deb/files/station.toml"
SECRET = 'pass:wo\\rd "12"'
DRAFT = Draft(language="de", diagonal_tenths=156, station="B7", machine_url="socket://10.0.0.5:9600")


def test_one_value_is_changed_and_everything_else_stays_as_it_was() -> None:
    before = '# ours\n[machine]\nurl = "a" # old\n\n# the scanner\n[[scanner]]\nname = "hand"\n[[scanner]]\nname = "two"\n'
    changes = (Change("machine", "url", 'b"c'), Change("machine", "kind", "lift"), Change("scanner", "name", "x", True))
    after = edited(before, changes)
    assert after == (
        '# ours\n[machine]\nurl = "b\\"c"\nkind = "lift"\n\n# the scanner\n[[scanner]]\nname = "x"\n[[scanner]]\nname = "two"\n'
    )


def test_sections_that_are_not_there_are_made() -> None:
    made = edited("", (Change("screen", "diagonal_in", 12.1), Change("scanner", "url", "/dev/x", True)))
    assert tomllib.loads(made) == {"screen": {"diagonal_in": 12.1}, "scanner": [{"url": "/dev/x"}]}


@pytest.mark.parametrize(
    "torn",
    [
        'machine = { url = "a" }\n',
        '[machine]\nnote = """\n[machine]\nurl = 1\n"""\nurl = "a"\n',
        "[machine\n",
        'machine.url = "a"\n',
    ],
)
def test_a_file_that_cannot_be_changed_line_by_line_is_left_alone(torn: str) -> None:
    with pytest.raises(SettingsTornError):
        edited(torn, (Change("machine", "url", "b"),))


def test_what_is_written_is_what_the_settings_say_again(tmp_path: Path) -> None:
    config = tmp_path / "station.toml"
    config.write_text(PACKAGED.read_text(encoding="utf-8"), encoding="utf-8")
    draft = replace(DRAFT, scanner=LINE, scanner_url="usb:1", pointer="wled", pointer_url="udp://10.0.0.6:21324", has_site=True)
    draft = replace(draft, site="db.local:5433/baylight", site_user="a b@c")
    for step in STEPS:
        progress.keep_step(step, draft, directory=tmp_path / "data", config=config, password=SECRET)
    assert progress.is_over(tmp_path / "data")
    assert draft_of(load_settings(config, {})) == draft
    assert "# The lift: name, protocol and port." in config.read_text(encoding="utf-8")


def test_the_simulated_machine_has_no_line_and_a_real_one_takes_its_place(tmp_path: Path) -> None:
    config = tmp_path / "station.toml"
    progress.keep_step(Step.MACHINE, replace(DRAFT, machine=TRIAL), directory=tmp_path, config=config)
    settings = load_settings(config, {})
    assert (settings.machine.url, settings.machine.simulated) == ("", "SIMULATED")
    assert draft_of(settings).machine == TRIAL
    progress.keep_step(
        Step.MACHINE, replace(draft_of(settings), machine="hostcom", machine_url="COM3"), directory=tmp_path, config=config
    )
    machine = load_settings(config, {}).machine
    assert (machine.protocol, machine.url, machine.simulated) == ("hostcom", "COM3", "")


def test_the_password_stands_in_a_file_of_its_own_for_its_owner_alone(tmp_path: Path) -> None:
    config = tmp_path / "station.toml"
    draft = replace(DRAFT, has_site=True, site="db/b", site_user="u")
    progress.keep_step(Step.SITE, draft, directory=tmp_path, config=config, password=SECRET)
    kept = tmp_path / progress.PASSWORD_FILE
    assert kept.read_text(encoding="utf-8") == '*:*:*:*:pass\\:wo\\\\rd "12"\n'
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    others = [path for path in tmp_path.rglob("*") if path.is_file() and path != kept]
    assert others
    assert not [path for path in others if "wo\\" in path.read_text(encoding="utf-8")]
    assert not [each for each in changes_of(Step.SITE, draft) if "pass" in str(each.value)]


def test_a_step_that_was_cut_off_before_its_end_is_not_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "station.toml"
    progress.keep_step(Step.LANGUAGE, DRAFT, directory=tmp_path, config=config)
    before = config.read_bytes()

    def cut(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("station.first_start.progress.os.replace", cut)
    with pytest.raises(OSError, match="no space"):
        progress.keep_step(Step.SCREEN, DRAFT, directory=tmp_path, config=config)
    assert (progress.done_of(tmp_path), config.read_bytes()) == (Step.LANGUAGE, before)
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".part"]


def test_what_cannot_be_read_of_the_progress_begins_again(tmp_path: Path) -> None:
    assert progress.done_of(tmp_path) is None
    (tmp_path / progress.FILE).write_text('{"done": "nowhere"}', encoding="utf-8")
    assert progress.done_of(tmp_path) is None
