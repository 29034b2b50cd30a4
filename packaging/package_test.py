"""Tries the Debian package in a fresh root of its release: installed, started, painted, worked, upgraded, rolled back, removed,
purged.

    python packaging/package_test.py dist/baylight_0.1.0+deb12_amd64.deb bookworm [--work build/roots]

Not tried: booting, the seat at a real screen, a real graphics driver, systemd itself: this does what the unit says. The
compositor is the unit's, on a screen without glass (wlroots' headless backend). Debian 12's wlroots 0.15 hands the window's
picture straight through on that backend, so that nothing can be grabbed there; its picture is taken with the same cage on
wlroots' X11 backend.
"""

from __future__ import annotations

import argparse
import json
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from debian_root import DebianRoot
from next_version import make_next

UNIT: Final = "usr/lib/systemd/system/baylight.service"
FALLBACK: Final = "usr/lib/systemd/system/baylight-x11.service"
CONFIG: Final = "/etc/baylight/station.toml"
# Without anybody who can sign on the program begins with the first start, which a person works by touch.
ADD_ADMINISTRATOR: Final = rf"printf 'B-1\n918273\n' | /usr/bin/baylight people add Ann --role administrator --config {CONFIG}"
DATA: Final = "/var/lib/baylight/data"
SCREENLESS: Final = {"WLR_BACKENDS": "headless", "WLR_RENDERER": "pixman", "WLR_LIBINPUT_NO_DEVICES": "1"}
PATIENCE_S: Final = 90.0
BEATS: Final = 3
STORE_CHECKS: Final = ("schema", "fingerprint", "integrity", "chain", "stock")
IMPORTS: Final = """\
import importlib, pkgutil, db, hardware, station, ui
for package in (db, hardware, station, ui):
    for each in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if ".migrations" not in each.name and not each.name.endswith("__main__"):
            importlib.import_module(each.name)
importlib.import_module("ui.reports.sheet").load_fonts()
"""
TOUR: Final = (
    "demo",
    "--headless",
    "--orders",
    "2",
    "--speed",
    "100",
    "--seed",
    "7",
    "--json",
    "--data",
    "/var/lib/baylight/tour",
)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("package", type=Path)
    parser.add_argument("release")
    parser.add_argument("--work", type=Path, default=Path("build/roots"))
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    log = args.work / f"{args.release}.log"
    log.unlink(missing_ok=True)
    try:
        with DebianRoot(args.work.resolve() / args.release, args.release, log=log) as root:
            try_package(root, args.package, args.work)
    except (subprocess.CalledProcessError, AssertionError) as error:
        sys.stderr.write(f"{args.release}: {error}\n{log}: its end\n{end_of(log)}\n")
        return 1
    return 0


def try_package(root: DebianRoot, package: Path, work: Path) -> None:
    """Everything, in the order a station lives."""
    say = steps(root.release)
    shutil.copyfile(package, root.place / "tmp/this.deb")
    root.install("/tmp/this.deb")
    say("installed")
    root.install("systemd", "grim", "xinit", "xvfb", "xauth", "x11-apps", "imagemagick")
    require(_missing_libraries(root) == "", f"libraries are missing: {_missing_libraries(root)}")
    root.run("/opt/baylight/bin/python", "-I", "-c", IMPORTS)
    say("every module of the program can be imported; its reports find their fonts; no library is missing")
    for unit in (UNIT, FALLBACK):
        root.run("systemd-analyze", "verify", f"/{unit}")
    say("systemd-analyze verify finds nothing")
    picture = work / f"{root.release}-wayland.png"
    can_grab = root.release != "bookworm"
    started_s = start_and_end(root, UNIT, picture=picture if can_grab else None, extra=SCREENLESS)
    say(f"under cage from the unit's ExecStart: ready after {started_s:.1f} s (first start), signs of life, ended by ExecStop")
    if not can_grab:
        with x_server(root) as display:
            start_and_end(root, UNIT, picture=picture, extra={**SCREENLESS, "WLR_BACKENDS": "x11", "DISPLAY": display})
    say(f"painted, the first start: {picture}")
    root.run("sh", "-c", ADD_ADMINISTRATOR, user="baylight", cwd="/var/lib/baylight", environment={"HOME": "/var/lib/baylight"})
    warm_s = start_and_end(root, UNIT, extra=SCREENLESS)
    say(f"with an administrator the station itself: ready after {warm_s:.1f} s")
    on_xvfb = (
        "/usr/bin/X :0 vt1 -keeptty -nolisten tcp -nocursor -s 0 -dpms",
        "/usr/bin/Xvfb :0 -screen 0 1280x800x24 -nolisten tcp",
    )
    start_and_end(root, FALLBACK, picture=work / f"{root.release}-x11.png", extra={"DISPLAY": ":0"}, swap=on_xvfb)
    say("painted on X11 from the fallback's ExecStart, on Xvfb in place of X")
    summary = json.loads(as_station(root, *TOUR, QT_QPA_PLATFORM="offscreen"))
    require(summary["chain_ok"] and summary["stock_ok"], f"the tour's record is not whole: {summary}")
    say(f"the built program worked the headless tour: {summary['lines']} lines, record whole")
    try_upgrade(root, say)
    try_removal(root, say)


def try_upgrade(root: DebianRoot, say: Callable[[str], None]) -> None:
    """To a next version whose store has one more table, back without a copy, and forward again. Each program books its start."""
    epoch, before = events(root)

    def run(folder: str, program: str) -> str:
        first = f"import sys; sys.path.insert(0, '/tmp/next/{folder}')\n"
        return root.run("/opt/baylight/bin/python", "-I", "-c", first + program)

    make_next(root.place / "tmp/this.deb", root.place / "tmp/next.deb", root.place / "tmp/next", run)
    for file, words in (
        ("next", "upgraded, store migrated"),
        ("this", "rolled back, no copy restored"),
        ("next", "upgraded again"),
    ):
        root.run("dpkg", "--install", f"/tmp/{file}.deb")
        start_and_end(root, UNIT, extra=SCREENLESS)
        now_epoch, after = events(root)
        require(
            now_epoch == epoch and after > before, f"{words}: {before} events before, {after} after, epoch {epoch} {now_epoch}"
        )
        before = after
        faults = store_faults(root)
        require(faults == [], f"{words}: doctor finds {faults}")
        say(f"{words}: the record goes on, {after} events")


def try_removal(root: DebianRoot, say: Callable[[str], None]) -> None:
    root.run("dpkg", "--remove", "baylight")
    require(not (root.place / "opt/baylight").exists(), "the tree stays after the removal")
    require((root.place / f"{DATA[1:]}/store.db").exists(), "the removal took the record")
    root.run("dpkg", "--install", "/tmp/this.deb")
    start_and_end(root, UNIT, extra=SCREENLESS)
    say("removed with its record kept, and installed again on it")
    root.run("dpkg", "--purge", "baylight")
    left = [name for name in ("opt/baylight", "var/lib/baylight", "etc/baylight") if (root.place / name).exists()]
    require(left == [], f"the purge left {left}")
    say("purged: nothing is left")


def start_and_end(
    root: DebianRoot,
    unit: str,
    *,
    picture: Path | None = None,
    extra: dict[str, str] | None = None,
    swap: tuple[str, str] = ("", ""),
) -> float:
    """Do as systemd would: the unit's user, environment and ExecStart with a socket to speak to; then its ExecStop. Returns the
    seconds until READY."""
    words, environment = read_unit(root, unit)
    words = shlex.split(shlex.join(words).replace(*swap)) if swap[0] else words
    with manager(root) as (heard, address):
        begun_s = time.monotonic()
        process = root.start(
            *words,
            user="baylight",
            cwd="/var/lib/baylight",
            environment={**environment, **(extra or {}), "NOTIFY_SOCKET": address, "WATCHDOG_USEC": "15000000"},
        )
        try:
            wait(lambda: "READY=1" in heard(), process, "no READY")
            ready_s = time.monotonic() - begun_s
            wait(lambda: heard().count("WATCHDOG=1") >= BEATS, process, "no signs of life")
            if picture is not None:
                _take_picture(root, {**environment, **(extra or {})}, picture)
            ender = root.start(
                "/opt/baylight/libexec/end-program", str(process.pid)
            )  # it waits until somebody takes note of the end
            process.wait(PATIENCE_S)
            ender.wait(PATIENCE_S)
            require("STOPPING=1" in heard(), "the program was cut off")
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                process.wait()
    return ready_s


def read_unit(root: DebianRoot, unit: str) -> tuple[list[str], dict[str, str]]:
    """ExecStart and Environment of a unit; its runtime directory is made, as systemd would."""
    lines = (root.place / unit).read_text(encoding="utf-8").splitlines()
    pairs = [line.split("=", 1) for line in lines if "=" in line and not line.startswith("#")]
    environment = dict(value.split("=", 1) for key, value in pairs if key == "Environment")
    words = next(shlex.split(value) for key, value in pairs if key == "ExecStart")
    root.run("install", "-d", "-o", "baylight", "-g", "baylight", "-m", "0700", environment["XDG_RUNTIME_DIR"])
    return words, environment


@contextmanager
def x_server(root: DebianRoot) -> Iterator[str]:
    """An X server without glass, as a screen for a compositor."""
    display = ":5"
    server = root.start("/usr/bin/Xvfb", display, "-screen", "0", "1280x800x24", "-nolisten", "tcp", user="baylight")
    try:
        wait(lambda: (root.place / "tmp/.X11-unix/X5").exists(), server, "no X server")
        yield display
    finally:
        server.terminate()
        server.wait()


@contextmanager
def manager(root: DebianRoot) -> Iterator[tuple[Callable[[], list[str]], str]]:
    """A socket as systemd has it: what was heard on it so far, and its name in the root."""
    inside = "/run/notify"
    place = root.place / inside[1:]
    place.unlink(missing_ok=True)
    lines: list[str] = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(place))
        place.chmod(0o777)
        line.setblocking(False)

        def heard() -> list[str]:
            try:
                while True:
                    lines.extend(line.recv(4096).decode().splitlines())
            except BlockingIOError:
                return lines

        yield heard, inside


def as_station(root: DebianRoot, *words: str, **environment: str) -> str:
    """One command of the installed program, as its user."""
    told = {"HOME": "/var/lib/baylight", **environment}
    return root.run("/usr/bin/baylight", *words, user="baylight", cwd="/var/lib/baylight", environment=told)


def events(root: DebianRoot) -> tuple[str, int]:
    """The epoch of the record and how many events it has."""
    lines = as_station(root, "events", "--json", "--config", CONFIG).splitlines()
    rows = [json.loads(line) for line in lines]
    return rows[-1]["epoch"], len(rows)


def store_faults(root: DebianRoot) -> list[str]:
    """What doctor finds wrong with the store; a root without devices and clock has other faults, for which it ends with 1."""
    words = shlex.join(("/usr/bin/baylight", "doctor", "--json", "--config", CONFIG))
    told = {"HOME": "/var/lib/baylight"}
    lines = root.run("sh", "-c", f"{words} || true", user="baylight", cwd="/var/lib/baylight", environment=told).splitlines()
    found = [json.loads(line) for line in lines]
    seen = {each["check"] for each in found}
    require(set(STORE_CHECKS) <= seen, f"doctor looked at {sorted(seen)} only")
    return [line for line, each in zip(lines, found, strict=True) if each["check"] in STORE_CHECKS and not each["is_ok"]]


def _take_picture(root: DebianRoot, environment: dict[str, str], target: Path) -> None:
    """What stands on the screen. Fails when it is of next to one colour: then nothing was painted."""
    if "DISPLAY" in environment:
        words = "xwd -root | convert xwd:- /run/baylight/picture.png"
        root.run("sh", "-c", words, user="baylight", environment=environment)
    else:
        told = {**environment, "WAYLAND_DISPLAY": "wayland-0"}
        root.run("grim", "/run/baylight/picture.png", user="baylight", environment=told)
    shutil.copyfile(root.place / "run/baylight/picture.png", target)
    colours = int(root.run("identify", "-format", "%k", "/run/baylight/picture.png"))
    require(colours > 50, f"only {colours} colours on the screen: {target}")


def _missing_libraries(root: DebianRoot) -> str:
    """What the loader does not find of all libraries of the package."""
    script = "find /opt/baylight -name '*.so*' -exec ldd {} + 2>/dev/null | grep 'not found' | sort -u || true"
    return root.run("sh", "-c", script)


def wait(is_so: Callable[[], bool], process: subprocess.Popen[bytes], words: str, within_s: float = PATIENCE_S) -> None:
    end_s = time.monotonic() + within_s
    while not is_so():
        require(process.poll() is None, f"{words}: it ended with {process.returncode}")
        require(time.monotonic() < end_s, f"{words} within {within_s:g} s")
        time.sleep(0.05)


def require(is_so: bool, words: str) -> None:
    if not is_so:
        raise AssertionError(words)


def steps(name: str) -> Callable[[str], None]:
    begun_s = time.monotonic()

    def say(words: str) -> None:
        sys.stdout.write(f"{name} {time.monotonic() - begun_s:6.1f} s  {words}\n")
        sys.stdout.flush()

    return say


def end_of(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-25:])


if __name__ == "__main__":
    sys.exit(main())
