"""The files of the package: a tree of its own under /opt/baylight on the release's Python, and what the system reads
elsewhere."""

from __future__ import annotations

import shutil
import zipfile
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Final

from qt_parts import is_gpl_only, is_shipped
from releases import Release
from slim import slim

HERE: Final = Path(__file__).parent
PROJECT: Final = HERE.parents[1]
OPT: Final = "opt/baylight"
DOC: Final = "usr/share/doc/baylight"
LICENCES: Final = PROJECT / "packaging/licences"

# Of other wheels: what no line of the program reaches, and large.
_LEFT_OUT: Final = (
    "*.pyi",
    "*__pycache__*",
    "*.pyx",
    "*.pxd",
    "*.h",
    "*.dist-info/RECORD",
    "*.dist-info/INSTALLER",
    *(f"PIL/_{name}.*.so" for name in ("avif", "webp", "imagingtk", "imagingft", "imagingcms")),
    *(f"pillow.libs/lib{name}*" for name in ("avif", "webp", "sharpyuv", "freetype", "harfbuzz", "brotli", "png", "lcms")),
    "reportlab/fonts/*.pfb",
    "reportlab/fonts/*.afm",
    "reportlab/fonts/Dark*",
    "sqlalchemy/testing/*",
    "alembic/testing/*",
    "alembic/templates/*",
    "shiboken6_generator/*",
)
_UNTOUCHED: Final = ("PySide6/", "shiboken6/", "psycopg")  # under the LGPL: as their makers built them
_LICENCE: Final = ("*.dist-info/licenses/*", "*.dist-info/LICENSE*", "*.dist-info/COPYING*", "*.dist-info/NOTICE*")
_LAUNCHER: Final = """\
#!/opt/baylight/bin/python -I
import sys

from ui.__main__ import main

sys.exit(main())
"""
_PLACES: Final = {
    "baylight.service": "usr/lib/systemd/system/baylight.service",
    "baylight-x11.service": "usr/lib/systemd/system/baylight-x11.service",
    "60-baylight.rules": "usr/lib/udev/rules.d/60-baylight.rules",
    "station.toml": f"{OPT}/share/station.toml",
    "x11-session": f"{OPT}/libexec/x11-session",
    "end-program": f"{OPT}/libexec/end-program",
}


def make_tree(root: Path, release: Release, wheels: list[Path]) -> None:
    """Fill `root` with everything but DEBIAN/. `wheels` are the program's own and all the locked ones."""
    site = root / OPT / "lib" / f"python{release.python}" / "site-packages"
    for wheel in wheels:
        unpack(wheel, site)
        _take_licences(wheel, root / DOC / "licences")
    _make_python(root / OPT, release)
    for name, place in _PLACES.items():
        _put(HERE / "files" / name, root / place)
    _link(root / "usr/bin/baylight", f"/{OPT}/bin/baylight")
    _write_documents(root / DOC)
    _set_modes(root)


def unpack(wheel: Path, site: Path) -> None:
    """A wheel's files, as pip would lay them, without what is not shipped."""
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            if not name.endswith("/") and is_taken(name):
                target = site / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(_content(name, archive.read(name)))


def _content(name: str, content: bytes) -> bytes:
    """A file as it is shipped."""
    return slim(content) if ".so" in name and not name.startswith(_UNTOUCHED) else content


def is_taken(name: str) -> bool:
    """Whether a file of any wheel is in the package."""
    if PurePosixPath(name).parts[0].endswith(".data"):
        return False  # scripts and manual pages
    if name.startswith("PySide6/"):
        return is_shipped(name)
    return not is_gpl_only(name) and not any(fnmatch(name, pattern) for pattern in _LEFT_OUT)


def _take_licences(wheel: Path, folder: Path) -> None:
    """Every licence text of a wheel, in a folder of the wheel's name; ours for the wheels that bring none."""
    name = wheel.name.split("-")[0].lower()
    with zipfile.ZipFile(wheel) as archive:
        texts = [each for each in archive.namelist() if any(fnmatch(each, pattern) for pattern in _LICENCE)]
        for each in texts:
            target = folder / name / PurePosixPath(each).name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(each))
    own = LICENCES / f"{name}.txt"
    if own.exists():
        _put(own, folder / name / own.name)
    elif not texts:
        raise SystemExit(f"{wheel.name} brings no licence text: put one into packaging/licences/{name}.txt")


def _make_python(opt: Path, release: Release) -> None:
    """An environment as `python -m venv` makes it, on the system's Python, with nothing but the program in it."""
    (opt / "bin").mkdir(parents=True, exist_ok=True)
    (opt / "pyvenv.cfg").write_text("home = /usr/bin\ninclude-system-site-packages = false\n", encoding="utf-8")
    for name in ("python", "python3"):
        _link(opt / "bin" / name, f"/usr/bin/python{release.python}")
    (opt / "bin/baylight").write_text(_LAUNCHER, encoding="utf-8")


def _write_documents(doc: Path) -> None:
    doc.mkdir(parents=True, exist_ok=True)
    for path in sorted((PROJECT / "docs").glob("*.md")):
        _put(path, doc / path.name)
    for name in ("README.md", "LICENSE", "NOTICE"):
        _put(PROJECT / name, doc / name)
    _put(PROJECT / "CHANGELOG.md", doc / "changelog")
    _put(HERE / "copyright", doc / "copyright")
    _put(LICENCES / "README.md", doc / "licences" / "README.md")


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _link(place: Path, target: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(target)


def _set_modes(root: Path) -> None:
    """The same whatever the umask of the one who builds."""
    programs = {root / OPT / "bin/baylight", root / OPT / "libexec/x11-session", root / OPT / "libexec/end-program"}
    for path in root.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path in programs else 0o644)
