"""Every code has its sentence, in every language the same values, and numbers as people write them."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import station
from station.flows import pick, put, tray_call
from station.values import Item, Pack, ProofRule, Role, StockKey, StockStatus
from station.view.action import Action
from station.view.ask import AskNumber
from station.view.message import Message
from station.view.status import Light
from station.view.task import TaskFace
from tests.helpers import faces
from tests.unit.ui.conftest import ZONE
from ui import sentences
from ui.language import LANGUAGES, PSEUDO, load_language
from ui.local_state import Local
from ui.sentences.bins import BIN_SENTENCES
from ui.sentences.table import Sentence
from ui.texts import Texts
from ui.view_models import task

STATION = Path(station.__file__).parent
METRES = Item(code="C", name="Cable", unit="m", decimals=2)


def _calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    for path in STATION.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield path.name, node


def _codes(name: str, place: int) -> set[str]:
    """The literal codes that station code gives to `name`, by position or as `code=`."""
    found = set()
    for _, call in _calls(name):
        values = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
        values += call.args[place : place + 1]
        for value in values:
            options = (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,)
            found |= {each.value for each in options if isinstance(each, ast.Constant) and isinstance(each.value, str)}
    return found


def test_every_message_of_the_station_has_a_sentence() -> None:
    codes = _codes("Message", 0)
    assert len(codes) > 20
    assert codes - set(sentences.MESSAGES) == set()


def test_every_wait_has_a_card_and_a_sentence() -> None:
    codes = _codes("Wait", 0)
    assert codes - set(sentences.WAITS) == set()
    assert codes - set(sentences.MESSAGES) == set()


def test_every_question_choice_and_result_has_its_words() -> None:
    asks = _codes("AskNumber", 99) | _codes("AskText", 99) | _codes("AskChoice", 99)
    assert len(asks) > 10
    assert asks - set(sentences.ASKS) == set()
    choices = {code for code in _codes("Choice", 1) if not code.startswith("reason_")}
    assert choices - set(sentences.CHOICES) == set()
    results = {
        keyword.value.value
        for _, call in _calls("AskNumber")
        for keyword in call.keywords
        if keyword.arg == "result" and isinstance(keyword.value, ast.Constant)
    }
    assert results - set(sentences.RESULTS) == set()


def test_every_reason_has_its_words() -> None:
    reasons = {
        *pick.SHORT_REASONS,
        *pick.EXCESS_REASONS,
        *put.PUT_REASONS,
        *tray_call.DIRECT_REASONS,
        *tray_call.DIRECT_PUT_REASONS,
    }
    assert reasons - set(sentences.REASONS) == set()


def _reason_literals() -> set[str]:
    """What flows and rules give as a record's or a task's reason, also through one of their own functions."""
    found = set()
    for folder in ("flows", "core"):
        for path in (STATION / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                values = [keyword.value for keyword in node.keywords if keyword.arg == "reason"]
                values += node.args[-1:] if name in ("left", "leave", "_start", "_end_without") else []
                found |= {each.value for each in values if isinstance(each, ast.Constant) and isinstance(each.value, str)}
    return found - {""}


def test_every_reason_that_a_record_can_hold_has_its_words() -> None:
    literals = _reason_literals()
    assert {"on_the_spot", "zero_check", "other_serials"} <= literals, "the search finds nothing any more"
    assert literals - set(sentences.REASONS) == set()


def test_every_built_code_has_its_sentence() -> None:
    suffixes = {ProofRule.TOUCH: "", ProofRule.SCAN: "_scan", ProofRule.SCAN_EACH: "_scan_each"}
    built = {f"{mode}_instruct{each}" for mode in ("pick", "put") for each in suffixes.values()}
    built |= {f"booked_{mode}" for mode in ("pick", "put", "count")}
    built |= {"unknown_badge", "disabled", "wrong_pin", "wrong_pin_wait", "too_early", "locked"}
    states = ("overload", "underload", "busy", "no_link", "moving", "negative", "empty", "reading", "not_learnt", "lot_not_known")
    built |= {f"scale_{each}" for each in states} | {"scale_down"}
    built |= {f"stop_{word}{each}" for word in ("unclear", "ready") for each in ("", "_fetch", "_store", "_locked")}
    built |= {f"motion_refused{each}" for each in ("", "_fetch", "_store")}
    assert built - set(sentences.MESSAGES) == set()
    reasons = {"unknown_item", "no_stock", "held", "other_stock", "promised", "not_enough"}
    assert {f"missing_{each}" for each in reasons} <= set(sentences.BLOCKS)
    assert reasons <= set(sentences.REASONS)
    assert {f"direct_{mode}_quantity" for mode in ("pick", "put", "count")} <= set(sentences.ASKS)


def test_every_action_role_and_light_has_its_word() -> None:
    assert {each.value for each in Action} <= set(sentences.ACTIONS)
    assert {each.value for each in Role} == set(sentences.ROLES)
    assert {each.value for each in Light} == set(sentences.LIGHTS)
    assert {each.value for each in StockStatus} == set(sentences.STATUSES)


def _all_sentences() -> Iterator[tuple[str, str]]:
    for name, table in vars(sentences).items():
        if isinstance(table, dict) and name.isupper():
            for code, sentence in table.items():
                for text in (sentence,) if isinstance(sentence, str) else sentence:
                    yield f"{name}[{code}]", text


@pytest.mark.parametrize("language", [*LANGUAGES, PSEUDO])
def test_a_translation_has_the_values_of_the_sentence(language: str) -> None:
    translations = load_language(language).translations
    for where, text in _all_sentences():
        fields = {field for _, field, _, _ in string.Formatter().parse(text) if field}
        translated = translations.gettext(text)
        assert {field for _, field, _, _ in string.Formatter().parse(translated) if field} == fields, where


def test_every_sentence_of_a_tray_has_one_of_a_bin_with_the_same_values() -> None:
    def spoken(sentence: Sentence) -> str:
        """Without what stands in braces."""
        text = sentence if isinstance(sentence, str) else " ".join(sentence)
        return "".join(literal for literal, *_ in string.Formatter().parse(text)).lower()

    def fields(sentence: Sentence) -> set[str]:
        text = sentence if isinstance(sentence, str) else " ".join(sentence)
        return {field for _, field, _, _ in string.Formatter().parse(text) if field}

    tables = [table for name, table in vars(sentences).items() if isinstance(table, dict) and name.isupper()]
    of_trays = {sentence for table in tables for sentence in table.values() if "tray" in spoken(sentence)}
    assert of_trays == set(BIN_SENTENCES)
    for tray, of_bin in BIN_SENTENCES.items():
        assert (fields(of_bin), type(of_bin)) == (fields(tray), type(tray)), tray
        assert "tray" not in spoken(of_bin), of_bin
        assert "bin" in spoken(of_bin), of_bin


def test_at_a_carousel_the_screen_says_bin() -> None:
    texts = Texts(load_language("en"), ZONE, of_bins=True)
    assert texts.message(Message("tray_coming", params={"tray": 7})) == "Bin 7 is coming"
    assert texts.action(Action.SEND_BACK) == "Done with this bin"
    assert texts.label("trays", count=2) == "2 bins"
    assert texts.message(Message("scan_badge")) == "Scan your badge"


def test_only_literals_are_marked() -> None:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in Path(sentences.__file__).parent.glob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    marks = [node for node in nodes if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("N_", "NN_")]
    assert len(marks) > 150
    assert all(isinstance(argument, ast.Constant) for mark in marks for argument in mark.args)


@pytest.mark.parametrize(("code", "why"), [("L206", "busy, or its key is not in automatic"), ("1005", "1005")])
def test_a_refusal_says_why_and_a_code_without_words_stands_alone(code: str, why: str, texts: Texts) -> None:
    said = texts.message(Message("motion_refused_fetch", params={"fault": code}))
    assert said == f"The machine refused to move: {why}. Look at its panel. Hands out, then touch “Fetch again”"


def test_an_unknown_code_is_shown_and_breaks_nothing(texts: Texts) -> None:
    assert texts.message(Message("never_heard_of")) == "Message never_heard_of"
    assert texts.message(Message("tray_coming")) == "Message tray_coming"


def test_the_hand_made_views_use_known_codes_only(texts: Texts) -> None:
    for name, view in faces.all_views().items():
        assert not texts.message(view.bar).startswith("Message "), name


def test_quantities_have_the_decimal_sign_of_the_language_and_no_empty_zeros(texts: Texts) -> None:
    german = Texts(load_language("de"), ZONE)
    assert texts.quantity(1250, METRES) == "12.5\N{NO-BREAK SPACE}m"
    assert german.quantity(1250, METRES) == "12,5\N{NO-BREAK SPACE}m"
    assert texts.message(Message("pick_instruct", params={"quantity": "12.50", "unit": "m", "compartment": "C7"})).startswith(
        "Take 12.5\N{NO-BREAK SPACE}m from C7"
    )


def test_what_is_measured_is_asked_for_by_how_much(texts: Texts) -> None:
    bolt = Item(code="B", name="Bolt")
    params = {"item": "C", "compartment": "C7", "position": "T1", "order": "O1"}
    asked = [texts.ask(AskNumber(code=code, item=METRES, params=params)) for code in sentences.ASKS_MEASURED]
    assert all(each.lower().count("how much") for each in asked)
    assert texts.ask(AskNumber(code="direct_pick_quantity", item=METRES, params=params)) == "How much C do you take?"
    assert texts.ask(AskNumber(code="direct_pick_quantity", item=bolt, params=params)) == "How many C do you take?"
    assert set(sentences.ASKS_MEASURED) < set(sentences.ASKS)


def test_packs_are_said_with_what_is_left_over(texts: Texts) -> None:
    bolt = Item(code="B", name="Bolt", packs=(Pack("box", 50),))
    assert texts.packs(bolt, 160) == "3 × box (50\N{NO-BREAK SPACE}pcs) + 10\N{NO-BREAK SPACE}pcs"
    assert texts.packs(bolt, 49) == ""


def test_the_button_says_what_a_number_will_do(texts: Texts) -> None:
    ask = AskNumber(code="how_many_taken", item=METRES, asked=1250, result="book_and_report_missing")
    assert texts.result(ask, 1000) == "Book 10\N{NO-BREAK SPACE}m, report 2.5 missing"
    assert texts.result(ask, None) == "Book"
    assert texts.result(ask, 1250) == "Book 12.5\N{NO-BREAK SPACE}m"


def test_only_what_is_special_about_stock_is_said(texts: Texts) -> None:
    assert texts.stock_key(StockKey(item="B")) == ""
    special = StockKey(item="B", lot="L1", serial="S2", owner="consignment", status=StockStatus.QUALITY_HOLD)
    assert texts.stock_key(special) == "Lot L1 · Serial S2 · consignment · quality hold"


def test_times_are_local_and_as_short_as_possible(texts: Texts) -> None:
    now = datetime(2026, 3, 3, 13, 32, tzinfo=UTC)
    assert texts.clock(now) == "14:32"
    assert texts.moment(now + timedelta(hours=2), now) == "16:32"
    assert texts.moment(now + timedelta(hours=12), now) == "tomorrow 02:32"
    assert texts.moment(now - timedelta(days=3), now) == "28/02 14:32"


def test_the_pseudo_language_is_longer_and_keeps_its_values() -> None:
    pseudo = Texts(load_language(PSEUDO), ZONE)
    plain = Texts(load_language("en"), ZONE)
    message = Message("tray_coming", params={"tray": 47})
    assert "47" in pseudo.message(message)
    assert len(pseudo.message(message)) >= len(plain.message(message)) * 1.25


def test_a_full_pack_has_one_figure_and_says_what_was_asked(texts: Texts) -> None:
    face = faces.all_views()["pick_full_pack"].face
    assert isinstance(face, TaskFace)
    model = task.present(face, Local(), texts, is_stopped=False)
    assert model.number == "150"
    assert model.packs == "= 3 × box (50\N{NO-BREAK SPACE}pcs)  ·  asked 120\N{NO-BREAK SPACE}pcs"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "1,048,211"),
        ("de", "1.048.211"),
        ("it", "1.048.211"),
        ("fr", "1\N{NO-BREAK SPACE}048\N{NO-BREAK SPACE}211"),
        ("es", "1.048.211"),
    ],
)
def test_a_long_number_is_written_in_groups_as_the_language_does(language: str, said: str) -> None:
    texts = Texts(load_language(language))
    assert said in texts.label("health_events", count=1_048_211)
    assert texts.number(1_048_211) == said
    assert texts.number(-1_048_211) == f"−{said}"
    assert texts.number(1_048_211_500, 3) == said + (".5" if language == "en" else ",5")
    assert texts.decimal(1_048_210.96, 0) == said


def test_up_to_four_digits_and_numbers_that_only_name_stay_as_they_are() -> None:
    texts = Texts(load_language("en"))
    assert texts.number(9999) == "9999"
    assert texts.number(-9999) == "−9999"
    assert texts.label("health_events", count=9999) == "9999 events"
    assert "12345" in texts.message(Message("history_past", params={"tray": 12345}))
