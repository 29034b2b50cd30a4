"""Pictures of pneumatics, adhesives, tapes, reels and tools."""

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


def straight_fitting(ratio: float, tint: str) -> str:
    half = steps(24, 44, ratio)
    body = rect(96, 120 - half, 84, 2 * half, fill=DARK, r=6) + rect(70, 120 - half + 4, 30, 2 * half - 8, fill=tint, r=6)
    return sheet(
        screw_thread(196, 120, 60, height=1.5 * half, fill=BRASS),
        rect(178, 120 - half - 6, 26, 2 * half + 12, fill=BRASS),
        body,
        turn=-14,
    )


def elbow_fitting(ratio: float, tint: str) -> str:
    half = steps(20, 34, ratio)
    outer = f"M{160 - half:.0f} 60 V{140 - half:.0f} Q{160 - half:.0f} {140 + half:.0f} {170 + half:.0f} {140 + half:.0f}"
    bend = path(f"{outer} H240 V{140 - half:.0f} H{160 + half:.0f} V60 Z", fill=DARK)
    return sheet(
        bend,
        rect(156 - half, 36, 2 * half + 8, 28, fill=tint, r=5),
        screw_thread(250, 140, 50, height=1.5 * half, fill=BRASS),
        rect(232, 136 - half, 22, 2 * half + 8, fill=BRASS),
    )


def tee_fitting(ratio: float, tint: str) -> str:
    half = steps(18, 30, ratio)
    body = rect(70, 110 - half, 180, 2 * half, fill=DARK, r=4) + rect(160 - half, 110, 2 * half, 80, fill=DARK, r=4)
    rings = rect(48, 106 - half, 26, 2 * half + 8, fill=tint, r=5) + rect(246, 106 - half, 26, 2 * half + 8, fill=tint, r=5)
    return sheet(body, rings, rect(156 - half, 186, 2 * half + 8, 26, fill=tint, r=5))


def air_hose(ratio: float, tint: str) -> str:
    width = steps(12, 26, ratio)
    loops = "".join(
        rope(f"M{160 + r} 118 A{r} {r * 0.82:.0f} 0 1 1 {160 + r} 117.9 Z", width=width, fill=tint)
        for r in (88, 88 - width * 0.8, 88 - width * 1.6)
    )
    return sheet(loops, rope("M246 132 q20 40 44 56", width=width, fill=tint))


def air_cylinder(ratio: float, tint: str) -> str:
    length = steps(90, 140, ratio)
    x = 150 - length / 2
    rod = rect(x + length + 20, 112, 60, 16, fill=PALE) + hexagon(x + length + 84, 120, 16)
    ports = rect(x - 8, 66, 14, 12, fill=BRASS) + rect(x + length + 4, 66, 14, 12, fill=BRASS)
    return sheet(
        rod,
        rect(x, 84, length, 72, fill=tint),
        rect(x - 20, 76, 30, 88, fill=DARK, r=4),
        rect(x + length - 8, 76, 30, 88, fill=DARK, r=4),
        ports,
        turn=-10,
        scale=0.95,
    )


def solenoid_valve(ratio: float, tint: str) -> str:
    coil = steps(54, 84, ratio)
    ports = "".join(circle(x, 176, 11, fill=DARK) for x in (104, 148, 192))
    return sheet(
        rect(70, 140, 180, 66, fill=METAL, r=5),
        ports,
        rect(160 - coil / 2, 56, coil, 84, fill=tint, r=6),
        rect(160 + coil / 2, 74, 34, 44, fill=DARK, r=4),
        rect(176, 36, 18, 20, fill=PALE),
        circle(228, 160, 7, fill=PALE),
    )


def silencer(ratio: float, tint: str) -> str:
    length = steps(70, 130, ratio)
    grains = "".join(circle(70 + length * f, 120 + dy, 4, fill=SHADE) for f in (0.15, 0.4, 0.65, 0.88) for dy in (-18, 0, 18))
    return sheet(
        rect(60, 84, length + 10, 72, fill=tint, r=26),
        grains,
        rect(70 + length, 78, 24, 84, fill=BRASS),
        screw_thread(94 + length, 120, 54, height=48, fill=BRASS),
        turn=-12,
    )


def glue_bottle(ratio: float, tint: str) -> str:
    height = steps(90, 126, ratio)
    y = 214 - height
    left = f"M116 {y + 14:.0f} Q118 {y - 6:.0f} 146 {y - 12:.0f} H174"
    right = f"Q202 {y - 6:.0f} 204 {y + 14:.0f} V206 Q204 214 196 214 H124 Q116 214 116 206 Z"
    shoulder = path(f"{left} {right}", fill=tint)
    return sheet(
        shoulder,
        poly([(146, y - 12), (174, y - 12), (166, y - 46), (154, y - 46)], fill=WHITE),
        rect(116, y + 34, 88, height - 58, fill=WHITE),
        poly([(154, y - 46), (166, y - 46), (162, y - 66), (158, y - 66)], fill=DARK),
    )


def cartridge(ratio: float, tint: str) -> str:
    length = steps(120, 170, ratio)
    nozzle = poly([(60 + length, 108), (60 + length, 132), (130 + length, 124), (130 + length, 116)], fill=WHITE)
    return sheet(
        nozzle,
        rect(40, 82, length, 76, fill=PALE, r=4),
        rect(62, 82, length - 44, 76, fill=tint),
        poly([(40 + length, 88), (62 + length, 106), (62 + length, 134), (40 + length, 152)], fill=METAL),
        ellipse(40, 120, 10, 38, fill=SHADE),
        turn=-16,
    )


def spray_can(ratio: float, tint: str) -> str:
    half = steps(34, 46, ratio)
    dome = path(f"M{160 - half:.0f} 74 Q160 36 {160 + half:.0f} 74 Z")
    return sheet(
        rect(148, 26, 24, 22, fill=WHITE, r=3),
        dome,
        rect(160 - half, 74, 2 * half, 142, fill=tint, r=4),
        rect(160 - half, 108, 2 * half, 58, fill=WHITE),
        line(160 - half, 206, 160 + half, 206),
    )


def grease_tin(ratio: float, tint: str) -> str:
    half = steps(58, 86, ratio)
    side = f"M{160 - half:.0f} 92 V180 A{half:.0f} 24 0 0 0 {160 + half:.0f} 180 V92"
    return sheet(
        path(side, fill=tint),
        path(
            f"M{160 - half:.0f} 120 A{half:.0f} 24 0 0 0 {160 + half:.0f} 120 V152 A{half:.0f} 24 0 0 1 {160 - half:.0f} 152 Z",
            fill=WHITE,
        ),
        ellipse(160, 90, half + 5, 27, fill=METAL),
        ellipse(160, 86, half - 10, 19, fill=PALE),
    )


def tape_roll(ratio: float, tint: str) -> str:
    depth = steps(14, 50, ratio)
    back = circle(150 + depth, 120, 88, fill=tint)
    return sheet(
        back,
        poly([(150, 32), (150 + depth, 32), (150 + depth, 208), (150, 208)], fill=tint),
        circle(150, 120, 88, fill=tint),
        circle(150, 120, 56, fill=WHITE),
        circle(150, 120, 48, fill=PALE),
        line(232, 152, 254 + depth / 2, 176),
    )


def component_reel(ratio: float, tint: str) -> str:
    windows = "".join(circle(x, y, steps(15, 21, ratio), fill=WHITE) for x, y in ((160, 70), (203, 145), (117, 145)))
    strip = path("M244 164 C284 190 262 214 306 214 L306 200 C276 200 290 180 252 148 Z", fill=PALE)
    return sheet(
        strip,
        circle(160, 120, 98, fill=tint),
        circle(160, 120, 90, fill=tint),
        windows,
        circle(160, 120, 20, fill=DARK),
        circle(160, 120, 8, fill=WHITE),
    )


def solder_spool(ratio: float, tint: str) -> str:
    half = steps(40, 62, ratio)
    wire = "".join(line(160 - half, y, 160 + half, y) for y in range(88, 156, 6))
    return sheet(
        rect(160 - half, 80, 2 * half, 80, fill=METAL),
        wire,
        rect(148 - half, 56, 16, 128, fill=tint, r=5),
        rect(156 + half, 56, 16, 128, fill=tint, r=5),
        path(f"M{160 + half:.0f} 156 q40 40 80 30"),
    )


def hex_key(ratio: float, tint: str) -> str:
    width = steps(13, 27, ratio)
    return sheet(rope("M70 70 V150 Q70 176 96 176 H270", width=width, fill=tint))


def drill_bit(ratio: float, tint: str) -> str:
    half = steps(10, 24, ratio)
    flutes = "".join(path(f"M{x} {120 - half:.0f} q18 {half:.0f} 8 {2 * half:.0f}") for x in range(126, 262, 22))
    body = poly([(116, 120 - half), (268, 120 - half), (290, 120), (268, 120 + half), (116, 120 + half)], fill=tint)
    return sheet(body, flutes, rect(30, 120 - half, 88, 2 * half, fill=METAL, r=2), turn=-14)


def thread_tap(ratio: float, tint: str) -> str:
    half = steps(16, 30, ratio)
    shank = rect(40, 120 - half * 0.7, 130, half * 1.4, fill=METAL) + rect(28, 120 - half * 0.6, 32, half * 1.2, fill=SHADE)
    return sheet(shank, screw_thread(168, 120, 110, height=2 * half, fill=tint, pitch=8), line(176, 120, 270, 120), turn=-14)


def cutting_insert(ratio: float, tint: str) -> str:
    if ratio < 0.34:
        shape = poly([(160, 34), (246, 176), (74, 176)], fill=tint)
    elif ratio < 0.67:
        shape = poly([(160, 30), (250, 120), (160, 210), (70, 120)], fill=tint)
    else:
        shape = rect(82, 42, 156, 156, fill=tint, r=14)
    return sheet(
        shape, circle(160, 126 if ratio < 0.34 else 120, 28, fill=PALE), circle(160, 126 if ratio < 0.34 else 120, 18, fill=WHITE)
    )


def end_mill(ratio: float, tint: str) -> str:
    half = steps(14, 34, ratio)
    flutes = "".join(path(f"M{x} {120 + half:.0f} q26 {-half:.0f} 34 {-2 * half:.0f}") for x in range(166, 256, 26))
    return sheet(
        rect(34, 120 - half * 0.9, 130, half * 1.8, fill=METAL, r=3),
        rect(160, 120 - half, 124, 2 * half, fill=tint, r=2),
        flutes,
        turn=-14,
    )


def label_roll(ratio: float, tint: str) -> str:
    width = steps(50, 120, ratio)
    x = 150 - width / 2
    strip = poly([(x, 190), (x + width, 190), (x + width + 60, 222), (x + 60, 222)], fill=WHITE)
    return sheet(
        rect(x, 60, width, 132, fill=WHITE),
        ellipse(x + width, 126, 28, 66, fill=tint),
        ellipse(x + width, 126, 11, 26, fill=DARK),
        strip,
        line(x + width * 0.5, 60, x + width * 0.5, 190),
    )


def filter_element(ratio: float, tint: str) -> str:
    height = steps(90, 150, ratio)
    y = 120 - height / 2
    pleats = "".join(line(x, y, x, y + height) for x in range(96, 232, 11))
    return sheet(
        rect(88, y, 144, height, fill=WHITE),
        pleats,
        ellipse(160, y + height, 78, 18, fill=tint),
        ellipse(160, y, 78, 18, fill=tint),
        ellipse(160, y, 34, 8, fill=DARK),
    )
