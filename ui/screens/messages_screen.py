"""What the bar said lately: a line above a list in pages."""

from __future__ import annotations

from ui.screens.list_screen import ListScreen
from ui.texts import Texts
from ui.view_models.messages import MessagesModel
from ui.widgets.look import Look


class MessagesScreen(ListScreen):
    """Shows a MessagesModel, as large as the work list; its rows are read, not touched. Emits the paging buttons."""

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__(look, texts, lead_share=12, right_share=17)

    def show_model(self, model: MessagesModel) -> None:
        self.show_list(model.summary, model.rows)
