"""Pictures of screws, nuts, washers, pins and rings."""

from __future__ import annotations

from station.sample.pen import (
    DARK,
    METAL,
    PALE,
    SHADE,
    WHITE,
    around,
    circle,
    ellipse,
    gear,
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

SLANT = -24.0


def socket_screw(ratio: float, tint: str) -> str:
    length = steps(60, 150, ratio)
    x = 130 - length / 2
    head = rect(x, 88, 52, 64, fill=tint, r=5)
    knurl = "".join(line(x + 8, y, x + 44, y) for y in range(96, 150, 9))
    return sheet(screw_thread(x + 52, 120, length, height=38, fill=tint), head, knurl, turn=SLANT)


def hex_bolt(ratio: float, tint: str) -> str:
    length = steps(55, 160, ratio)
    x = 140 - length / 2
    head = poly([(x, 78), (x + 8, 72), (x + 34, 72), (x + 34, 168), (x + 8, 168), (x, 162)], fill=tint)
    return sheet(
        screw_thread(x + 34, 120, length, height=44, fill=tint),
        head,
        line(x, 98, x + 34, 98),
        line(x, 142, x + 34, 142),
        turn=SLANT,
    )


def countersunk_screw(ratio: float, tint: str) -> str:
    length = steps(70, 170, ratio)
    x = 150 - length / 2
    head = poly([(x, 76), (x, 164), (x + 34, 138), (x + 34, 102)], fill=tint)
    return sheet(
        screw_thread(x + 30, 120, length - 20, height=36, fill=tint),
        head,
        line(x, 108, x + 9, 114),
        line(x, 132, x + 9, 126),
        turn=SLANT,
    )


def button_screw(ratio: float, tint: str) -> str:
    length = steps(50, 140, ratio)
    x = 140 - length / 2
    head = path(f"M{x + 36:.0f} 74 C{x:.0f} 76 {x - 4:.0f} 164 {x + 36:.0f} 166 Z", fill=tint)
    return sheet(screw_thread(x + 36, 120, length, height=38, fill=tint), head, turn=SLANT)


def set_screw(ratio: float, tint: str) -> str:
    length = steps(50, 150, ratio)
    x = 160 - length / 2
    end = ellipse(x, 120, 13, 32, fill=PALE)
    return sheet(screw_thread(x, 120, length, height=64, fill=tint), end, hexagon(x, 120, 8, fill=DARK, start=30), turn=SLANT)


def threaded_rod(ratio: float, tint: str) -> str:
    height = steps(16, 34, ratio)
    return sheet(screw_thread(24, 120, 272, height=height, fill=tint, pitch=7), turn=-16)


def hex_nut(ratio: float, tint: str) -> str:
    hole = steps(30, 44, ratio)
    return sheet(
        hexagon(160, 120, 84, fill=tint),
        circle(160, 120, 68, fill=tint),
        circle(160, 120, hole, fill=WHITE),
        circle(160, 120, hole - 6, fill="none"),
    )


def lock_nut(ratio: float, tint: str) -> str:
    hole = steps(28, 40, ratio)
    shapes = (
        hexagon(160, 120, 84, fill=METAL),
        circle(160, 120, 66, fill=METAL),
        circle(160, 120, hole + 16, fill=tint),
        circle(160, 120, hole, fill=WHITE),
    )
    return sheet(*shapes)


def flange_nut(ratio: float, tint: str) -> str:
    hole = steps(24, 34, ratio)
    teeth = "".join(line(*inner, *outer) for inner, outer in zip(around(28, 80), around(28, 92), strict=True))
    return sheet(circle(160, 120, 92, fill=tint), teeth, hexagon(160, 120, 70, fill=tint), circle(160, 120, hole, fill=WHITE))


def wing_nut(ratio: float, tint: str) -> str:
    reach = steps(70, 100, ratio)
    left = path(
        f"M140 130 C{150 - reach:.0f} 120 {150 - reach:.0f} 40 {172 - reach:.0f} 42 C{205 - reach:.0f} 44 130 90 148 110 Z",
        fill=tint,
    )
    right = path(
        f"M180 130 C{170 + reach:.0f} 120 {170 + reach:.0f} 40 {148 + reach:.0f} 42 C{115 + reach:.0f} 44 190 90 172 110 Z",
        fill=tint,
    )
    return sheet(
        left,
        right,
        path("M130 180 L136 112 L184 112 L190 180 Z", fill=tint),
        ellipse(160, 180, 30, 9, fill=PALE),
        line(160, 118, 160, 168),
    )


def washer(ratio: float, tint: str) -> str:
    hole = steps(52, 38, ratio)
    return sheet(
        ellipse(160, 128, 92, 82, fill=SHADE),
        ellipse(160, 120, 92, 82, fill=tint),
        ellipse(160, 120, hole, hole * 0.89, fill=WHITE),
    )


def wide_washer(ratio: float, tint: str) -> str:
    hole = steps(20, 30, ratio)
    return sheet(
        ellipse(160, 126, 104, 92, fill=SHADE),
        ellipse(160, 120, 104, 92, fill=tint),
        ellipse(160, 120, hole, hole * 0.89, fill=WHITE),
    )


def spring_washer(ratio: float, tint: str) -> str:
    width = steps(22, 36, ratio)
    return sheet(rope("M214 72 A76 70 0 1 0 234 118", width=width, fill=tint), line(226, 60, 204, 86), turn=-8)


def tooth_washer(ratio: float, tint: str) -> str:
    hole = steps(46, 58, ratio)
    return sheet(gear(160, 120, inner=76, outer=96, teeth=14, fill=tint), circle(160, 120, hole, fill=WHITE))


def dowel_pin(ratio: float, tint: str) -> str:
    length, half = steps(110, 220, ratio), steps(34, 20, ratio)
    x = 160 - length / 2
    body = rect(x, 120 - half, length, 2 * half, fill=tint, r=10)
    return sheet(
        body,
        line(x + 12, 120 - half, x + 12, 120 + half),
        line(x + length - 12, 120 - half, x + length - 12, 120 + half),
        turn=SLANT,
    )


def split_pin(ratio: float, tint: str) -> str:
    end = steps(210, 280, ratio)
    run = f"M{end:.0f} 104 L110 110 C60 60 30 120 60 132 C84 142 100 132 110 126 L{end - 22:.0f} 132"
    return sheet(rope(run, width=13, fill=tint), turn=-18)


def shaft_circlip(ratio: float, tint: str) -> str:
    radius = steps(60, 80, ratio)
    arc = f"M{160 - 30:.0f} {120 + radius:.0f} A{radius + 6:.0f} {radius + 6:.0f} 0 1 1 190 {120 + radius:.0f}"
    ears = circle(128, 120 + radius, 15, fill=tint) + circle(192, 120 + radius, 15, fill=tint)
    return sheet(
        rope(arc, width=22, fill=tint),
        ears,
        circle(128, 120 + radius, 5, fill=WHITE),
        circle(192, 120 + radius, 5, fill=WHITE),
        scale=0.92,
    )


def bore_circlip(ratio: float, tint: str) -> str:
    radius = steps(66, 88, ratio)
    arc = f"M142 {120 + radius:.0f} A{radius + 2:.0f} {radius + 2:.0f} 0 1 1 178 {120 + radius:.0f}"
    ears = circle(140, 98 + radius, 15, fill=tint) + circle(180, 98 + radius, 15, fill=tint)
    return sheet(
        rope(arc, width=18, fill=tint),
        ears,
        circle(140, 98 + radius, 5, fill=WHITE),
        circle(180, 98 + radius, 5, fill=WHITE),
        scale=0.92,
    )


def blind_rivet(ratio: float, tint: str) -> str:
    length = steps(46, 92, ratio)
    mandrel = rect(36, 114, 130, 12, fill=SHADE) + poly([(36, 114), (24, 120), (36, 126)], fill=SHADE)
    body = path("M150 76 C176 78 176 162 150 164 Z", fill=tint) + rect(162, 98, length, 44, fill=tint, r=3)
    return sheet(mandrel, body, path(f"M{162 + length:.0f} 104 h10 a16 16 0 0 1 0 32 h-10 Z", fill=SHADE), turn=-18)


def threaded_insert(ratio: float, tint: str) -> str:
    height = steps(70, 130, ratio)
    y = 120 - height / 2
    rings = "".join(line(112, y + 12 + n * 13, 208, y + 8 + n * 13) for n in range(int((height - 10) / 13)))
    return sheet(
        rect(112, y, 96, height, fill=tint, r=4), rings, ellipse(160, y, 48, 17, fill=PALE), ellipse(160, y, 26, 9, fill=DARK)
    )


def eye_bolt(ratio: float, tint: str) -> str:
    radius = steps(34, 46, ratio)
    ring = f"M160 {112 - 2 * radius:.0f} a{radius:.0f} {radius:.0f} 0 1 1 -1 0 Z"
    collar = ellipse(160, 122, 44, 12, fill=tint)
    return sheet(
        rope(ring, width=26, fill=tint),
        rect(142, 124, 36, 78, fill=tint),
        "".join(line(142, y, 178, y - 4) for y in range(142, 200, 9)),
        collar,
    )
