"""The pull board: a line above a list in pages."""

from __future__ import annotations

from ui.screens.list_screen import ListScreen
from ui.texts import Texts
from ui.view_models.pull import PullModel
from ui.widgets.look import Look


class PullScreen(ListScreen):
    """Shows a PullModel, as large as the work list; emits `signal_<name>` and the paging buttons."""

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__(look, texts, lead_share=20, right_share=26)

    def show_model(self, model: PullModel) -> None:
        self.show_list(model.summary, model.rows)
