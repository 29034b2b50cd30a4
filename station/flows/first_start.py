"""The first start at a new bay, as a pure flow: what is asked on which page, what follows it, and what is written when.

A step is written when its last page is done, and only then does the next one begin. Nothing here moves the machine: it is asked
how it is, and nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from station.first_start.draft import LINE, STEPS, TRIAL, TYPING, Step, with_key, with_url
from station.first_start.pages import BEFORE, CHOICES, FIRST, MOST_TENTHS, TEXTS, Page, Trial, typed
from station.first_start.values import (
    AddAdministrator,
    Choose,
    Effect,
    Event,
    FindLines,
    Finish,
    FirstStart,
    GoBack,
    GoOn,
    KeepStep,
    KeysArrived,
    Later,
    LinesFound,
    Saved,
    TextArrived,
    Tried,
    TryMachine,
    TrySite,
    TypeBadge,
    TypeKey,
)
from station.pin_rule import pin_problem
from station.scan import clean
from station.teach_scanner import Taught, teach_keys, teach_text

NETWORK: Final = "network"
LONGEST_PIN: Final = 12
PEOPLE_PAGES: Final = {"name": Page.ADMIN_NAME, "badge": Page.ADMIN_BADGE, "pin": Page.ADMIN_PIN}

Turn = tuple[FirstStart, tuple[Effect, ...]]


def begin(state: FirstStart, done: Step | None) -> Turn:
    """Where it goes on after the last finished step; from the beginning where none is."""
    return _opened(state, Page.LANGUAGE) if done is None else _next_step(state, done)


def advance(state: FirstStart, event: Event) -> Turn:
    """One turn. What does not belong to the page is ignored."""
    match event:
        case Saved():
            return _saved(state, event) if state.is_saving else (state, ())
        case Tried():
            return _tried(state, event)
        case LinesFound(lines):
            return replace(state, lines=lines), ()
        case _ if state.is_waiting:
            return state, ()
        case Choose(key):
            return replace(_chosen(state, key), problem=""), ()
        case TypeKey(key):
            return _typed(state, key), ()
        case KeysArrived(strokes):
            return _taught(state, teach_keys(strokes), "wedge"), ()
        case TextArrived(text, is_ended):
            return _heard(state, text, is_ended), ()
        case GoOn():
            return _went_on(state) if not state.refusal else (state, ())
        case GoBack():
            before = BEFORE.get(state.page)
            return _opened(state, before) if before is not None else (state, ())
        case TypeBadge() if state.page is Page.ADMIN_BADGE:
            return _opened(state, Page.ADMIN_TYPE_BADGE)
        case Later() if state.may_skip:
            return _skipped(state)
        case _:
            return state, ()


def _opened(state: FirstStart, page: Page) -> Turn:
    """A page with what is known for it already."""
    draft = state.draft
    entries = {
        Page.STATION: draft.station,
        Page.MACHINE_ADDRESS: _behind(draft.machine_url),
        Page.POINTER_ADDRESS: _behind(draft.pointer_url),
        Page.SITE_ADDRESS: draft.site,
        Page.SITE_USER: draft.site_user,
        Page.ADMIN_NAME: state.name,
    }
    opened = replace(
        state,
        page=page,
        entry=entries.get(page, ""),
        keys=0,
        problem="",
        trial=Trial.NONE,
        trial_code="",
        trial_words="",
        taught=None,
        taught_source="",
    )
    if page in (Page.MACHINE_LINE, Page.SCANNER_LINE, Page.POINTER_LINE):
        return replace(opened, is_network="://" in opened.url), (FindLines(),)
    return opened, ()


def _behind(url: str) -> str:
    return url.partition("://")[2]


def _chosen(state: FirstStart, key: str) -> FirstStart:
    draft, page = state.draft, state.page
    if page in (Page.MACHINE_LINE, Page.SCANNER_LINE, Page.POINTER_LINE):
        return _line_chosen(state, key)
    if page is Page.SCREEN:
        return replace(state, draft=replace(draft, diagonal_tenths=_diagonal(state, key)))
    if page is Page.LANGUAGE:
        return replace(state, draft=replace(draft, language=key)) if key in state.languages else state
    return replace(state, draft=with_key(draft, state.step, key)) if key in CHOICES.get(page, ()) else state


def _diagonal(state: FirstStart, key: str) -> int:
    now = state.draft.diagonal_tenths
    wanted = {"smaller": now - 1, "larger": now + 1}.get(key) or (int(key) if key.isdecimal() else now)
    return max(state.least_tenths, min(MOST_TENTHS, wanted))


def _line_chosen(state: FirstStart, key: str) -> FirstStart:
    number = int(key) if key.isdecimal() else -1
    if key != NETWORK and not 0 <= number < len(state.lines):
        return state
    url = "" if key == NETWORK else state.lines[number].url
    if key == NETWORK and state.is_network:
        return state
    return replace(state, is_network=key == NETWORK, draft=with_url(state.draft, state.step, url))


def _typed(state: FirstStart, key: str) -> FirstStart:
    if state.page in (Page.ADMIN_PIN, Page.ADMIN_AGAIN):
        kept = {"erase": state.entry[:-1], "clear": ""}.get(key)
        entry = kept if kept is not None else (state.entry + key)[:LONGEST_PIN] if key.isdecimal() else state.entry
        return replace(state, entry=entry, problem="")
    if state.page not in TEXTS:
        return state
    entry, keys = typed(state.page, state.entry, state.keys, key)
    return replace(state, entry=entry, keys=keys, problem="")


def _taught(state: FirstStart, taught: Taught, source: str) -> FirstStart:
    if state.page is not Page.SCANNER_TEACH or (source == "wedge") != (state.draft.scanner == TYPING):
        return state
    return replace(state, taught=taught, taught_source=source, problem="")


def _heard(state: FirstStart, text: str, is_ended: bool) -> FirstStart:
    """A scan: of the test label while a scanner is taught, else of the badge."""
    if state.page is Page.SCANNER_TEACH:
        return _taught(state, teach_text(text, is_ended=is_ended), "line")
    return replace(state, badge=clean(text), problem="") if state.page is Page.ADMIN_BADGE and clean(text) else state


def _went_on(state: FirstStart) -> Turn:
    match state.page:
        case Page.LANGUAGE | Page.SCREEN:
            return _keep(state)
        case Page.STATION:
            return _keep(replace(state, draft=replace(state.draft, station=state.entry)))
        case Page.MACHINE:
            return _opened(state, Page.MACHINE_TRY if state.draft.machine == TRIAL else Page.MACHINE_LINE)
        case Page.MACHINE_LINE:
            return _opened(state, Page.MACHINE_ADDRESS if state.is_network else Page.MACHINE_TRY)
        case Page.MACHINE_ADDRESS:
            return _opened(replace(state, draft=with_url(state.draft, state.step, f"socket://{state.entry}")), Page.MACHINE_TRY)
        case Page.MACHINE_TRY:
            return _keep(state) if state.trial is Trial.GOOD else _begin_trial(state, TryMachine(state.draft))
        case Page.SCANNER | Page.SCANNER_LINE | Page.SCANNER_TEACH:
            return _scanner_went_on(state)
        case Page.POINTER | Page.POINTER_LINE | Page.POINTER_ADDRESS:
            return _pointer_went_on(state)
        case Page.SITE | Page.SITE_ADDRESS | Page.SITE_USER | Page.SITE_PASSWORD | Page.SITE_TRY:
            return _site_went_on(state)
        case Page.DONE:
            return state, (Finish(),)
        case _:
            return _administrator_went_on(state)


def _begin_trial(state: FirstStart, effect: Effect) -> Turn:
    return replace(state, trial=Trial.RUNNING, trial_code="", trial_words=""), (effect,)


def _scanner_went_on(state: FirstStart) -> Turn:
    if state.page is Page.SCANNER and state.draft.scanner == LINE:
        return _opened(state, Page.SCANNER_LINE)
    if state.page is Page.SCANNER_LINE or (state.page is Page.SCANNER and state.draft.scanner == TYPING):
        return _opened(state, Page.SCANNER_TEACH)
    return _keep(state)


def _pointer_went_on(state: FirstStart) -> Turn:
    if state.page is Page.POINTER and state.draft.pointer != "lift":
        return _opened(state, Page.POINTER_LINE)
    if state.page is Page.POINTER_LINE and state.is_network:
        return _opened(state, Page.POINTER_ADDRESS)
    if state.page is Page.POINTER_ADDRESS:
        scheme = "udp" if state.draft.pointer == "wled" else "socket"
        state = replace(state, draft=with_url(state.draft, state.step, f"{scheme}://{state.entry}"))
    return _keep(state)


def _site_went_on(state: FirstStart) -> Turn:
    draft = state.draft
    match state.page:
        case Page.SITE:
            return _opened(state, Page.SITE_ADDRESS)
        case Page.SITE_ADDRESS:
            return _opened(replace(state, draft=replace(draft, site=state.entry)), Page.SITE_USER)
        case Page.SITE_USER:
            return _opened(replace(state, draft=replace(draft, site_user=state.entry)), Page.SITE_PASSWORD)
        case Page.SITE_PASSWORD:
            return _opened(replace(state, password=state.entry, draft=replace(draft, has_site=True)), Page.SITE_TRY)
        case _ if state.trial is Trial.GOOD:
            return _keep(state)
        case _:
            return _begin_trial(state, TrySite(draft, state.password))


def _administrator_went_on(state: FirstStart) -> Turn:
    match state.page:
        case Page.ADMIN_NAME:
            return _opened(replace(state, name=state.entry.strip()), Page.ADMIN_BADGE)
        case Page.ADMIN_TYPE_BADGE:
            return _opened(replace(state, badge=clean(state.entry)), Page.ADMIN_BADGE)
        case Page.ADMIN_BADGE:
            return _opened(state, Page.ADMIN_PIN)
        case Page.ADMIN_PIN:
            problem = pin_problem(state.entry, length=state.pin_length)
            problem = problem or ("is_sample" if state.entry in state.forbidden_pins else "")
            if problem:
                return replace(state, entry="", problem=f"pin_{problem}"), ()
            return _opened(replace(state, pin=state.entry), Page.ADMIN_AGAIN)
        case _ if state.entry != state.pin:
            again, _effects = _opened(replace(state, pin=""), Page.ADMIN_PIN)
            return replace(again, problem="pins_differ"), ()
        case _:
            add = AddAdministrator(state.name, state.badge, state.pin, state.draft.language)
            return replace(state, is_saving=True, problem=""), (add,)


def _keep(state: FirstStart) -> Turn:
    step = state.step or Step.LANGUAGE
    secret = state.password if step is Step.SITE else ""
    effect = KeepStep(step, state.draft, secret, state.taught, state.taught_source)
    return replace(state, is_saving=True, problem="", skipped=state.skipped - {step}), (effect,)


def _skipped(state: FirstStart) -> Turn:
    """Later. The machine keeps what was chosen, for its line may only be dead today; the others stay as they were."""
    step = state.step or Step.LANGUAGE
    if step is Step.MACHINE:
        kept, effects = _keep(state)
        return replace(kept, skipped=state.skipped | {step}), effects
    left = replace(state, is_saving=True, problem="", skipped=state.skipped | {step}, password="")
    return left, (KeepStep(step, state.draft, is_skipped=True),)


def _tried(state: FirstStart, event: Tried) -> Turn:
    if state.trial is not Trial.RUNNING:
        return state, ()
    trial = Trial.GOOD if event.is_good else Trial.BAD
    return replace(state, trial=trial, trial_code=event.code, trial_words=event.words), ()


def _saved(state: FirstStart, event: Saved) -> Turn:
    state = replace(state, is_saving=False)
    if not event.problem:
        return _next_step(replace(state, password="", pin=""), state.step or Step.LANGUAGE)
    page = PEOPLE_PAGES.get(event.problem.partition("_")[0]) if state.step is Step.ADMINISTRATOR else None
    if page is None:
        return replace(state, problem=event.problem), ()
    opened, effects = _opened(replace(state, badge="" if page is Page.ADMIN_BADGE else state.badge), page)
    return replace(opened, problem=event.problem), effects


def _next_step(state: FirstStart, done: Step) -> Turn:
    """The first page of the step behind this one; whoever has an administrator needs no first one."""
    place = STEPS.index(done) + 1
    if place < len(STEPS) and STEPS[place] is Step.ADMINISTRATOR and state.has_administrator:
        kept = replace(state, is_saving=True)
        return replace(kept, page=Page.ADMIN_NAME), (KeepStep(Step.ADMINISTRATOR, state.draft, is_skipped=True),)
    return _opened(state, Page.DONE if place == len(STEPS) else FIRST[STEPS[place]])
