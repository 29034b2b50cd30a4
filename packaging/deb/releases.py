"""The Debian releases a package is built for: their Python, and what their libraries are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# What Qt's wheel opens and does not bring, as ./dev names it, and the kiosk.
_LIBRARIES: Final = (
    "libegl1",
    "libgl1",
    "libxkbcommon0",
    "libdbus-1-3",
    "libfontconfig1",
    "libfreetype6",
    "libgssapi-krb5-2",
    "libwayland-client0",
    "libwayland-cursor0",
    "libx11-6",
    "libx11-xcb1",
    "libxcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-util1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libzstd1",
    "zlib1g",
)
_KIOSK: Final = ("cage", "xwayland", "seatd", "udev", "adduser")  # without Xwayland cage 0.1.4 does not start


@dataclass(frozen=True, slots=True)
class Release:
    """`python` is the release's own, whose wheels are taken; `glib` is what it calls GLib."""

    name: str
    number: int
    python: str
    glib: str

    @property
    def depends(self) -> tuple[str, ...]:
        """What has to be installed with the package."""
        major, minor = (int(part) for part in self.python.split("."))
        pythons = (f"python3 (>= {self.python})", f"python3 (<< {major}.{minor + 1})")
        return (*pythons, self.glib, "libc6 (>= 2.34)", "libstdc++6", *_LIBRARIES, *_KIOSK)

    @property
    def suffix(self) -> str:
        """Makes a station's upgrade to the next Debian an upgrade of the package, too."""
        return f"+deb{self.number}"

    @property
    def tags(self) -> tuple[str, ...]:
        """What pip is told, so that any machine can build for this release."""
        python = self.python.replace(".", "")
        glibcs = ("2_34", "2_28", "2_27", "2_26", "2_17", "2_12", "2_5")
        words = ["--implementation", "cp", "--python-version", self.python, "--only-binary", ":all:"]
        for abi in (f"cp{python}", "abi3", "none"):
            words += ["--abi", abi]
        for platform in (*(f"manylinux_{each}_x86_64" for each in glibcs), "manylinux2014_x86_64"):
            words += ["--platform", platform]
        return tuple(words)


RELEASES: Final = {
    "bookworm": Release("bookworm", 12, "3.11", "libglib2.0-0"),
    "trixie": Release("trixie", 13, "3.13", "libglib2.0-0t64"),
}
ARCHITECTURE: Final = "amd64"
