"""The machine panel: every device in a row with the figures of its line, or one device with its last frames."""

from __future__ import annotations

from dataclasses import dataclass

from station.view.action import Action
from station.view.devices import ByHandRow, DeviceRow, DevicesFace, LineHealth
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, ButtonModel, arrange, in_order
from ui.view_models.frames import Folded, fold
from ui.view_models.rows import ListModel, RowModel, Tone, paged

SHOWN_BYTES = 64  # of a frame; the export has all
WELL = ("", "ready", "moves")  # words that need nobody
BY_HAND = (Action.STATUS_BY_HAND, Action.FETCH_BY_HAND, Action.STORE_BY_HAND)
OF_ONE = (Action.EXPORT_FRAMES, Action.CALIBRATE, Action.TRY_LAMPS)  # what is for the device that is looked at


@dataclass(frozen=True, slots=True)
class DevicesModel:
    """`figures` stand above the frames of one device; `result` says how the last command by hand ended. In the list, which has
    more rows, it stands in place of the heading."""

    rows: ListModel
    figures: str
    result: str
    is_list: bool = False


def present(face: DevicesFace, local: Local, texts: Texts, *, rows: int) -> DevicesModel:
    """The list's page, and what stands above it."""
    device = next((each for each in face.devices or () if each.name == face.device), None)
    if device is None:
        models = [_device(each, texts) for each in face.devices or ()]
        empty = texts.label("reading_devices" if face.devices is None else "no_devices")
        shown = paged("", models, texts, page=local.page, size=rows, empty=empty)
        return DevicesModel(shown, "", _result(face.result, texts) or texts.label("devices_head"), is_list=True)
    frames = [_frame(each, number, texts) for number, each in enumerate(_folded(face, local))]
    shown = paged("", frames, texts, page=local.page, size=rows, empty=texts.label("no_frames"))
    return DevicesModel(shown, _figures(device, texts), _result(face.result, texts))


def _folded(face: DevicesFace, local: Local) -> tuple[Folded, ...]:
    return fold(local.held or face.frames)


def present_row(face: DevicesFace, local: Local, texts: Texts) -> ActionRowModel:
    """What can be done before what cannot; at a device what is for it first."""
    newest = [ButtonModel("page_newest", texts.label("newest"))] if local.held else []
    return arrange(face.offers, texts, extra=newest, first=_first(face))


def row_actions(face: DevicesFace) -> tuple[Action, ...]:
    """What the buttons of the row and behind "More" do, in their order: another order under the finger is another meaning."""
    return tuple(each.action for each in in_order(face.offers, _first(face)))


def _first(face: DevicesFace) -> tuple[Action, ...]:
    can = {each.action for each in face.offers if each.is_allowed}
    by_hand = sorted(BY_HAND, key=lambda action: action not in can)
    return (*OF_ONE, *by_hand) if face.device else tuple(by_hand)


def _device(row: DeviceRow, texts: Texts) -> RowModel:
    health = row.health
    is_one = row.name == row.kind  # of this kind the station has one, and no name is in the settings
    return RowModel(
        name=f"device_{row.name}",
        lead=texts.device(row.kind) if is_one else row.name,
        main=_state(row, texts) if is_one else " · ".join((texts.device(row.kind), _state(row, texts))),
        sub=_where(health),
        right=_round_trip(health, texts),
        right_sub=_troubles(health, texts),
        tone=Tone.PLAIN if row.line == "line_up" and row.word in WELL else Tone.LATE,
    )


def _state(row: DeviceRow, texts: Texts) -> str:
    """The device's last word; of one that has none, how its line is."""
    said = texts.label(f"word_{row.word}" if row.word else row.line)
    return f"{said} ({row.code})" if row.code else said


def _where(health: LineHealth) -> str:
    """Where it was found, where that is not what the settings name."""
    return health.url if health.port in ("", health.url) else f"{health.url} = {health.port}"


def _round_trip(health: LineHealth, texts: Texts) -> str:
    if not health.round_trips:
        return ""
    p50, p99 = texts.decimal(health.round_trip_p50_ms, 1), texts.decimal(health.round_trip_p99_ms, 1)
    return texts.label("round_trip", p50=p50, p99=p99)


def _troubles(health: LineHealth, texts: Texts) -> str:
    counts = (("line_errors", health.errors), ("line_retries", health.retries), ("line_reconnects", health.reconnects))
    said = (texts.label(name, count=count).replace(" ", "\N{NO-BREAK SPACE}") for name, count in counts if count)
    return " · ".join(said) or texts.label("line_clean")


def _figures(row: DeviceRow, texts: Texts) -> str:
    health = row.health
    silence = texts.label("longest_silence", seconds=texts.decimal(health.longest_silence_s, 1))
    frames = texts.label("line_frames", sent=health.frames_sent, heard=health.frames_heard)
    name = texts.device(row.kind) if row.name == row.kind else row.name
    parts = (f"{name}: {_state(row, texts)}", frames, _round_trip(health, texts), silence, _troubles(health, texts))
    return "  ·  ".join(each for each in parts if each)


def _frame(folded: Folded, number: int, texts: Texts) -> RowModel:
    row = folded.frame
    size = texts.label("bytes", count=len(row.data))
    return RowModel(
        name=f"frame_{number}",
        lead=texts.label("frame_sent" if row.is_sent else "frame_heard"),
        main=readable(row.data),
        sub=_hex(row.data),
        right=texts.precise(row.at),
        right_sub=size if folded.count == 1 else " · ".join((texts.label("frame_times", count=folded.count), size)),
        is_touchable=False,
    )


def readable(data: bytes) -> str:
    """The frame as text, control bytes as they are written in programs; "" where it is no text at all."""
    shown = data[:SHOWN_BYTES]
    printable = sum(0x20 <= each < 0x7F for each in shown)
    if not shown or printable * 2 < len(shown):
        return ""
    text = "".join(chr(each) if 0x20 <= each < 0x7F else f"\\x{each:02x}" for each in shown)
    return text.replace("\\x0d", "\\r").replace("\\x0a", "\\n") + ("…" if len(data) > SHOWN_BYTES else "")


def _hex(data: bytes) -> str:
    return data[:SHOWN_BYTES].hex(" ") + (" …" if len(data) > SHOWN_BYTES else "")


def _result(result: ByHandRow | None, texts: Texts) -> str:
    """What became of the last command by hand, in words, with the machine's code and the time of day."""
    if result is None:
        return ""
    code = f" ({texts.code(result.code)})" if result.code else ""
    said = texts.label(f"by_hand_{result.verb}_{result.outcome}", tray=result.tray or 0) + code
    tray = texts.label("by_hand_names", tray=result.tray) if result.tray else texts.label("by_hand_names_none")
    at = texts.clock(result.at) if result.at is not None else ""
    return "  ·  ".join(each for each in (said, tray if result.names_tray else "", at) if each)


def row_count(face: DevicesFace, local: Local) -> int:
    """How many rows the shown list has."""
    return len(_folded(face, local)) if face.device else len(face.devices or ())
