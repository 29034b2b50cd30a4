"""What one scan of the test label tells of a scanner. Pure: keys or characters in, a form out, or why there is none.

The label holds both cases of the letters whose keys are not the same on all keyboards, the digits, the signs - / + #, a group
separator, and asks for the AIM id "]C1". It has two fields of a GS1-128, so that it is a good code for any scanner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from station.key_layouts import Layout
from station.scan_form import ENDS, F8, GROUP_SEPARATOR, ScanForm, Stroke

FIRST = "10azqwmyAZQWMY"  # AI 10
SECOND = "210123456789-/+#"  # AI 21
LABEL = f"{FIRST}{GROUP_SEPARATOR}{SECOND}"
AIM_ID = "]C1"

LONGEST_ALIAS = 6  # of what stands for a group separator
LONGEST_AROUND = 16
USUAL_SIGNS = frozenset(" -/+#._:*%$,;()")
SLOWEST_GAP_MS = 25.0  # a scanner's median, as in ui/wedge.py
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")

# Problems. Those in BLOCKING leave nothing that could be kept.
NOTHING_READ, NOT_A_SCANNER, NOT_THE_LABEL, LAYOUT_NOT_KNOWN = (
    "nothing_read",
    "not_a_scanner",
    "not_the_label",
    "layout_not_known",
)
GS_LOST, GS_NOT_KNOWN, TOO_MUCH_AROUND = "gs_lost", "gs_not_known", "too_much_around"
NO_END, NO_AIM_ID, CAPS_INVERTED = "no_end", "no_aim_id", "caps_inverted"
BLOCKING = frozenset((NOTHING_READ, NOT_A_SCANNER, NOT_THE_LABEL, LAYOUT_NOT_KNOWN, GS_LOST, GS_NOT_KNOWN, TOO_MUCH_AROUND))


@dataclass(frozen=True, slots=True)
class Taught:
    """What was learnt. `form` is None where `problems` has one of BLOCKING; the other problems are advice."""

    form: ScanForm | None = None
    problems: tuple[str, ...] = ()


def teach_keys(strokes: Sequence[Stroke]) -> Taught:
    """From the keys of a scanner that types."""
    if not strokes:
        return Taught(problems=(NOTHING_READ,))
    gaps_ms = [later.at_ms - before.at_ms for before, later in pairwise(strokes)]
    if not gaps_ms or median(gaps_ms) > SLOWEST_GAP_MS:
        return Taught(problems=(NOT_A_SCANNER,))
    has_places = all(stroke.place for stroke in strokes if not (stroke.is_end or stroke.is_numbered or stroke.function))
    for form in _forms(has_places=has_places):
        found = _find(form.typed(strokes), form)
        if found is not None:
            return _finished(found, uses_f8=any(stroke.function == 8 for stroke in strokes), ends=_ends(strokes))
    return Taught(problems=(_why_not(ScanForm().typed(strokes)),))


def teach_text(text: str, *, is_ended: bool) -> Taught:
    """From the text of a scanner on a line of its own, whose suffix the line has taken off. `is_ended`: there was one."""
    if not text:
        return Taught(problems=(NOTHING_READ,))
    for form in _forms(has_places=False):
        found = _find(replace(form, suffix="").read(text), form)
        if found is not None:
            return _finished(found, uses_f8=False, ends="\r" if is_ended else "")
    return Taught(problems=(_why_not(text),))


@dataclass(frozen=True, slots=True)
class _Found:
    """The label inside what was said, read in this form."""

    form: ScanForm
    before: str
    between: str
    after: str


def _forms(*, has_places: bool) -> Iterator[ScanForm]:
    """The ways to read it, the plainest first."""
    yield ScanForm()
    if has_places:
        yield ScanForm(layout=Layout.KEYS)
    yield ScanForm(is_caps_inverted=True)
    for layout in (Layout.DE, Layout.FR):
        yield ScanForm(layout=layout)
        yield ScanForm(layout=layout, is_caps_inverted=True)


def _find(said: str, form: ScanForm) -> _Found | None:
    before, first, rest = said.partition(FIRST)
    between, second, after = rest.partition(SECOND)
    return _Found(form, before, between, after) if first and second else None


def _ends(strokes: Sequence[Stroke]) -> str:
    """The keys at the end that end a code."""
    ends = ""
    for stroke in reversed(strokes):
        if not stroke.is_end:
            break
        ends = stroke.text + ends
    return ends


def _finished(found: _Found, *, uses_f8: bool, ends: str) -> Taught:
    aim = _AIM.search(found.before)
    has_aim = aim is not None and aim.end() == len(found.before)
    prefix = found.before[: aim.start()] if aim is not None and has_aim else found.before
    bare = found.after.rstrip(ENDS)
    gs = F8 if uses_f8 and found.between == GROUP_SEPARATOR else found.between
    form = replace(found.form, prefix=prefix, suffix=bare + ends, gs=gs, has_aim_id=has_aim)
    problems = _problems(form, ends)
    return Taught(None if BLOCKING & set(problems) else form, problems)


def _problems(form: ScanForm, ends: str) -> tuple[str, ...]:
    """What is wrong with a label that was read, the worst first."""
    bare = form.suffix.rstrip(ENDS)
    checks = (
        (GS_LOST, not form.gs),
        (GS_NOT_KNOWN, bool(form.gs) and not _may_stand_for_gs(form.gs)),
        (TOO_MUCH_AROUND, max(len(form.prefix), len(bare)) > LONGEST_AROUND or bool(set(form.prefix + bare) & set(ENDS))),
        (NO_END, not ends),
        (NO_AIM_ID, not form.has_aim_id),
        (CAPS_INVERTED, form.is_caps_inverted),
    )
    return tuple(problem for problem, is_so in checks if is_so)


def _may_stand_for_gs(text: str) -> bool:
    """Not what codes are made of: a dash or a letter that is a separator, too, could not be told from one that is not."""
    if text in (GROUP_SEPARATOR, F8):
        return True
    return len(text) <= LONGEST_ALIAS and not text[0].isalnum() and text not in USUAL_SIGNS


def _why_not(arrived: str) -> str:
    """The digits of the label in a row, as far as a layout leaves them, tell it from another code."""
    letters = sum(sign.isalpha() for sign in arrived)
    return LAYOUT_NOT_KNOWN if len(arrived) >= len(LABEL) - 6 and letters >= 10 else NOT_THE_LABEL
