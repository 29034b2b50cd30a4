"""A scanner is taught: the label to scan, what was learnt of the scanner, and what has to be changed at it."""

from __future__ import annotations

from dataclasses import dataclass

from station.scan_form import ENDS, F8, GROUP_SEPARATOR, ScanForm
from station.view.action import Action
from station.view.teach import TeachFace
from ui.texts import Texts
from ui.view_models.buttons import ActionRowModel, arrange, primary
from ui.view_models.task import Fact


@dataclass(frozen=True, slots=True)
class TeachModel:
    """`label` is drawn as a barcode; `lines` say what to do, or what is wrong, the worst first."""

    label: str
    title: str
    facts: tuple[Fact, ...]
    lines: tuple[str, ...]


def present(face: TeachFace, texts: Texts) -> TeachModel:
    source = texts.label("typing_scanner") if face.source == "wedge" else face.source
    problems = face.problems[:1] if face.step == "failed" else face.problems  # what is only advice comes when all else is well
    lines = tuple(texts.label(f"teach_{problem}") for problem in problems)
    if face.step == "scan":
        lines = (texts.label("teach_how"), texts.label("teach_paper"))
    elif not lines:
        lines = (texts.label("teach_all_good"),)
    title = texts.label(f"teach_title_{face.step}", source=source)
    return TeachModel(face.label, title, _facts(face.form, texts) if face.form is not None else (), lines)


def present_row(face: TeachFace, texts: Texts) -> ActionRowModel:
    """Keeping is the primary button."""
    offer = next(each for each in face.offers if each.action is Action.KEEP_FORM)
    button = primary("action_keep_form", texts.action(Action.KEEP_FORM), reason=texts.refusal(offer.refused))
    return arrange(face.offers, texts, primary_button=button, without=(Action.KEEP_FORM,))


def _facts(form: ScanForm, texts: Texts) -> tuple[Fact, ...]:
    bare = form.suffix.rstrip(ENDS)
    ends = [texts.label("key_tab" if each == "\t" else "key_enter") for each in form.ends]
    return (
        Fact(texts.label("form_prefix"), _shown(form.prefix) or texts.label("form_none")),
        Fact(texts.label("form_suffix"), " ".join(each for each in (_shown(bare), *ends) if each) or texts.label("form_none")),
        Fact(texts.label("form_gs"), _separator(form.gs, texts)),
        Fact(texts.label("form_layout"), texts.label(f"layout_{form.layout}")),
        Fact(texts.label("form_caps"), texts.label("caps_inverted" if form.is_caps_inverted else "caps_normal")),
        Fact(texts.label("form_aim"), texts.label("aim_sent" if form.has_aim_id else "aim_missing")),
    )


def _separator(gs: str, texts: Texts) -> str:
    if gs == GROUP_SEPARATOR:
        return texts.label("gs_itself")
    return texts.label("gs_f8") if gs == F8 else gs


def _shown(text: str) -> str:
    """Control characters as they are written in settings, and blanks as something that can be seen."""
    return "".join("␣" if sign == " " else sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)
