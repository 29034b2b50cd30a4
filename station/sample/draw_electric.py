"""Pictures of connectors, terminals and cables."""

from __future__ import annotations

from station.sample.pen import (
    BRASS,
    COPPER,
    DARK,
    METAL,
    PALE,
    WHITE,
    around,
    circle,
    ellipse,
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
