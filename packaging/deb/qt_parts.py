"""Which files of the PySide6-Essentials wheel are shipped, and which must not be.

What is shipped is named; everything else stays out, whatever a later wheel brings. All that is named is LGPL-3.0 (or GPL): Qt
Core, Gui, Widgets, D-Bus, SVG, the Wayland client with its xdg shell, the X11 client, and PySide6 and shiboken6 over them.
"""

from __future__ import annotations

from fnmatch import fnmatch
from typing import Final

# Licensed under GPL-3.0-only (or commercially), not under the LGPL: a program under Apache-2.0 that ships them would be bound
# by it.
GPL_ONLY: Final = {
    "*Qt6WaylandCompositor*": "Qt Wayland Compositor",
    "*qt-wayland-compositor-*": "Qt Wayland Compositor, its buffer plugins",
    "*wayland-graphics-integration-server*": "Qt Wayland Compositor, its plugins",
    "*virtualkeyboard*": "Qt Virtual Keyboard",
    "*VirtualKeyboard*": "Qt Virtual Keyboard",
    "*Lottie*": "Qt Lottie Animation",
    "*lottie*": "Qt Lottie Animation",
    "*QuickTimeline*": "Qt Quick Timeline",
    "*Quick3D*": "Qt Quick 3D",
    "*QtCharts*": "Qt Charts",
    "*QtGraphs*": "Qt Graphs",
    "*QtDataVisualization*": "Qt Data Visualization",
    "*QtHttpServer*": "Qt HTTP Server",
    "*QtNetworkAuth*": "Qt Network Authorization",
}

_MODULES: Final = ("Core", "Gui", "Widgets", "Svg", "DBus")
_LIBRARIES: Final = ("Core", "Gui", "Widgets", "Svg", "DBus", "XcbQpa", "WaylandClient")
_PLUGINS: Final = (
    "platforms/libqwayland.so",  # the kiosk
    "platforms/libqxcb.so",  # the fallback
    "platforms/libqoffscreen.so",  # `baylight demo --headless`
    "wayland-shell-integration/libxdg-shell.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",  # accents on a keyboard
    "imageformats/libqjpeg.so",  # pictures of items
    "imageformats/libqsvg.so",
    "imageformats/libqwebp.so",
)

SHIPPED: Final = (
    "PySide6/__init__.py",
    "PySide6/_config.py",
    "PySide6/_git_pyside_version.py",
    "PySide6/libpyside6.abi3.so.*",
    *(f"PySide6/Qt{name}.abi3.so" for name in _MODULES),
    *(f"PySide6/Qt/lib/libQt6{name}.so.6" for name in _LIBRARIES),
    "PySide6/Qt/lib/libicu*.so.*",  # 30 MB of tables; Qt Core is linked against them
    *(f"PySide6/Qt/plugins/{name}" for name in _PLUGINS),
)


def is_gpl_only(name: str) -> bool:
    """Whether a file of the wheel is of a part that is not under the LGPL."""
    return any(fnmatch(name, pattern) for pattern in GPL_ONLY)


def is_shipped(name: str) -> bool:
    """Whether a file of the wheel is in the package; `name` as in the wheel."""
    return any(fnmatch(name, pattern) for pattern in SHIPPED) and not is_gpl_only(name)
