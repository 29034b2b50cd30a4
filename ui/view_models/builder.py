"""A tray that is built: drawn to scale with its sizes, what can be done to it, and how it is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station.storage.page import Step
from station.view.action import Action
from station.view.storage import BuiltFace, StorageFace
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, ButtonModel, arrange, primary

TOOLS: Final = ("split", "merge", "template")
WALL_TOOLS: Final = ("back", "on", "turn")
MOST_GOODS: Final = 2  # that are named
FIRST_KEY: Final = 5  # of the tools: the row below has the first four
DOING: Final = (Action.BUILD_APPLY, Action.BUILD_PUT)


@dataclass(frozen=True, slots=True)
class BuiltCell:
    """A compartment as it is drawn. Lengths in mm from the tray's front-left corner."""

    label: str
    size: str
    x_mm: int
    y_mm: int
    width_mm: int
    depth_mm: int
    is_stocked: bool = False
    is_selected: bool = False
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class BarOfLoad:
    """A share as a bar: of what a tray bears, or of one half against the other (`is_halves`)."""

    caption: str
    value: str
    percent: int
    is_bad: bool = False
    is_halves: bool = False


@dataclass(frozen=True, slots=True)
class BuilderModel:
    """`steps` are the tools beside the tray; `wall_mm` the wall that is being placed, None for none."""

    tray: str
    size: str
    width_mm: int
    depth_mm: int
    pitch_mm: int
    cells: tuple[BuiltCell, ...]
    detail: str
    bars: tuple[BarOfLoad, ...]
    steps: tuple[ButtonModel, ...]
    wall_mm: int | None = None
    is_across: bool = False


def present(face: BuiltFace, texts: Texts) -> BuilderModel:
    """The tray and its tools."""
    build, tray = face.builder, face.shown
    is_wall = build.step is Step.WALL
    selected = set(build.selected)
    pitch = texts.label("builder_pitch", pitch=tray.pitch_mm) if tray.pitch_mm else texts.label("builder_no_pitch_known")
    return BuilderModel(
        tray=str(tray.number),
        size=f"{texts.label('storage_size', width=tray.width_mm, depth=tray.depth_mm)} · {pitch}",
        width_mm=tray.width_mm,
        depth_mm=tray.depth_mm,
        pitch_mm=tray.pitch_mm,
        cells=tuple(
            BuiltCell(
                label=each.label,
                size=f"{each.width_mm} × {each.depth_mm}",
                x_mm=each.x_mm,
                y_mm=each.y_mm,
                width_mm=each.width_mm,
                depth_mm=each.depth_mm,
                is_stocked=each.label in face.stocked,
                is_selected=each.label in selected,
                is_new=each.label in face.new,
            )
            for each in tray.compartments
        ),
        detail=_detail(face, texts),
        bars=_bars(face, texts),
        steps=_steps(face, texts),
        wall_mm=build.places[build.at] if is_wall else None,
        is_across=build.is_across,
    )


def present_row(face: StorageFace, texts: Texts) -> ActionRowModel:
    """Applying is the primary button, once there is something to apply."""
    offer = next((each for each in face.offers if each.action in DOING), None)
    button = None
    if offer is not None:
        button = primary(f"action_{offer.action.value}", texts.action(offer.action), reason=texts.refusal(offer.refused))
    return arrange(face.offers, texts, primary_button=button, without=DOING)


def _detail(face: BuiltFace, texts: Texts) -> str:
    """What is chosen: its size and its goods."""
    build = face.builder
    if build.step is Step.WALL:
        parts = [each for each in face.shown.compartments if each.label in (build.selected[0], *face.new)]
        sizes = ((each.label, texts.label("storage_size", width=each.width_mm, depth=each.depth_mm)) for each in parts)
        return "\n".join(f"{label}: {size}" for label, size in sizes)
    if len(build.selected) != 1:
        return texts.label("builder_chosen", count=len(build.selected)) if build.selected else ""
    label = build.selected[0]
    cell = face.shown.compartment(label)
    size = texts.label("storage_size", width=cell.width_mm, depth=cell.depth_mm) if cell is not None else ""
    lying = [
        f"{each.key.item}: {texts.quantity(each.quantity, build.book.items[each.key.item])}"
        for each in build.book.stock
        if each.place.compartment == label and each.key.item in build.book.items
    ]
    more = " …" if len(lying) > MOST_GOODS else ""
    empty = "" if label in face.stocked else texts.label("empty_compartment")
    goods = "\n".join(lying[:MOST_GOODS]) + more if lying else empty
    return "\n".join(each for each in (f"{label} · {size}", goods) if each)


def _bars(face: BuiltFace, texts: Texts) -> tuple[BarOfLoad, ...]:
    load = face.balance
    percent = load.load_percent
    weight = texts.kilograms(load.weight_g)
    if percent is not None:
        weight = texts.label("builder_of_most", weight=weight, most=texts.kilograms(load.max_g))
    left, front = load.left_percent, load.front_percent
    return (
        BarOfLoad(texts.label("builder_weight"), weight, percent or 0, is_bad=percent is not None and percent > 100),
        _halves(texts.label("builder_sides"), left, is_empty=not load.weight_g),
        _halves(texts.label("builder_depth"), front, is_empty=not load.weight_g),
    )


def _halves(caption: str, percent: int, *, is_empty: bool) -> BarOfLoad:
    value = "–" if is_empty else f"{percent} : {100 - percent} %"
    return BarOfLoad(caption, value, percent, is_bad=max(percent, 100 - percent) > 60 and not is_empty, is_halves=True)


def _steps(face: BuiltFace, texts: Texts) -> tuple[ButtonModel, ...]:
    build = face.builder
    if build.step is Step.WALL:
        return tuple(_tool(name, key, face, texts) for key, name in enumerate(WALL_TOOLS, FIRST_KEY))
    return tuple(_tool(name, key, face, texts) for key, name in enumerate(TOOLS, FIRST_KEY))


def _tool(name: str, key: int, face: BuiltFace, texts: Texts) -> ButtonModel:
    can = name in face.tools
    words = f"{name}_across" if face.builder.is_across and name in ("back", "on") else name
    return ButtonModel(
        name=f"build_{name}",
        text=texts.label(f"builder_tool_{words}"),
        reason="" if can or face.builder.is_writing else texts.label(f"builder_why_{name}"),
        is_enabled=can,
        f_key=key,
    )
