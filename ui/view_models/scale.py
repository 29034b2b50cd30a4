"""The scale beside a question for a number of pieces: what it reads, what that makes, and the two buttons it brings."""

from __future__ import annotations

from dataclasses import dataclass

from station.view.ask import Ask, AskNumber
from station.view.weighing import Weighing
from ui.texts import Texts
from ui.view_models.buttons import ButtonModel


@dataclass(frozen=True, slots=True)
class ScaleModel:
    """`weight` is what the scale itself shows. `says` is the figure, or why there is none; `explains` what it rests on, or what
    would make it exact."""

    caption: str
    weight: str
    says: str
    explains: str
    is_figure: bool  # `says` is a number of pieces and not a sentence


def present(weighing: Weighing | None, ask: Ask | None, texts: Texts) -> ScaleModel | None:
    """What the card shows; None where there is no scale, or nothing for it to say."""
    if weighing is None or not isinstance(ask, AskNumber):
        return None
    weight = "–" if weighing.weight_mg is None else texts.weight(weighing.weight_mg, weighing.step_mg)
    is_figure = not weighing.why and not weighing.is_learning
    says = _figure(weighing, ask, texts) if is_figure else _sentence(weighing, texts)
    return ScaleModel(texts.label("on_scale"), weight, says, _explains(weighing, is_figure, texts), is_figure)


def present_buttons(weighing: Weighing | None, texts: Texts) -> tuple[ButtonModel, ...]:
    """Fill the figure in, and learn the weight of a piece; none while that is being learnt."""
    if weighing is None or weighing.is_learning:
        return ()
    refused = "" if weighing.is_sure else texts.short_refusal("scale_no_figure")
    fill = texts.label("scale_fill", quantity=weighing.pieces) if weighing.is_sure else texts.label("scale_fill_none")
    teach = texts.label("scale_teach_again" if weighing.piece_ug else "scale_teach")
    return (
        ButtonModel("scale_fill", fill, refused, is_enabled=weighing.is_sure),
        ButtonModel("scale_teach", teach, texts.short_refusal(weighing.may_learn), is_enabled=not weighing.may_learn),
    )


def _figure(weighing: Weighing, ask: AskNumber, texts: Texts) -> str:
    pieces = texts.quantity(weighing.pieces, ask.item)
    if weighing.is_sure:
        return pieces
    more = texts.quantity(weighing.plus_minus, ask.item)
    return texts.label("scale_about", pieces=texts.number(weighing.pieces), more=more)


def _sentence(weighing: Weighing, texts: Texts) -> str:
    """A sample that is not learnt yet lies there for that very reason: it needs no sentence about what is unknown."""
    is_ready = weighing.is_learning and weighing.why in ("", "scale_not_learnt")
    return texts.label("scale_learning") if is_ready else texts.message_of(weighing.why)


def _explains(weighing: Weighing, is_figure: bool, texts: Texts) -> str:
    if is_figure and not weighing.is_sure:
        return texts.label("scale_not_exact")
    if weighing.is_learning or not weighing.piece_ug:
        return ""
    weight = texts.weight(round(weighing.piece_ug / 1000), 1)
    return texts.label("scale_learnt", weight=weight, sample=weighing.sample)
