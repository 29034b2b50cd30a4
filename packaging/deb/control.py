"""DEBIAN/: the control file, the maintainer scripts and the sums."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Final

from releases import ARCHITECTURE, Release

HERE: Final = Path(__file__).parent
SCRIPTS: Final = ("postinst", "prerm", "postrm")
_DESCRIPTION: Final = """\
 Runs the screen at the bay of a vertical lift module: an order becomes a
 tray on its way, a lit compartment and one sentence on a screen, and what
 was taken is booked durably. Brings its own locked Python packages under
 /opt/baylight and a kiosk service that owns the first screen.
"""


def control_text(version: str, release: Release, installed_kib: int) -> str:
    """The control file. `version` is the program's."""
    fields = {
        "Package": "baylight",
        "Version": version + release.suffix,
        "Architecture": ARCHITECTURE,
        "Maintainer": "The Baylight authors <baylight@localhost>",
        "Installed-Size": str(installed_kib),
        "Depends": ", ".join(release.depends),
        "Recommends": "alsa-utils",
        "Suggests": "xserver-xorg, xserver-xorg-legacy, xinit, x11-xserver-utils, cups-client, at-spi2-core",
        "Section": "misc",
        "Priority": "optional",
        "Description": "operator's station at the bay of a vertical lift module",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items()) + _DESCRIPTION


def write_control(root: Path, version: str, release: Release) -> None:
    """Write DEBIAN/ over a finished tree."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    installed_kib = sum(-(-path.stat().st_size // 1024) for path in files)
    debian = root / "DEBIAN"
    debian.mkdir()
    debian.chmod(0o755)
    sums = "".join(f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root)}\n" for path in files)
    for name, text in (("control", control_text(version, release, installed_kib)), ("md5sums", sums)):
        (debian / name).write_text(text, encoding="utf-8")
        (debian / name).chmod(0o644)
    for name in SCRIPTS:
        shutil.copyfile(HERE / "files" / name, debian / name)
        (debian / name).chmod(0o755)
