"""Days of the record worked again: bars of lines an hour for the bay as it was and as it might be, every policy below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station.planner.problem import PolicyName
from station.planner.replay import Played, Replay, ways
from station.view.action import Action
from station.view.replay import ReplayFace
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, arrange
from ui.view_models.rows import ListModel, RowModel, paged

BARS: Final = 5
FIRST: Final = (Action.BACK, Action.STOP_REPLAY, Action.POLICIES)

NO_ROWS: Final = ListModel("", (), "", has_up=False, has_down=False)


@dataclass(frozen=True, slots=True)
class ReplayBarModel:
    """A bay: `share` of the longest bar, of which `waiting` is pale. What was measured is no figure of the model."""

    name: str
    figure: str
    gain: str = ""
    late: str = ""
    share: float = 0.0
    waiting: float = 0.0
    is_measured: bool = False


@dataclass(frozen=True, slots=True)
class ReplayModel:
    """`progress` from 0 to 1 while it is worked, None afterwards. `notes` say where the figures come from."""

    title: str
    bars: tuple[ReplayBarModel, ...] = ()
    caption: str = ""
    notes: str = ""
    progress: float | None = None
    rows: ListModel = NO_ROWS


def present(face: ReplayFace, local: Local, texts: Texts, *, rows: int) -> ReplayModel:
    """The progress, why there is nothing, or the report."""
    report = face.report
    if face.why:
        empty = paged("", [], texts, page=0, size=rows, empty=texts.label(f"replay_{face.why}"))
        return ReplayModel(texts.label("replay_title", count=face.days), rows=empty)
    if report is None:
        said = texts.label("replay_progress", done=face.done, of=face.of) if face.of else texts.label("replay_reading")
        empty = paged("", [], texts, page=0, size=rows, empty=said)
        share = face.done / face.of if face.of else 0.0
        return ReplayModel(texts.label("replay_title", count=face.days), progress=share, rows=empty)
    if face.shows_policies:
        policies = dict.fromkeys(each.variant.policy for each in report.played)
        models = [_row(report, policy, texts) for policy in reversed(policies)]
        named = "  ·  ".join(texts.label(f"way_{name}", places=places) for name, _, places in ways(report))
        shown = paged("", models, texts, page=local.page, size=rows, empty="")
        return ReplayModel(_headline(report, texts), notes=texts.label("replay_order", ways=named), rows=shown)
    notes = _notes(report, texts)
    return ReplayModel(_headline(report, texts), _bars(report, texts), caption=texts.label("replay_caption"), notes=notes)


def present_row(face: ReplayFace, texts: Texts) -> ActionRowModel:
    return arrange(face.offers, texts, first=FIRST)


def row_count(face: ReplayFace) -> int:
    """How many policies there are, where they are shown."""
    report = face.report if face.shows_policies else None
    return len({each.variant.policy for each in report.played}) if report is not None else 0


def signed(share: float) -> str:
    """A gain in per cent with its sign."""
    return f"{100 * share:+.0f} %".replace("-", "−")


def _headline(report: Replay, texts: Texts) -> str:
    """What a second tray position and put places would bring."""
    gains = {name: signed(share) for name, share in report.gains}
    if "both" in gains:
        return texts.label("replay_gains", second=gains["second_position"], put=gains["put_places"], both=gains["both"])
    return texts.label("replay_gain_places", put=gains["put_places"]) if gains else texts.label("replay_no_gains")


def _bars(report: Replay, texts: Texts) -> tuple[ReplayBarModel, ...]:
    measured, gains = report.measured, dict(report.gains)
    found = [(name, places, report.of(PolicyName.AUTO, positions=at, places=places)) for name, at, places in ways(report)]
    most = max((each.lines_per_hour for _, _, each in found if each is not None), default=0.0)
    most = max(most, measured.lines_per_hour) or 1.0
    has_due = measured.with_need_by > 0

    def bar(
        name: str, rate: float, waiting: float, late: int, *, gain: float | None = None, is_measured: bool = False
    ) -> ReplayBarModel:
        said = signed(gain) if gain is not None else ""
        due = texts.label("replay_late", count=late) if has_due else ""
        return ReplayBarModel(name, texts.decimal(rate, 0), said, due, rate / most, waiting, is_measured)

    as_was = bar(texts.label("replay_measured"), measured.lines_per_hour, measured.wait_share, measured.late, is_measured=True)
    modelled = [
        bar(
            texts.label(f"way_{name}", places=places),
            each.lines_per_hour,
            each.wait_share,
            each.late,
            gain=gains.get(name),
        )
        for name, places, each in found
        if each is not None
    ]
    return (as_was, *modelled)


def _row(report: Replay, policy: PolicyName, texts: Texts) -> RowModel:
    """One policy at the four bays, in the order of the bars."""
    played = [report.of(policy, positions=at, places=places) for _, at, places in ways(report)]
    return RowModel(
        name=f"policy_{policy}",
        lead=texts.label(f"policy_{policy}"),
        main=texts.label("replay_rates", rates="  ·  ".join(_rate(each, texts) for each in played)),
        sub=texts.label("replay_trays", trays="  ·  ".join(_trays(each, texts) for each in played)),
        right=texts.label("replay_waits", waits="  ·  ".join(_wait(each, texts) for each in played)),
        right_sub=texts.label("replay_lates", lates="  ·  ".join(str(each.late) if each else "–" for each in played)),
        is_touchable=False,
    )


def _rate(played: Played | None, texts: Texts) -> str:
    return texts.decimal(played.lines_per_hour, 0) if played is not None else "–"


def _trays(played: Played | None, texts: Texts) -> str:
    return texts.decimal(played.trays_per_line, 2) if played is not None else "–"


def _wait(played: Played | None, texts: Texts) -> str:
    return texts.decimal(100 * played.wait_share, 0) if played is not None else "–"


def _notes(report: Replay, texts: Texts) -> str:
    """Of what was measured, and what is assumed."""
    measured, machine, hand = report.measured, report.machine, report.operator
    parts = [texts.label("replay_of", lines=measured.lines, orders=measured.orders, hours=texts.decimal(measured.hours, 1))]
    if machine.learnt is not None:
        residual = texts.decimal(machine.learnt.rms_s, 1)
        parts.append(texts.label("replay_learnt", motions=machine.learnt.n, residual=residual))
    if not hand.is_assumed:
        parts.append(texts.label("replay_learnt_hand", visits=hand.n))
    assumed = ", ".join(texts.label(f"assumed_{each}") for each in report.assumed)
    return "  ·  ".join((*parts, *((texts.label("replay_assumed", inputs=assumed),) if assumed else ())))
