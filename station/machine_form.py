"""What a machine is by the settings, and whether the start before knew it so. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db.records.layout import MachineChanged
from station.settings import MachineSettings


@dataclass(frozen=True, slots=True)
class MachineForm:
    """Kind, height and the levels that trays lie at."""

    kind: str
    height_mm: int
    levels: str


def form_of(settings: MachineSettings) -> MachineForm:
    """As the settings have it."""
    return MachineForm(settings.kind, settings.height_mm, settings.levels_mm)


def changed_form(started: Mapping[str, Any], machine: str, form: MachineForm) -> MachineChanged | None:
    """What is to be told beside a start: the facts of the start before knew another form of the same machine. A start of an older
    program knew none."""
    if started.get("of_machine") != machine:
        return None
    before = MachineForm(started["form"], started["height_mm"], started["levels"])
    if before == form:
        return None
    return MachineChanged(
        machine=machine,
        form=form.kind,
        height_mm=form.height_mm,
        levels=form.levels,
        height_before_mm=before.height_mm,
        levels_before=before.levels,
    )
