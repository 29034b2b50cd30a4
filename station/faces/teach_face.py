"""The page on which a scanner is taught, as the window shows it."""

from __future__ import annotations

from station.core.state import TeachPage
from station.teach_scanner import LABEL
from station.view.action import Action, Offer
from station.view.message import Level, Message
from station.view.teach import TeachFace

STEPS = {"understood": "teach_understood", "kept": "teach_kept", "scan": "teach_scan"}


def teach_face(page: TeachPage) -> TeachFace:
    taught = page.taught
    return TeachFace(
        label=LABEL,
        step=step_of(page),
        offers=_offers(page),
        source=page.source,
        form=taught.form if taught is not None else None,
        problems=taught.problems if taught is not None else (),
    )


def step_of(page: TeachPage) -> str:
    """scan, understood, failed or kept."""
    if page.taught is None:
        return "scan"
    if page.taught.form is None:
        return "failed"
    return "kept" if page.is_kept else "understood"


def teach_bar(page: TeachPage) -> Message:
    """What to do next; of a scan that was not understood, why."""
    step = step_of(page)
    if page.taught is None or step != "failed":
        return Message(STEPS[step])
    return Message("teach_failed", Level.ACT, {"problem": page.taught.problems[0]}, error="O334")


def _offers(page: TeachPage) -> tuple[Offer, ...]:
    keep = {"understood": "", "kept": "form_is_kept"}.get(step_of(page), "scan_label_first")
    return (Offer(Action.KEEP_FORM, keep), Offer(Action.BACK), Offer(Action.LOCK))
