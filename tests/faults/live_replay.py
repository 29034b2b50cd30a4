"""A day worked again on the running program: a supervisor has worked an order and opens the page; the command says the same."""

from __future__ import annotations

import asyncio
import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from station.sample_site import SAMPLE_PEOPLE
from station.values import Role
from station.view.action import Action
from station.view.ask import AskChoice
from station.view.replay import ReplayFace
from station.view.view import View
from station.view.work import WorkFace
from tests.helpers.live import Person, allows, is_at_work, live, make_site, simulated_lift
from tests.helpers.tours import PROGRAM, environment

SUPERVISOR = next(each for each in SAMPLE_PEOPLE if each.role is Role.SUPERVISOR)
MOST_STEPS = 60


def is_over(view: View) -> bool:
    return isinstance(view.face, WorkFace) and view.face.wait is None


def choices(view: View) -> tuple[str, ...]:
    ask = getattr(view.face, "ask", None)
    return tuple(each.key for each in ask.choices) if isinstance(ask, AskChoice) else ()


def wants_somebody(view: View) -> bool:
    return is_at_work(view) or bool(choices(view)) or allows(view, Action.FETCH_AGAIN) or is_over(view)


def has_ended(view: View) -> bool:
    return isinstance(view.face, ReplayFace) and (view.face.report is not None or bool(view.face.why))


async def work_an_order(person: Person) -> None:
    """All lines of the first pick."""
    view = await person.until(lambda view: is_over(view) and bool(getattr(view.face, "orders", ())), "the orders")
    assert isinstance(view.face, WorkFace)
    await person.hands.tap(f"order_{next(each.order for each in view.face.orders if each.kind == 'pick')}")
    await person.hands.tap("action_start")
    await person.until(lambda view: not isinstance(view.face, WorkFace), "its first line")
    for _ in range(MOST_STEPS):
        view = await person.until(wants_somebody, "something to do")
        if is_over(view):
            return
        if keys := choices(view):
            await person.hands.tap(f"choice_{'yes' if 'yes' in keys else keys[0]}")
        elif allows(view, Action.FETCH_AGAIN):
            await person.hands.tap("action_fetch_again")
        else:
            await person.confirm()
        await person.until(lambda now, token=view.token: now.token != token, "what comes of it")
    raise AssertionError("the order has no end")


def said(directory: Path, sheet: Path) -> dict[str, object]:
    """What the command says of the same day, beside the station that runs."""
    now = datetime.now(UTC)
    words = ("--from", (now - timedelta(days=1)).isoformat(), "--to", now.isoformat(), "--pdf", str(sheet), "--json")
    command = [*PROGRAM, "replay", *words, "--data", str(directory)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, env=environment())
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_a_day_is_worked_again_on_the_page_and_on_paper(tmp_path: Path) -> None:
    async def play(person: Person) -> None:
        await person.sign_on(SUPERVISOR)
        await work_an_order(person)
        await person.until_written()
        await person.hands.tap("action_replay")
        await person.until(lambda view: isinstance(view.face, ReplayFace) and view.face.ask is not None, "which days")
        await person.hands.tap("choice_1")
        face = (await person.until(has_ended, "what came of it")).face
        assert isinstance(face, ReplayFace)
        assert face.report is not None, face.why
        picked = person.running.store.events(kinds=("picked",), limit=None)
        assert 0 < face.report.measured.lines <= len(picked)
        assert {each.variant.positions for each in face.report.played} == {1, 2}
        found = await asyncio.to_thread(said, tmp_path, tmp_path / "days.pdf")
        assert json.loads(json.dumps(found["measured"]))["lines"] == face.report.measured.lines
        assert (tmp_path / "days.pdf").read_bytes().startswith(b"%PDF-")
        await person.hands.tap("action_policies")
        await person.until(lambda view: isinstance(view.face, ReplayFace) and view.face.shows_policies, "each policy")
        await person.hands.tap("action_back")
        await person.until(lambda view: isinstance(view.face, ReplayFace) and not view.face.shows_policies, "the bars")
        await person.hands.tap("action_back")
        await person.until(lambda view: isinstance(view.face, ReplayFace) and view.face.ask is not None, "which days")
        await person.hands.tap("action_back" if person.hands.can_touch("action_back") else "key_cancel")
        await person.until(is_over, "the work list")

    with simulated_lift(tmp_path, speed=50.0) as lift:
        make_site(tmp_path, orders=6)
        live(tmp_path, lift, play)
