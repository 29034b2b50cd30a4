"""Pages of the first start that tell and ask nothing: what a try brought, what a site database is for, what was set up."""

from __future__ import annotations

from dataclasses import dataclass

from station.first_start.draft import NO_SCANNER, Step
from station.first_start.pages import Page, Trial
from station.first_start.values import FirstStart
from ui.language import OWN_NAMES
from ui.sentences.first_start import FIRST_START
from ui.texts import Texts
from ui.view_models.task import Fact


@dataclass(frozen=True, slots=True)
class ToldModel:
    title: str
    facts: tuple[Fact, ...]
    lines: tuple[str, ...]


def say(texts: Texts, name: str, /, **params: str | int) -> str:
    """A sentence of the first start."""
    return texts.sentence(FIRST_START[name], **params)


def present(state: FirstStart, texts: Texts) -> ToldModel:
    """What this page tells."""
    title = say(texts, f"title_{state.page}")
    match state.page:
        case Page.SITE:
            return ToldModel(title, (), (say(texts, "help_site_1"), say(texts, "help_site_2")))
        case Page.DONE:
            return ToldModel(title, _summary(state, texts), _next_lines(state, texts))
        case _:
            return ToldModel(title, _asked(state, texts), _came(state, texts))


def _asked(state: FirstStart, texts: Texts) -> tuple[Fact, ...]:
    draft = state.draft
    if state.page is Page.SITE_TRY:
        return (Fact(say(texts, "fact_database"), draft.site), Fact(say(texts, "fact_user"), draft.site_user))
    line = (Fact(say(texts, "fact_line"), draft.machine_url),) if draft.machine_url and draft.machine != "trial" else ()
    return (Fact(say(texts, "fact_machine"), say(texts, f"choice_{draft.machine}")), *line)


def _came(state: FirstStart, texts: Texts) -> tuple[str, ...]:
    """What the try brought, what it said itself, and what to do about it."""
    code = texts.code(state.trial_code)
    if state.page is Page.SITE_TRY:
        name = "station" if state.trial is Trial.GOOD and state.trial_words == "station" else state.trial.value
        advice = texts.site_advice(state.trial_code) if state.trial is Trial.BAD else ""
        return tuple(each for each in (say(texts, f"site_{name}", code=code), advice) if each)
    if state.trial is Trial.GOOD:
        return (say(texts, "machine_waits" if state.trial_code else "machine_good", code=code),)
    if state.trial is not Trial.BAD:
        return (say(texts, f"machine_{state.trial}"),)
    words = (say(texts, "said", words=state.trial_words),) if state.trial_words else ()
    return (say(texts, "machine_bad", code=code), *words, say(texts, "machine_bad_2"))


def _summary(state: FirstStart, texts: Texts) -> tuple[Fact, ...]:
    draft, later = state.draft, say(texts, "value_later")
    is_later = state.skipped.__contains__
    inches = say(texts, "value_inches", inches=texts.decimal(draft.diagonal_tenths / 10, 1))
    scanner = later if is_later(Step.SCANNER) or draft.scanner == NO_SCANNER else say(texts, f"choice_{draft.scanner}")
    return (
        Fact(say(texts, "fact_language"), OWN_NAMES[draft.language]),
        Fact(say(texts, "fact_screen"), inches),
        Fact(say(texts, "fact_station"), draft.station),
        Fact(say(texts, "fact_machine"), say(texts, f"choice_{draft.machine}")),
        Fact(say(texts, "fact_scanner"), scanner),
        Fact(say(texts, "fact_site"), draft.site if draft.has_site and not is_later(Step.SITE) else later),
    )


def _next_lines(state: FirstStart, texts: Texts) -> tuple[str, ...]:
    """What is to be done next, by what was chosen."""
    lines = [say(texts, "next_goods")]
    if state.draft.pointer == "dmx" and Step.POINTER not in state.skipped:
        lines.insert(0, say(texts, "next_pointer"))
    return tuple(lines)
