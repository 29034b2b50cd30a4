"""A fresh Debian root to try things in: made by debootstrap, entered by chroot, thrown away. Needs root."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

MIRROR: Final = "http://deb.debian.org/debian"
PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
INSTALL: Final = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")
_MOUNTS: Final = (
    ("proc", "proc", "proc"),
    ("tmpfs", "tmpfs", "dev/shm"),
    ("devpts", "devpts", "dev/pts"),
    ("tmpfs", "tmpfs", "run"),
)
TIMEOUT_S: Final = 1200
MACHINE_CERTS: Final = "etc/machine-certificates.crt"  # not Debian's own file: installing ca-certificates writes that anew


class DebianRoot:
    """One root. Use as a with-block: what was mounted and made goes at its end, also after a failure."""

    def __init__(self, place: Path, release: str, *, log: Path) -> None:
        self.place, self.release = place, release
        self._log = log.open("ab")

    def __enter__(self) -> DebianRoot:
        self._bootstrap()
        for kind, what, where in _MOUNTS:
            (self.place / where).mkdir(parents=True, exist_ok=True)
            self._do("mount", "-t", kind, what, str(self.place / where))
        self._prepare()
        return self

    def __exit__(self, *error: object) -> None:
        mounted = [line.split()[1] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
        for where in sorted((each for each in mounted if Path(each).is_relative_to(self.place.resolve())), reverse=True):
            self._do("umount", "--lazy", where)
        self._log.close()
        shutil.rmtree(self.place, ignore_errors=True)

    def run(self, *words: str, user: str = "", environment: Mapping[str, str] | None = None, cwd: str = "/") -> str:
        """Run a program in the root and give its output. Raises CalledProcessError."""
        done = subprocess.run(
            self.command(*words, user=user, cwd=cwd),
            env=self.environment(environment),
            stdout=subprocess.PIPE,
            stderr=self._log,
            stdin=subprocess.DEVNULL,
            text=True,
            check=True,
            timeout=TIMEOUT_S,
        )
        self._log.write(done.stdout.encode())
        self._log.flush()
        return done.stdout

    def start(
        self, *words: str, user: str = "", environment: Mapping[str, str] | None = None, cwd: str = "/"
    ) -> subprocess.Popen[bytes]:
        """Start a program in the root, in a group of its own; its output goes to the log."""
        return subprocess.Popen(
            self.command(*words, user=user, cwd=cwd),
            env=self.environment(environment),
            stdout=self._log,
            stderr=self._log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def install(self, *packages: str) -> None:
        """Packages of the release, or files in the root."""
        self.run(*INSTALL, *packages)

    def command(self, *words: str, user: str, cwd: str) -> Sequence[str]:
        """The command line that runs these words in the root; as a user it is that process itself, not a child of a shell."""
        as_user = (f"--userspec={user}:{user}", f"--groups={','.join(self._groups(user))}") if user else ()
        return ("chroot", *as_user, str(self.place), "/usr/bin/env", "-C", cwd, *words)

    def environment(self, more: Mapping[str, str] | None) -> dict[str, str]:
        """A bare environment, with what tells package clients where the registries are."""
        clients = {name: value for name, value in os.environ.items() if name.startswith("PIP_") or name.endswith("_proxy")}
        if "PIP_CERT" in clients:
            clients["PIP_CERT"] = f"/{MACHINE_CERTS}"
        return {
            "PATH": PATH,
            "LC_ALL": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
            "HOME": "/root",
            **clients,
            **(more or {}),
        }

    def _groups(self, user: str) -> list[str]:
        lines = (self.place / "etc/group").read_text(encoding="utf-8").splitlines()
        fields = [line.split(":") for line in lines]
        return [name for name, _, _, members in fields if name == user or user in members.split(",")]

    def _bootstrap(self) -> None:
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir(parents=True)
        self._do("debootstrap", "--variant=minbase", self.release, str(self.place), MIRROR)

    def _prepare(self) -> None:
        """No service is started by an installation; package clients find what this machine tells them."""
        policy = self.place / "usr/sbin/policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
        policy.chmod(0o755)
        known = {
            "/etc/resolv.conf": "etc/resolv.conf",
            "/etc/pip.conf": "etc/pip.conf",
            os.environ.get("PIP_CERT", ""): MACHINE_CERTS,
        }
        for source, target in known.items():
            if source and Path(source).is_file():
                shutil.copyfile(source, self.place / target)
        for name in ("null", "zero", "full", "random", "urandom", "tty", "ptmx"):
            if not (self.place / "dev" / name).exists():
                self._do("mknod", "-m", "666", str(self.place / "dev" / name), "c", *_NODES[name])
        self.run("apt-get", "update", "-qq")

    def _do(self, *words: str) -> None:
        subprocess.run(words, check=True, timeout=TIMEOUT_S, stdout=self._log, stderr=self._log, stdin=subprocess.DEVNULL)


_NODES: Final = {
    "null": ("1", "3"),
    "zero": ("1", "5"),
    "full": ("1", "7"),
    "random": ("1", "8"),
    "urandom": ("1", "9"),
    "tty": ("5", "0"),
    "ptmx": ("5", "2"),
}
