"""Pictures of bearings, seals, springs and what turns."""

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
    line,
    path,
    poly,
    rect,
    rope,
    screw_thread,
    sheet,
    steps,
)


def open_bearing(ratio: float, tint: str) -> str:
    bore, balls = steps(26, 44, ratio), int(steps(7, 12, ratio))
    ring = (circle(160, 120, 98, fill=METAL), circle(160, 120, 80, fill=PALE), circle(160, 120, bore + 16, fill=METAL))
    centre = (80 + bore + 16) / 2
    marbles = "".join(circle(x, y, (80 - bore - 16) / 2 - 1, fill=tint) for x, y in around(balls, centre))
    return sheet(*ring, marbles, circle(160, 120, bore, fill=WHITE))


def sealed_bearing(ratio: float, tint: str) -> str:
    bore = steps(24, 46, ratio)
    return sheet(
        circle(160, 120, 98),
        circle(160, 120, 82, fill=tint),
        circle(160, 120, 76, fill=tint),
        circle(160, 120, bore + 15),
        circle(160, 120, bore, fill=WHITE),
    )


def needle_bearing(ratio: float, tint: str) -> str:
    length = steps(90, 180, ratio)
    x = 160 - length / 2
    needles = "".join(rect(x + 14, y, length - 28, 11, fill=PALE, r=5) for y in range(78, 160, 17))
    return sheet(
        rect(x, 64, length, 112, fill=tint, r=8),
        needles,
        ellipse(x + length, 120, 16, 56, fill=METAL),
        ellipse(x + length, 120, 10, 38, fill=DARK),
    )


def linear_bearing(ratio: float, tint: str) -> str:
    length = steps(110, 210, ratio)
    x = 160 - length / 2
    grooves = line(x + 26, 66, x + 26, 174) + line(x + 34, 66, x + 34, 174) + line(x + length - 30, 66, x + length - 30, 174)
    end = ellipse(x, 120, 20, 54, fill=tint) + ellipse(x, 120, 14, 38, fill=PALE) + ellipse(x, 120, 9, 25, fill=DARK)
    return sheet(rect(x, 66, length, 108, fill=METAL), ellipse(x + length, 120, 20, 54), rect(x, 66, length, 108), grooves, end)


def rod_end(ratio: float, tint: str) -> str:
    length = steps(70, 120, ratio)
    head = circle(96, 120, 62) + circle(96, 120, 42, fill=tint) + circle(96, 120, 34, fill=PALE) + circle(96, 120, 20, fill=WHITE)
    return sheet(poly([(140, 92), (180, 100), (180, 140), (140, 148)]), screw_thread(178, 120, length, height=40), head, turn=-20)


def plain_bush(ratio: float, tint: str) -> str:
    length = steps(70, 160, ratio)
    x = 160 - length / 2
    return sheet(
        ellipse(x + length, 120, 26, 70, fill=tint),
        rect(x, 50, length, 140, fill=tint),
        ellipse(x, 120, 26, 70, fill=tint),
        ellipse(x, 120, 18, 50, fill=WHITE),
    )


def flange_bearing(ratio: float, tint: str) -> str:
    bore = steps(20, 32, ratio)
    plate = path(
        "M40 120 C60 70 110 40 160 40 C210 40 260 70 280 120 C260 170 210 200 160 200 C110 200 60 170 40 120 Z", fill=tint
    )
    holes = circle(66, 120, 12, fill=WHITE) + circle(254, 120, 12, fill=WHITE)
    return sheet(plate, holes, circle(160, 120, 62), circle(160, 120, 46, fill=PALE), circle(160, 120, bore, fill=WHITE))


def o_ring(ratio: float, tint: str) -> str:
    radius = steps(46, 88, ratio)
    ring = f"M{160 + radius:.0f} 120 A{radius:.0f} {radius * 0.88:.0f} 0 1 1 {160 + radius:.0f} 119.9 Z"
    return sheet(rope(ring, width=steps(24, 15, ratio), fill=tint))


def shaft_seal(ratio: float, tint: str) -> str:
    lip = steps(40, 58, ratio)
    return sheet(
        circle(160, 120, 98, fill=tint),
        circle(160, 120, 88, fill=METAL),
        circle(160, 120, lip + 18, fill=tint),
        circle(160, 120, lip + 8, fill=SHADE),
        circle(160, 120, lip, fill=WHITE),
    )


def flat_gasket(ratio: float, tint: str) -> str:
    holes = "".join(circle(x, y, 9, fill=WHITE) for x, y in around(4 if ratio < 0.5 else 8, 80, start=45))
    return sheet(circle(160, 120, 102, fill=tint), holes, circle(160, 120, steps(44, 60, ratio), fill=WHITE))


def timing_pulley(ratio: float, tint: str) -> str:
    teeth = int(steps(14, 30, ratio))
    return sheet(
        circle(160, 120, 100, fill=PALE),
        gear(160, 120, inner=80, outer=92, teeth=teeth, fill=tint),
        circle(160, 120, 44),
        circle(160, 120, 22, fill=WHITE),
    )


def timing_belt(ratio: float, tint: str) -> str:
    reach = steps(40, 74, ratio)
    left, right = 160 - reach, 160 + reach
    loop = f"M{left:.0f} 60 H{right:.0f} A60 60 0 0 1 {right:.0f} 180 H{left:.0f} A60 60 0 0 1 {left:.0f} 60 Z"
    cogs = "".join(line(x, 70, x, 80) + line(x, 160, x, 170) for x in range(int(left), int(right) + 1, 12))
    return sheet(rope(loop, width=17, fill=tint), cogs, turn=-10, scale=0.95)


def spur_gear(ratio: float, tint: str) -> str:
    teeth = int(steps(12, 28, ratio))
    hole = circle(160, 120, 20, fill=WHITE) + rect(154, 92, 12, 14, fill=WHITE)
    return sheet(gear(160, 120, inner=78, outer=100, teeth=teeth, fill=tint), circle(160, 120, 40, fill=PALE), hole)


def roller_chain(ratio: float, tint: str) -> str:
    links = "".join(rect(30 + n * 54, 92, 78, 56, fill=tint if n % 2 else PALE, r=28) for n in range(int(steps(3, 4.9, ratio))))
    pins = "".join(circle(58 + n * 54 - 0, 120, 13, fill=SHADE) for n in range(int(steps(3, 4.9, ratio)) + 1))
    return sheet(links, pins, turn=-14)


def compression_spring(ratio: float, tint: str) -> str:
    coils = int(steps(5, 10, ratio))
    pitch = 220 / coils
    turns = "".join(f"L{50 + (n + 0.5) * pitch:.0f} 176 L{50 + (n + 1) * pitch:.0f} 64 " for n in range(coils))
    return sheet(rope(f"M50 64 {turns}", width=12, fill=tint), turn=-12)


def tension_spring(ratio: float, tint: str) -> str:
    coils = int(steps(9, 16, ratio))
    body = "".join(ellipse(92 + n * (136 / coils), 120, 12, 36, fill=tint) for n in range(coils + 1))
    hooks = rope("M92 120 C60 120 34 96 34 120 C34 144 60 140 66 128", width=11, fill=tint) + rope(
        "M230 120 C262 120 288 96 288 120 C288 144 262 140 256 128", width=11, fill=tint
    )
    return sheet(hooks, body, turn=-16)


def shaft_coupling(ratio: float, tint: str) -> str:
    width = steps(62, 84, ratio)
    halves = rect(150 - width, 62, width, 116, r=6) + rect(170, 62, width, 116, r=6)
    spider = rect(142, 62, 36, 116, fill=tint, r=3) + line(142, 90, 178, 90) + line(142, 120, 178, 120) + line(142, 150, 178, 150)
    return sheet(halves, spider, circle(150 - width / 2, 82, 8, fill=DARK), circle(170 + width / 2, 82, 8, fill=DARK))


def parallel_key(ratio: float, tint: str) -> str:
    length = steps(120, 220, ratio)
    x = 160 - length / 2
    top = f"M{x + 26:.0f} 84 H{x + length - 26:.0f} a26 22 0 0 1 0 44 H{x + 26:.0f} a26 22 0 0 1 0 -44 Z"
    side = f"M{x:.0f} 106 v34 a26 22 0 0 0 26 22 H{x + length - 26:.0f} a26 22 0 0 0 26 -22 v-34"
    return sheet(path(side, fill=SHADE), path(top, fill=tint), turn=-14)


def stepper_motor(ratio: float, tint: str) -> str:
    length = steps(70, 130, ratio)
    x = 190 - length
    shaft = rect(210, 112, 60, 16, fill=PALE) + rect(196, 92, 14, 56, fill=METAL)
    return sheet(
        rect(x, 60, length, 120, fill=tint, r=6),
        rect(x + 18, 60, length - 36, 120, fill=DARK),
        rect(176, 56, 20, 128, r=4),
        shaft,
        rope(f"M{x:.0f} 160 c-30 0 -30 40 -60 36", width=9, fill=DARK),
    )
