"""Builds the Debian package: one for each release, from the program's wheel and the locked wheels, with dpkg-deb alone.

    python packaging/deb/build.py dist/baylight-0.1.0-py3-none-any.whl [--out dist] [--release bookworm] [--work build/deb]

Built twice it is the same to the last byte: every time in it is SOURCE_DATE_EPOCH, without it that of the last commit.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

from control import write_control
from releases import ARCHITECTURE, RELEASES, Release
from tree import PROJECT, make_tree

MOST_BYTES: Final = 40_000_000
LOCK: Final = PROJECT / "requirements.lock"
TIMEOUT_S: Final = 900


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--out", type=Path, default=PROJECT / "dist")
    parser.add_argument("--work", type=Path, default=PROJECT / "build/deb")
    parser.add_argument("--release", action="append", choices=sorted(RELEASES), default=[])
    args = parser.parse_args()
    for name in args.release or sorted(RELEASES):
        package = build(RELEASES[name], args.wheel.resolve(), out=args.out, work=args.work)
        size = package.stat().st_size
        sys.stdout.write(f"{package.name}: {size / 1e6:.1f} MB\n")
        if size > MOST_BYTES:
            sys.stderr.write(f"{package.name} is larger than {MOST_BYTES / 1e6:.0f} MB\n")
            return 1
    return 0


def build(release: Release, wheel: Path, *, out: Path, work: Path) -> Path:
    """The package of one release; returns its file."""
    root = work / release.name
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    root.chmod(0o755)
    version = version_of(wheel)
    make_tree(root, release, [wheel, *fetch_wheels(release, work / "wheels")])
    write_control(root, version, release)
    epoch = source_epoch()
    for path in sorted(root.rglob("*")):
        os.utime(path, (epoch, epoch), follow_symlinks=False)
    out.mkdir(parents=True, exist_ok=True)
    package = out / f"baylight_{version}{release.suffix}_{ARCHITECTURE}.deb"
    words = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(package)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch), "DPKG_DEB_THREADS_MAX": "1"}  # several make other bytes
    subprocess.run(words, check=True, timeout=TIMEOUT_S, env=environment, stdout=subprocess.DEVNULL)
    return package


def fetch_wheels(release: Release, cache: Path) -> list[Path]:
    """The locked wheels for the release's Python, each proven by its hash; fetched once for each state of the lock."""
    state = hashlib.sha256(LOCK.read_bytes() + " ".join(release.tags).encode()).hexdigest()[:16]
    folder = cache / f"{release.name}-{state}"
    if not folder.exists():
        part = folder.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        words = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        words += ["--require-hashes", "-r", str(LOCK), *release.tags, "--dest", str(part)]
        subprocess.run(words, check=True, timeout=TIMEOUT_S, stderr=subprocess.DEVNULL if os.environ.get("CI") else None)
        part.rename(folder)
    return sorted(folder.glob("*.whl"))


def version_of(wheel: Path) -> str:
    """The program's version, as its wheel says it: pyproject.toml is the only place where it stands."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
        lines = archive.read(name).decode().splitlines()
    return next(line.removeprefix("Version: ") for line in lines if line.startswith("Version: "))


def source_epoch() -> int:
    """The time that every file gets."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if told:
        return int(told)
    words = ["git", "log", "-1", "--format=%ct"]
    asked = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=False)
    if asked.returncode != 0:
        raise SystemExit("neither SOURCE_DATE_EPOCH nor a git clone: the build would not be reproducible")
    return int(asked.stdout)


if __name__ == "__main__":
    sys.exit(main())
