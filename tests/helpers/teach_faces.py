"""Hand-made Views of the page on which a scanner is taught."""

from __future__ import annotations

from collections.abc import Iterator

from station.key_layouts import Layout
from station.scan_form import F8, GROUP_SEPARATOR, ScanForm
from station.teach_scanner import BLOCKING, LABEL
from station.view.action import Action, Offer
from station.view.message import Level, Message
from station.view.teach import TeachFace
from station.view.view import View
from tests.helpers.device_faces import MAINTENANCE
from tests.helpers.faces import view

PLAIN = ScanForm(suffix="\r", gs=GROUP_SEPARATOR, has_aim_id=True)
STRANGE = ScanForm(prefix="\x02S1", suffix="!\r\t", gs=F8, layout=Layout.DE, is_caps_inverted=True)
BARE = ScanForm(gs="{GS}", layout=Layout.KEYS)
FAILED = Message("teach_failed", Level.ACT, error="O334")


def _face(step: str, form: ScanForm | None = None, *problems: str, source: str = "wedge", keep: str = "") -> TeachFace:
    offers = (Offer(Action.KEEP_FORM, keep), Offer(Action.BACK), Offer(Action.LOCK))
    return TeachFace(label=LABEL, step=step, offers=offers, source=source, form=form, problems=problems)


def teach_views() -> Iterator[tuple[str, View]]:
    yield "teach", _view(_face("scan", source="", keep="scan_label_first"), Message("teach_scan"))
    yield "teach_understood", _view(_face("understood", PLAIN, source="hand"), Message("teach_understood"))
    yield "teach_kept", _view(_face("kept", PLAIN, keep="form_is_kept"), Message("teach_kept"))
    strange = _face("understood", STRANGE, "no_aim_id", "caps_inverted")
    yield "teach_strange", _view(strange, Message("teach_understood"))
    yield "teach_bare", _view(_face("understood", BARE, "no_end", "no_aim_id"), Message("teach_understood"))
    for problem in sorted(BLOCKING):
        failed = _face("failed", None, problem, "no_end", "no_aim_id", keep="scan_label_first")
        yield f"teach_{problem}", _view(failed, FAILED)


def _view(face: TeachFace, bar: Message) -> View:
    return view(face, bar, operator=MAINTENANCE)
