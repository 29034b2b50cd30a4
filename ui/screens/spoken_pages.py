"""The pages in each language that was spoken: labels that never change are written once, when a page is built."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget

from ui.screens.pages import Pages
from ui.texts import Texts
from ui.view_models import frame
from ui.widgets.look import Look
from ui.widgets.picture import Pictures


class SpokenPages(QStackedWidget):
    """Builds the pages of a language when it is first spoken, and keeps them."""

    tapped = Signal(str)

    def __init__(self, look: Look, pictures: Pictures) -> None:
        super().__init__()
        self._look, self._pictures = look, pictures
        self._built: dict[str, Pages] = {}
        self._shown: Pages | None = None

    def speak(self, texts: Texts) -> None:
        """Show the pages in the language of these texts from now on."""
        code = texts.language.code
        if code not in self._built:
            pages = self._built[code] = Pages(self._look, texts, self._pictures)
            pages.tapped.connect(self.tapped)
            self.addWidget(pages)
        self._shown = self._built[code]
        self.setCurrentWidget(self._shown)

    def show_model(self, model: frame.PageModel, now_s: float) -> None:
        if self._shown is not None:
            self._shown.show_model(model, now_s)
            self.updateGeometry()

    def tick(self, now_s: float) -> None:
        if self._shown is not None:
            self._shown.tick(now_s)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self._shown.minimumSizeHint() if self._shown is not None else super().minimumSizeHint()
