"""Who has which tool: a line above a list in pages. What other work asks is shown by the screen of questions."""

from __future__ import annotations

from ui.screens.list_screen import ListScreen
from ui.view_models.other import OtherModel


class OtherScreen(ListScreen):
    """Shows an OtherModel, as large as the work list; emits the paging buttons."""

    def show_model(self, model: OtherModel) -> None:
        self.show_list(model.summary, model.rows)
