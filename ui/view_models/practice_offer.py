"""The touch that begins practice, on the sign-on screen of a real bay, and what is said of its end. Pure."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Final

from station.practice import may_begin
from station.view.message import Level
from station.view.sign_on import SignOnFace
from station.view.view import View
from ui.texts import Texts
from ui.view_models.buttons import ButtonModel
from ui.view_models.frame import FrameModel
from ui.view_models.sign_on import SignOnModel

BEGIN: Final = "practice_begin"
FAILED_CODE: Final = "O473"
_KEY: Final = 5  # the languages have F1 to F4


class PracticeOffer(StrEnum):
    """Where practice stands: not here, ready to begin, being made ready; or why it ended by itself."""

    NONE = ""
    READY = "ready"
    STARTING = "starting"
    BAY = "bay"
    IDLE = "idle"
    FAILED = "failed"


def with_practice(model: FrameModel, offer: PracticeOffer, view: View, texts: Texts) -> FrameModel:
    """The frame with the button at the far left of the sign-on screen, and in the bar what is to be said. Where the bar has
    something of the bay's own, that stays, and the sentence stands above the page."""
    face = view.face
    if offer is PracticeOffer.NONE or not isinstance(face, SignOnFace) or face.step != "badge" or face.locked:
        return model
    reason = "" if may_begin(view) else texts.label("practice_not_now")
    if offer is PracticeOffer.STARTING:
        reason = texts.label("practice_wait")
    button = ButtonModel(BEGIN, texts.label("practice_begin"), reason, is_enabled=not reason, f_key=_KEY)
    model = replace(model, row=replace(model.row, undo=button))
    if offer is PracticeOffer.READY:
        return model
    if view.bar.level is Level.NOTE:
        error = FAILED_CODE if offer is PracticeOffer.FAILED else ""
        return replace(model, bar=replace(model.bar, text=texts.label(f"practice_{offer}"), error=error or model.bar.error))
    if isinstance(model.content, SignOnModel):
        return replace(model, content=replace(model.content, title=texts.label("practice_over")))
    return model
