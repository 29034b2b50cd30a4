"""Makes the sounds of this folder: run it after a change. They differ in rhythm, so that shop noise or a poor speaker
does not make them alike: one short note, two short and a long
one for a finished order, two low ones, three long ones."""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

RATE_HZ = 16_000
NOTES = {  # (Hz, seconds) in turn; 0 Hz is silence
    "ok": ((1320, 0.07),),
    "done": ((990, 0.06), (0, 0.05), (990, 0.06), (0, 0.05), (1320, 0.2)),
    "wrong": ((330, 0.12), (0, 0.07), (330, 0.12)),
    "stop": ((220, 0.28), (0, 0.1), (220, 0.28), (0, 0.1), (220, 0.28)),
}


def samples(notes: tuple[tuple[int, float], ...]) -> bytes:
    """16-bit samples; every note fades in and out so that it does not click."""
    out = bytearray()
    for hertz, length_s in notes:
        count = int(RATE_HZ * length_s)
        for number in range(count):
            fade = min(1.0, number / 160, (count - number) / 160)
            out += struct.pack("<h", int(12_000 * fade * math.sin(2 * math.pi * hertz * number / RATE_HZ)))
    return bytes(out)


def main() -> None:
    """Write the files beside this one."""
    for name, notes in NOTES.items():
        with wave.open(str(Path(__file__).with_name(f"{name}.wav")), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE_HZ)
            file.writeframes(samples(notes))


if __name__ == "__main__":
    main()
