"""The operator's card: one sheet in every language, with the words of the buttons as the screen has them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from ui.__main__ import main
from ui.card.pdf import CardError, render
from ui.language import LANGUAGES, PSEUDO, load_language
from ui.sentences.card import CARD, CARD_BUTTONS, CARD_HELP, CARD_HINT, CARD_TITLE, COLOURS


def words(pdf: bytes) -> tuple[int, str]:
    reader = PdfReader(io.BytesIO(pdf))
    return len(reader.pages), "".join(page.extract_text() for page in reader.pages).replace("\n", " ")


@pytest.mark.parametrize("code", LANGUAGES)
def test_one_sheet_says_all_of_it(code: str) -> None:
    language = load_language(code)
    say = language.translations.gettext
    pages, text = words(render(language))
    assert pages == 1
    flat = text.replace(" ", "")
    for button in CARD_BUTTONS.values():
        assert say(button).replace(" ", "") in flat, button
    for sentence in (CARD_TITLE, CARD_HINT, CARD_HELP, *(each for _, each in COLOURS), *(title for title, _ in CARD)):
        assert say(sentence).replace(" ", "") in flat, sentence


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_every_sentence_of_it_is_translated(code: str) -> None:
    say = load_language(code).translations.gettext
    sentences = (CARD_TITLE, CARD_HINT, CARD_HELP, *(each for _, each in COLOURS), *(each for _, steps in CARD for each in steps))
    assert [each for each in sentences if say(each) == each] == []


def test_what_has_no_room_is_refused_and_not_cut() -> None:
    language = load_language(PSEUDO)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.card.pdf.SIZES_PT", (24.0,))
        with pytest.raises(CardError):
            render(language)


def test_the_same_card_twice_is_the_same_file() -> None:
    assert render(load_language("de")) == render(load_language("de"))


def test_the_command_writes_it(tmp_path: Path) -> None:
    target = tmp_path / "card.pdf"
    assert main(["card", str(target), "--language", "es"]) == 0
    assert target.read_bytes().startswith(b"%PDF-")


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["card", str(tmp_path / "none" / "card.pdf")]) == 1
    assert capsys.readouterr().err.startswith("baylight: O560 The card cannot be written: ")
