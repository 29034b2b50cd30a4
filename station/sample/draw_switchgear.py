"""Pictures of switchgear, drives' electronics and sensors."""

from __future__ import annotations

from station.sample.pen import (
    BRASS,
    DARK,
    METAL,
    PALE,
    SHADE,
    WHITE,
    circle,
    ellipse,
    hexagon,
    line,
    path,
    poly,
    rect,
    rope,
    screw_thread,
    sheet,
    steps,
)


def rail_relay(ratio: float, tint: str) -> str:
    width = steps(60, 120, ratio)
    x = 160 - width / 2
    contacts = "".join(circle(x + width * f, y, 8, fill=METAL) for f in (0.25, 0.75) for y in (48, 198))
    return sheet(
        rect(x, 30, width, 186, fill=DARK, r=5),
        rect(x + 10, 70, width - 20, 90, fill=tint, r=4),
        contacts,
        rect(x + 18, 78, width - 36, 20, fill=PALE),
        circle(160, 136, 9, fill=WHITE),
    )


def circuit_breaker(ratio: float, tint: str) -> str:
    poles = int(steps(1, 3.9, ratio))
    x = 160 - poles * 30
    body = "".join(
        rect(x + n * 60, 28, 60, 50, fill=PALE)
        + rect(x + n * 60, 78, 60, 84, fill=WHITE)
        + rect(x + n * 60, 162, 60, 50, fill=PALE)
        for n in range(poles)
    )
    heads = "".join(circle(x + n * 60 + 30, y, 10, fill=METAL) for n in range(poles) for y in (50, 190))
    return sheet(body, heads, rect(x + 16, 96, poles * 60 - 32, 32, fill=tint, r=5), line(x + 16, 112, x + poles * 60 - 16, 112))


def fuse(ratio: float, tint: str) -> str:
    half = steps(22, 40, ratio)
    glass = rect(84, 120 - half + 4, 152, 2 * half - 8, fill="#f2f7fa") + path("M92 120 q30 -18 68 0 t68 0")
    return sheet(
        glass, rect(44, 120 - half, 48, 2 * half, fill=tint, r=6), rect(228, 120 - half, 48, 2 * half, fill=tint, r=6), turn=-16
    )


def push_button(ratio: float, tint: str) -> str:
    cap = steps(58, 46, ratio)
    rear = rect(196, 84, 60, 72, fill=DARK, r=4) + rect(256, 96, 16, 10, fill=BRASS) + rect(256, 134, 16, 10, fill=BRASS)
    return sheet(
        rear,
        rect(138, 70, 58, 100, fill=SHADE),
        ellipse(138, 120, 30, 78, fill=METAL),
        ellipse(128, 120, 24, cap + 8, fill=PALE),
        ellipse(118, 120, 22, cap, fill=tint),
    )


def contactor(ratio: float, tint: str) -> str:
    width = steps(110, 170, ratio)
    x = 160 - width / 2
    heads = "".join(
        circle(x + width * f, y, 11, fill=METAL) + line(x + width * f - 6, y, x + width * f + 6, y)
        for f in (0.2, 0.5, 0.8)
        for y in (52, 188)
    )
    return sheet(
        rect(x, 28, width, 184, fill=DARK, r=6),
        rect(x, 76, width, 88, fill=tint, r=3),
        rect(x + width * 0.3, 96, width * 0.4, 48, fill=PALE, r=3),
        heads,
    )


def inverter(ratio: float, tint: str) -> str:
    width = steps(90, 140, ratio)
    x = 160 - width / 2
    keys = "".join(circle(x + width * f, 152, 8, fill=PALE) for f in (0.28, 0.5, 0.72))
    fins = "".join(line(x + 8, y, x + width - 8, y) for y in range(184, 214, 8))
    return sheet(
        rect(x, 22, width, 196, fill=tint, r=8),
        rect(x + 16, 44, width - 32, 56, fill="#cfe3d4", r=3),
        rect(x + 16, 112, width - 32, 60, fill=DARK, r=4),
        keys,
        fins,
    )


def inductive_sensor(ratio: float, tint: str) -> str:
    half = steps(16, 40, ratio)
    nuts = "".join(
        poly([(x, 120 - half - 14), (x + 16, 120 - half - 14), (x + 16, 120 + half + 14), (x, 120 + half + 14)])
        for x in (128, 158)
    )
    cable = rope("M232 120 C270 120 270 160 306 164", width=12, fill=DARK)
    return sheet(
        cable,
        screw_thread(52, 120, 150, height=2 * half),
        rect(34, 120 - half, 22, 2 * half, fill=tint, r=4),
        nuts,
        rect(202, 120 - half + 5, 34, 2 * half - 10, fill=DARK, r=5),
        turn=-12,
    )


def photo_sensor(ratio: float, tint: str) -> str:
    height = steps(90, 150, ratio)
    y = 110 - height / 2
    lens = circle(120, y + 32, 15, fill=tint) + circle(120, y + height - 28, 15, fill=DARK)
    return sheet(
        rect(92, y, 60, height, fill=SHADE, r=6),
        rect(152, y + 8, 72, height - 16, fill=PALE, r=4),
        lens,
        circle(188, y + 20, 5, fill=BRASS),
        rope(f"M188 {y + height - 8:.0f} v26 q0 18 26 18 h40", width=12, fill=DARK),
    )


def limit_switch(ratio: float, tint: str) -> str:
    arm = steps(60, 110, ratio)
    lever = rope(f"M160 84 L{160 + arm:.0f} 46", width=14, fill=METAL) + circle(160 + arm, 46, 16, fill=DARK)
    return sheet(
        rect(96, 78, 110, 128, fill=tint, r=8),
        rect(110, 112, 82, 80, fill=PALE, r=4),
        lever,
        circle(160, 86, 12, fill=METAL),
        hexagon(150, 208, 22, fill=DARK),
    )


def power_supply(ratio: float, tint: str) -> str:
    width = steps(80, 190, ratio)
    x = 160 - width / 2
    slots = "".join(line(x + 16, y, x + width - 16, y) for y in range(128, 190, 10))
    pins = "".join(circle(x + width * (n + 0.5) / 4, 56, 8, fill=METAL) for n in range(4))
    return sheet(
        rect(x, 34, width, 172, fill=tint, r=5),
        rect(x, 34, width, 44, fill=DARK, r=5),
        pins,
        slots,
        circle(x + 24, 104, 7, fill="#3f9a5c"),
    )


def controller_module(ratio: float, tint: str) -> str:
    slices = int(steps(2, 5.9, ratio))
    x = 160 - slices * 24
    parts = "".join(
        rect(x + n * 48, 40, 48, 160, fill=tint if n else PALE, r=3)
        + rect(x + n * 48 + 10, 54, 28, 46, fill=WHITE)
        + circle(x + n * 48 + 24, 120, 5, fill="#3f9a5c")
        for n in range(slices)
    )
    plugs = "".join(rect(x + n * 48 + 8, 138, 32, 48, fill=SHADE, r=2) for n in range(slices))
    return sheet(parts, plugs)
