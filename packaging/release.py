"""Makes a release: wheel, Debian packages, source, bill of materials and sums; everything built twice and found the same.

    python packaging/release.py [--rehearse] [--only-wheel]

Refuses a tree with changes, and a version that CHANGELOG.md has no heading for; `--rehearse` does it all the same. The version
stands in pyproject.toml and nowhere else. Nothing is uploaded and no tag is set: the last lines say what a person does then.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(PROJECT / "packaging"))
sys.path.insert(0, str(PROJECT / "packaging/deb"))

from build import build, source_epoch  # noqa: E402 - found beside this file
from releases import RELEASES  # noqa: E402
from sbom import sbom  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rehearse", action="store_true")
    parser.add_argument("--only-wheel", action="store_true")
    args = parser.parse_args()
    version = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    reasons = why_not(version)
    if reasons and not args.rehearse:
        sys.stderr.write("".join(f"release: {each}\n" for each in reasons))
        return 1
    os.environ["SOURCE_DATE_EPOCH"] = str(source_epoch())
    folder = PROJECT / "dist" / f"release-{version}"
    make(version, folder, with_packages=not args.only_wheel)
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"{folder}: built twice, the same. Next: git tag -s v{version}, and hand the folder out.\n")
    return 0


def why_not(version: str) -> list[str]:
    """What stands against a release of this tree."""
    reasons = []
    if _git("status", "--porcelain"):
        reasons.append("the tree has changes that are not committed")
    if f"## [{version}]" not in (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8"):
        reasons.append(f'CHANGELOG.md has no heading "## [{version}] - DATE"')
    return reasons


def make(version: str, folder: Path, *, with_packages: bool) -> None:
    """Fill the folder. Ends the program when two builds differ."""
    shutil.rmtree(folder, ignore_errors=True)
    again = folder.with_name(folder.name + ".again")
    for place in (folder, again):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        wheel = _wheel(place)
        if with_packages:
            for release in RELEASES.values():
                build(release, wheel, out=place, work=PROJECT / "build/deb")
        _source(version, place)
        text = json.dumps(sbom(version, source_epoch()), indent=1, sort_keys=True)
        (place / f"baylight-{version}.cdx.json").write_text(text + "\n", encoding="utf-8")
        _sums(place)
    first, second = ((place / "SHA256SUMS").read_text(encoding="utf-8") for place in (folder, again))
    if first != second:
        raise SystemExit(f"two builds differ; both are kept:\n{folder}:\n{first}\n{again}:\n{second}")
    shutil.rmtree(again)


def _wheel(place: Path) -> Path:
    """Without what an earlier build left in build/lib."""
    shutil.rmtree(PROJECT / "build/lib", ignore_errors=True)
    words = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), str(PROJECT)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wheel = next(place.glob("*.whl"))
    same_modes(wheel)
    return wheel


def same_modes(wheel: Path) -> None:
    """Write the archive anew with one mode for every file: else the umask of whoever builds, or cloned, is in it."""
    with zipfile.ZipFile(wheel) as archive:
        files = [(each, archive.read(each)) for each in archive.infolist()]
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for info, content in files:
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)


def _source(version: str, place: Path) -> None:
    """What git has of this commit."""
    name = f"baylight-{version}"
    archive = subprocess.run(
        ["git", "archive", "--format=tar", f"--prefix={name}/", "HEAD"], cwd=PROJECT, check=True, capture_output=True
    ).stdout
    (place / f"{name}.tar.gz").write_bytes(gzip.compress(archive, mtime=0))


def _sums(place: Path) -> None:
    files = sorted(path for path in place.iterdir() if path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (place / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=PROJECT, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
