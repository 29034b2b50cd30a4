"""The Debian package's parts that can be looked at without building it: what is shipped, what is said to dpkg and to systemd."""

from __future__ import annotations

import importlib
import re
import struct
import subprocess
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

from station.settings_file import load_settings

from . import PACKAGING

qt_parts: Any = importlib.import_module("qt_parts")
releases: Any = importlib.import_module("releases")
tree: Any = importlib.import_module("tree")
control: Any = importlib.import_module("control")
slim: Any = importlib.import_module("slim")
FILES = PACKAGING / "deb/files"
UNITS = ("baylight.service", "baylight-x11.service")


def unit(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (FILES / name).read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            found.setdefault(line.partition("=")[0], []).append(line.partition("=")[2])
    return found


def wheel_files() -> list[str]:
    import PySide6

    folder = Path(PySide6.__file__).parent
    return [f"PySide6/{path.relative_to(folder).as_posix()}" for path in folder.rglob("*") if path.is_file()]


def test_no_part_under_the_gpl_alone_is_shipped() -> None:
    files = wheel_files()
    assert [name for name in files if qt_parts.is_gpl_only(name)], "the wheel is known to bring some"
    assert [name for name in files if qt_parts.is_shipped(name) and qt_parts.is_gpl_only(name)] == []


@pytest.mark.parametrize("pattern", qt_parts.SHIPPED)
def test_what_is_to_be_shipped_is_in_the_wheel(pattern: str) -> None:
    import fnmatch

    assert fnmatch.filter(wheel_files(), pattern)


def test_every_qt_module_that_the_program_imports_is_shipped() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (PACKAGING.parent / "ui").rglob("*.py")]
    used = {name for text in sources for name in re.findall(r"PySide6\.(Qt\w+)", text)}
    assert used
    assert [name for name in used if not qt_parts.is_shipped(f"PySide6/{name}.abi3.so")] == []


@pytest.mark.parametrize("name", ["a.data/scripts/x", "PySide6/assistant", "PySide6/Qt/qml/a.qml", "PIL/_avif.cp.so", "x/y.pyi"])
def test_what_nothing_needs_stays_out(name: str) -> None:
    assert not tree.is_taken(name)


@pytest.mark.parametrize(
    "name", ["ui/fonts/Inter.otf", "db/migrations/versions/0001_pre_create_store.sql", "reportlab/fonts/Vera.ttf"]
)
def test_what_the_program_reads_is_in(name: str) -> None:
    assert tree.is_taken(name)


def test_a_library_is_slimmed_to_what_is_loaded() -> None:
    header = bytearray(64)
    header[:6] = b"\x7fELF\x02\x01"
    struct.pack_into("<Q", header, 32, 64)  # program headers follow
    struct.pack_into("<Q", header, 40, 200)  # sections
    struct.pack_into("<HHHH", header, 56, 1, 64, 3, 2)
    program = struct.pack("<IIQQQQQQ", 1, 5, 0, 0, 0, 150, 150, 4096)
    image = bytes(header) + program + b"x" * 22 + b"debug" * 20
    slimmed = slim.slim(image)
    assert (len(slimmed), slimmed[64:]) == (150, image[64:150])
    assert struct.unpack_from("<Q", slimmed, 40) == (0,)
    assert slim.slim(b"no library") == b"no library"


@pytest.mark.parametrize("name", sorted(releases.RELEASES))
def test_the_control_file_names_the_python_and_the_kiosk(name: str) -> None:
    release = releases.RELEASES[name]
    text = control.control_text("1.2.3", release, 100)
    assert f"Version: 1.2.3+deb{release.number}\n" in text
    major, minor = release.python.split(".")
    assert f"python3 (>= {release.python}), python3 (<< {major}.{int(minor) + 1})" in text
    for package in ("cage", "xwayland", "seatd", "udev"):
        assert f" {package}," in text or f" {package}\n" in text
    assert not [line for line in text.splitlines() if not line.strip()], "an empty line ends the paragraph"


def test_every_library_that_dev_wants_is_a_dependency() -> None:
    text = (PACKAGING.parent / "dev").read_text(encoding="utf-8")
    wanted = set(re.findall(r"(?m)^(?:QT_LIBRARIES='|WINDOW_LIBRARIES=')?lib[\w.+-]+ (lib[\w.-]+)'?$", text)) - {"libglib2.0-0"}
    depends = set(releases.RELEASES["bookworm"].depends)
    assert len(wanted) > 10
    assert wanted - depends <= {"libwayland-egl1"}, "no window of ours is painted with EGL"


@pytest.mark.parametrize("name", UNITS)
def test_the_units_are_notified_and_watched(name: str) -> None:
    said = unit(name)
    assert (said["Type"], said["NotifyAccess"], said["Restart"]) == (["notify"], ["all"], ["always"])
    assert int(said["WatchdogSec"][0]) >= 10
    assert "PAMName" not in said, "the program's messages would be lost in a session's scope"
    assert said["StartLimitIntervalSec"] == ["0"]
    assert said["User"] == ["baylight"]
    assert said["ExecStop"] == ["/opt/baylight/libexec/end-program $MAINPID"]


def test_the_kiosk_is_seated_by_seatd_under_cage() -> None:
    said = unit("baylight.service")
    assert "LIBSEAT_BACKEND=seatd" in said["Environment"]
    assert "video" in said["SupplementaryGroups"][0].split()
    assert said["ExecStart"][0].startswith("/usr/bin/cage -d -- /opt/baylight/bin/baylight run ")


@pytest.mark.parametrize("name", ["postinst", "prerm", "postrm", "x11-session", "end-program"])
def test_the_scripts_can_be_read_by_the_shell(name: str) -> None:
    subprocess.run(["sh", "-n", str(FILES / name)], check=True)


def test_only_a_purge_takes_data() -> None:
    text = (FILES / "postrm").read_text(encoding="utf-8")
    removed = text[text.index("remove)") : text.index("purge)")]
    assert "rm " not in removed
    assert "deluser" not in removed
    assert "/var/lib/baylight" in text[text.index("purge)") :]


@pytest.mark.parametrize("path", [FILES / "station.toml", PACKAGING / "windows/station.toml"], ids=["debian", "windows"])
def test_the_settings_of_a_new_station_are_settings(path: Path) -> None:
    settings = load_settings(path, {})
    assert settings.machine.url
    assert settings.station.data


def test_the_version_stands_in_one_place() -> None:
    project = PACKAGING.parent
    version = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    sources = [path for name in ("ui", "station", "db", "hardware") for path in (project / name).rglob("*.py")]
    named = re.compile(rf'(?i)version\w*(: [\w.]+)? = "{re.escape(version)}"')
    assert named.search(f'__version__ = "{version}"')
    assert [path.name for path in sources if named.search(path.read_text(encoding="utf-8"))] == []


def test_the_bill_of_materials_has_every_locked_package_with_hashes_and_licence() -> None:
    sbom: Any = importlib.import_module("sbom")
    made = sbom.sbom("1.2.3", 1_700_000_000)
    assert made == sbom.sbom("1.2.3", 1_700_000_000)
    lock = (PACKAGING.parent / "requirements.lock").read_text(encoding="utf-8")
    pins = dict(re.findall(r"(?m)^([a-z0-9._-]+)==(\S+)", lock))
    ours = {each["name"]: each for each in made["components"] if each["purl"].startswith("pkg:pypi/")}
    assert {name: each["version"] for name, each in ours.items()} == pins
    assert all(each["externalReferences"][0]["hashes"] and each["licenses"] for each in ours.values())
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.5")


def test_a_wheel_is_the_same_whatever_the_umask(tmp_path: Path) -> None:
    release: Any = importlib.import_module("release")
    made = []
    for mode in (0o644, 0o600):
        wheel = tmp_path / f"{mode}.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            info = zipfile.ZipInfo("ui/a.py", (2026, 1, 2, 3, 4, 6))
            info.external_attr = mode << 16
            archive.writestr(info, "x = 1\n")
        release.same_modes(wheel)
        made.append(wheel.read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize("version", ["99.0.0"])
def test_a_version_without_its_heading_in_the_changelog_is_no_release(version: str) -> None:
    release: Any = importlib.import_module("release")
    assert f'CHANGELOG.md has no heading "## [{version}] - DATE"' in release.why_not(version)
