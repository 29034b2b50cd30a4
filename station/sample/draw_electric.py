"""Pictures of connectors, cables, switchgear and sensors."""

from __future__ import annotations

from station.sample.pen import (
    BRASS,
    COPPER,
    DARK,
    METAL,
    PALE,
    SHADE,
    WHITE,
    around,
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


def terminal_block(ratio: float, tint: str) -> str:
    poles = int(steps(1, 6.9, ratio))
    width = 34
    x = 160 - poles * width / 2
    bodies = "".join(rect(x + n * width, 56, width, 128, fill=tint, r=3) for n in range(poles))
    screws = "".join(
        circle(x + (n + 0.5) * width, y, 10, fill=METAL) + line(x + (n + 0.5) * width - 6, y, x + (n + 0.5) * width + 6, y)
        for n in range(poles)
        for y in (80, 160)
    )
    marks = "".join(rect(x + n * width + 9, 108, width - 18, 24, fill=WHITE) for n in range(poles))
    return sheet(bodies, screws, marks)


def round_connector(ratio: float, tint: str) -> str:
    pins = int(steps(3, 8.9, ratio))
    contacts = "".join(circle(x, y, 8, fill=BRASS) for x, y in around(pins, 36, start=-90))
    return sheet(
        circle(160, 120, 98, fill=DARK),
        circle(160, 120, 82, fill=METAL),
        circle(160, 120, 64, fill=tint),
        contacts,
        rect(153, 176, 14, 12, fill=WHITE),
    )


def angled_connector(ratio: float, tint: str) -> str:
    tail = steps(30, 90, ratio)
    body = path("M96 60 H178 V110 H206 V176 H150 C118 176 96 156 96 120 Z", fill=tint)
    nut = rect(90, 38, 94, 34, r=4) + "".join(line(x, 38, x, 72) for x in range(102, 182, 13))
    return sheet(rope(f"M206 143 h{tail:.0f}", width=22, fill=DARK), body, nut, line(206, 116, 206, 170))


def d_sub(ratio: float, tint: str) -> str:
    upper, reach = int(steps(4, 12, ratio)), steps(70, 118, ratio)
    shell = poly([(160 - reach, 84), (160 + reach, 84), (160 + reach - 14, 156), (160 - reach + 14, 156)], fill=PALE)
    gap = (2 * reach - 50) / upper
    rows = [(160 + (n - upper / 2) * gap, 106) for n in range(upper + 1)] + [
        (160 + (n - (upper - 1) / 2) * gap, 134) for n in range(upper)
    ]
    ears = rect(160 - reach - 34, 70, 2 * reach + 68, 100, fill=tint, r=6)
    return sheet(
        ears,
        shell,
        "".join(circle(x, y, 4, fill=BRASS) for x, y in rows),
        circle(160 - reach - 18, 120, 8, fill=METAL),
        circle(160 + reach + 18, 120, 8, fill=METAL),
    )


def patch_cord(ratio: float, tint: str) -> str:
    loops = int(steps(1, 3.9, ratio))
    coil = "".join(
        rope(f"M{160 + r} 110 A{r} {r * 0.8:.0f} 0 1 1 {160 + r} 109.9 Z", width=13, fill=tint)
        for r in range(44, 44 + loops * 15, 15)
    )
    plug = (
        rect(0, 0, 46, 30, fill=PALE, r=3)
        + line(30, 4, 42, 4)
        + line(30, 11, 42, 11)
        + line(30, 18, 42, 18)
        + line(30, 25, 42, 25)
    )
    left = f'<g transform="translate(76 196) rotate(180)">{plug}</g>'
    right = f'<g transform="translate(244 166)">{plug}</g>'
    return sheet(
        coil,
        rope("M160 188 C130 196 110 182 78 181", width=13, fill=tint),
        rope("M160 188 C190 196 214 182 244 181", width=13, fill=tint),
        left,
        right,
    )


def cable_gland(ratio: float, tint: str) -> str:
    r = steps(40, 56, ratio)
    shapes = (
        rect(60, 120 - r * 0.7, 60, r * 1.4, fill=tint, r=10),
        rect(112, 120 - r, 52, 2 * r, fill=tint),
        line(112, 120 - r / 3, 164, 120 - r / 3),
        line(112, 120 + r / 3, 164, 120 + r / 3),
        rect(164, 120 - r * 1.1, 18, r * 2.2, fill=DARK, r=3),
        screw_thread(182, 120, 70, height=r * 1.5, fill=tint),
    )
    return sheet(*shapes, turn=-16)


def ferrule(ratio: float, tint: str) -> str:
    bore = steps(22, 38, ratio)
    collar = poly([(70, 120 - bore - 22), (150, 120 - bore), (150, 120 + bore), (70, 120 + bore + 22)], fill=tint)
    return sheet(
        rect(150, 120 - bore + 8, 120, 2 * bore - 16, fill=METAL, r=3),
        collar,
        ellipse(70, 120, 13, bore + 22, fill=tint),
        ellipse(70, 120, 8, bore + 8, fill=DARK),
        turn=-18,
    )


def ring_terminal(ratio: float, tint: str) -> str:
    r = steps(38, 56, ratio)
    return sheet(
        rect(30, 92, 110, 56, fill=tint, r=8),
        rect(136, 102, 60, 36, fill=COPPER),
        circle(226, 120, r, fill=COPPER),
        circle(226, 120, r * 0.52, fill=WHITE),
        line(52, 92, 52, 148),
        turn=-16,
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


def cable_drum(ratio: float, tint: str) -> str:
    half = steps(36, 60, ratio)
    turns = "".join(line(160 - half, y, 160 + half, y + 4) for y in range(70, 172, 9))
    sides = ellipse(160 - half - 8, 120, 26, 98, fill=PALE) + rect(160 - half, 64, 2 * half, 112, fill=tint)
    return sheet(
        sides,
        turns,
        ellipse(160 + half + 8, 120, 26, 98, fill=PALE),
        ellipse(160 + half + 8, 120, 8, 26, fill=DARK),
        rope(f"M{160 - half + 8:.0f} 176 q-6 44 -60 40", width=9, fill=tint),
    )


def flat_cable(ratio: float, tint: str) -> str:
    cores = int(steps(2, 7.9, ratio))
    top = 120 - cores * 8
    wires = "".join(
        rope(
            f"M150 {top + 8 + n * 16} C200 {top + 8 + n * 16} 220 {60 + n * 120 / cores:.0f} 290 {50 + n * 140 / cores:.0f}",
            width=12,
            fill=colour,
        )
        for n, colour in zip(
            range(cores), ("#8a5a3c", "#2f6fc4", "#4a525a", "#9aa5ae", "#3f9a5c", "#e8c440", "#d2493f"), strict=False
        )
    )
    return sheet(wires, rect(24, top - 6, 132, cores * 16 + 12, fill=tint, r=10), line(40, top - 6, 40, top + cores * 16 + 6))


def cable_tie(ratio: float, tint: str) -> str:
    length = steps(90, 180, ratio)
    teeth = "".join(line(x, 114, x, 126) for x in range(112, int(100 + length), 7))
    return sheet(
        rect(96, 110, length, 20, fill=tint),
        teeth,
        poly([(96 + length, 110), (124 + length, 117), (124 + length, 123), (96 + length, 130)], fill=tint),
        rect(56, 96, 42, 48, fill=tint, r=5),
        rect(68, 108, 16, 24, fill=WHITE),
        turn=-24,
    )


def heat_shrink(ratio: float, tint: str) -> str:
    half = steps(16, 46, ratio)
    pinch = half * 0.55
    wide = f"M60 {120 - half:.0f} H170 C190 {120 - half:.0f} 196 {120 - pinch:.0f} 220 {120 - pinch:.0f} H276"
    narrow = f"V{120 + pinch:.0f} H220 C196 {120 + pinch:.0f} 190 {120 + half:.0f} 170 {120 + half:.0f} H60 Z"
    return sheet(path(f"{wide} {narrow}", fill=tint), ellipse(60, 120, half * 0.4, half, fill=PALE), turn=-10)


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
