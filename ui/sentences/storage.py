"""Trays and items at the supervisor's desk: its sentences, gathered for the tables."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

STORAGE_CODES: Final[Table] = {
    "O561": N_("the tray was changed meanwhile"),
    "O562": N_("goods lie in a compartment that would go"),
    "O563": N_("a new layout was not written"),
    "O564": N_("the figures of storage were not made"),
    "O565": N_("no divider can stand there"),
    "O566": N_("moves were not planned"),
    "O567": N_("there is no such tray or item"),
    "O568": N_("no empty compartment takes the goods"),
    "O569": N_("compartments are no rectangle together"),
}
STORAGE_ACTIONS: Final[Table] = {
    "storage": N_("Trays and items"),
    "storage_find": N_("Other item"),
    "build_put": N_("Put it in"),
    "build_apply": N_("Apply"),
    "build_undo": N_("Undo last change"),
}
STORAGE_MODES: Final[Table] = {"storage": N_("TRAYS AND ITEMS")}
STORAGE_EVENTS: Final[Table] = {"tray_changed": N_("Tray changed"), "machine_changed": N_("Machine changed")}
STORAGE_MESSAGES: Final[Table] = {
    "storage_trays": N_("Touch a tray to divide it anew, or scan the label of a compartment"),
    "storage_spare": N_("Touch a compartment to see its tray"),
    "storage_nearer": N_("Touch a move to have it done at the bay"),
    "storage_together": N_("Touch a move to have it done at the bay"),
    "storage_fits": N_("Scan an item, or touch a compartment to see its tray"),
    "storage_scan_item": N_("Scan the item, or type its code"),
    "storage_reading": N_("The figures are being made. This takes some seconds"),
    "storage_failed": N_("The figures could not be made. Touch another list to try again"),
    "storage_no_item": N_("No item has this code. Scan another one"),
    "moves_planned": NN_(
        "{count} move is planned. It is done at the bay, under “Other work”",
        "{count} moves are planned. They are done at the bay, under “Other work”",
    ),
    "moves_without_place": NN_(
        "{count} move is planned; {without} have no empty place. Make room first",
        "{count} moves are planned; {without} have no empty place. Make room first",
    ),
    "moves_not_planned": N_("Nothing is planned: it is planned already, or the goods are elsewhere now. Look at the list again"),
    "builder_touch": N_("Touch a compartment of tray {tray}, or take a template"),
    "builder_selected": N_("Put in a divider, or touch more compartments to put them together"),
    "builder_changed": N_("Nothing is changed yet. Touch “Apply” when tray {tray} is as you want it"),
    "builder_wall": N_("Divider in {compartment}, {wall_mm} mm from the left. Move it, then touch “Put it in”"),
    "builder_wall_across": N_("Divider in {compartment}, {wall_mm} mm from the front. Move it, then touch “Put it in”"),
    "builder_writing": N_("The new layout is being written. One moment"),
    "builder_applied": N_("Tray {tray} is changed, and new labels are printed. Put the dividers in"),
    "builder_dropped": N_("Tray {tray} is shown as it was. Touch “Back” to leave it"),
    "builder_old_label": N_("Old label: {old} of tray {tray} is {place} now. Print a new one where it is missing"),
    "builder_no_tray": N_("There is no such tray. Choose another one"),
    "builder_other_size": N_("No tray of this size and pitch has that number. Choose another one"),
    "builder_no_rectangle": N_("These are no rectangle together, or not for the same goods. Choose others"),
    "builder_no_pitch": N_("The pitch of this tray is not known. Import it first"),
    "builder_too_small": N_("No divider can stand in this compartment. Choose another one"),
    "builder_changed_meanwhile": N_("Tray {tray} was changed meanwhile. Look at it and begin again"),
    "builder_occupied": N_("Goods lie where tray {tray} would change. Have them moved first"),
    "builder_not_written": N_("Tray {tray} is as it was: nothing was written. Call IT if this stays"),
}
STORAGE_ASKS: Final[Table] = {
    "storage_item": N_("Which item is to find a place?"),
    "storage_plan": N_("Have these moves done?"),
    "builder_template": N_("How is tray {tray} to be divided?"),
    "builder_like_which": N_("As which tray?"),
    "builder_apply": N_("Divide tray {tray} so?"),
    "builder_undo": N_("Divide tray {tray} as before?"),
    "builder_away": N_("Goods lie in the way. Have them moved first?"),
}
STORAGE_CHOICES: Final[Table] = {
    "moves_plan": N_("Plan the moves"),
    "leave_it": N_("Leave it as it is"),
    "not_yet": N_("Not yet"),
    "apply_layout": N_("Divide it so"),
    "undo_layout": N_("Divide it as before"),
    "template_grid": N_("{columns} × {rows}"),
    "template_like": N_("As another tray"),
}
STORAGE_RESULTS: Final[Table] = {"builder_like": N_("Divide as this tray")}
STORAGE_LABELS: Final[Table] = {
    "act_layout_change": N_("A tray is divided anew."),
    "storage_show_trays": N_("Trays"),
    "storage_show_spare": N_("Empty places"),
    "storage_show_nearer": N_("Nearer"),
    "storage_show_together": N_("Put together"),
    "storage_show_fits": N_("What fits where"),
    "storage_none_trays": N_("No tray is known"),
    "storage_none_spare": N_("No compartment is empty or hardly used"),
    "storage_none_nearer": N_("No move would save enough"),
    "storage_none_together": N_("Nothing can be put together"),
    "storage_none_fits": N_("No empty compartment takes it"),
    "storage_sum_trays": NN_(
        "{count} tray · {used} of {cells} compartments in use",
        "{count} trays · {used} of {cells} compartments in use",
    ),
    "storage_sum_spare": N_("{empty} of {cells} compartments are empty, {little} hardly used"),
    "storage_sum_nearer": N_("Lift time a day: {now} min now, {after} min with all of these"),
    "storage_sum_together": NN_("{count} proposal frees room", "{count} proposals free room"),
    "storage_sum_fits": N_("Fits: {item}"),
    "storage_sum_fits_none": N_("Nothing was asked for"),
    "not_unfit_class": N_("Not of its class"),
    "not_unfit_height": N_("Too low"),
    "not_unfit_size": N_("Too small"),
    "storage_used": N_("{used} of {cells} compartments in use"),
    "storage_size": N_("{width} × {depth} mm"),
    "storage_high": N_("{height} mm high"),
    "storage_filled": N_("{share} full"),
    "storage_load": N_("{share} of its limit"),
    "storage_visit": N_("{seconds} s for a visit"),
    "storage_kind_nearer": N_("Nearer to the bay"),
    "storage_kind_exchange": N_("The two change places"),
    "storage_kind_second_home": N_("A part of it as a second home"),
    "storage_kind_together": N_("To the rest of it"),
    "storage_kind_clear": N_("Empties the tray"),
    "storage_more_moves": NN_("and {count} more move", "and {count} more moves"),
    "storage_saves": N_("saves {seconds} s a day"),
    "storage_frees": N_("frees room"),
    "storage_costs": N_("takes {minutes} min"),
    "storage_move": N_("{quantity} × {item}: {here} → {there}"),
    "means_lost": N_("Goods lie here: {places}. They are moved at the bay first; then apply it."),
    "means_counted": N_("Counted afterwards, for their size changes: {places}."),
    "means_labels": N_("New labels: {places}."),
    "builder_templates_help": N_("Columns × rows, from the left and from the front. All walls stand on the pitch of the tray."),
    "builder_like_help": N_("A tray of the same size and pitch."),
    "builder_pitch": N_("pitch {pitch} mm"),
    "builder_no_pitch_known": N_("pitch not known"),
    "builder_chosen": NN_("{count} compartment is chosen", "{count} compartments are chosen"),
    "builder_weight": N_("Weight"),
    "builder_of_most": N_("{weight} of {most}"),
    "builder_sides": N_("Left : right"),
    "builder_depth": N_("Front : back"),
    "builder_tool_split": N_("Divide"),
    "builder_tool_merge": N_("Put together"),
    "builder_tool_template": N_("Template"),
    "builder_tool_back": N_("◀ Divider"),
    "builder_tool_on": N_("Divider ▶"),
    "builder_tool_back_across": N_("▼ Divider"),
    "builder_tool_on_across": N_("Divider ▲"),
    "builder_tool_turn": N_("Turn it"),
    "builder_why_split": N_("Choose one"),
    "builder_why_merge": N_("Choose several"),
    "builder_why_template": N_("No template fits"),
    "builder_why_turn": N_("No room"),
    "builder_why_back": N_("One moment"),
    "builder_why_on": N_("One moment"),
}
STORAGE_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "Tray changed": N_("Bin changed"),
    "Trays and items": N_("Bins and items"),
    "TRAYS AND ITEMS": N_("BINS AND ITEMS"),
    "the tray was changed meanwhile": N_("the bin was changed meanwhile"),
    "there is no such tray or item": N_("there is no such bin or item"),
    "Touch a tray to divide it anew, or scan the label of a compartment": N_(
        "Touch a bin to divide it anew, or scan the label of a compartment"
    ),
    "Touch a compartment to see its tray": N_("Touch a compartment to see its bin"),
    "Scan an item, or touch a compartment to see its tray": N_("Scan an item, or touch a compartment to see its bin"),
    "Touch a compartment of tray {tray}, or take a template": N_("Touch a compartment of bin {tray}, or take a template"),
    "Nothing is changed yet. Touch “Apply” when tray {tray} is as you want it": N_(
        "Nothing is changed yet. Touch “Apply” when bin {tray} is as you want it"
    ),
    "Tray {tray} is changed, and new labels are printed. Put the dividers in": N_(
        "Bin {tray} is changed, and new labels are printed. Put the dividers in"
    ),
    "Tray {tray} is shown as it was. Touch “Back” to leave it": N_("Bin {tray} is shown as it was. Touch “Back” to leave it"),
    "Old label: {old} of tray {tray} is {place} now. Print a new one where it is missing": N_(
        "Old label: {old} of bin {tray} is {place} now. Print a new one where it is missing"
    ),
    "There is no such tray. Choose another one": N_("There is no such bin. Choose another one"),
    "No tray of this size and pitch has that number. Choose another one": N_(
        "No bin of this size and pitch has that number. Choose another one"
    ),
    "The pitch of this tray is not known. Import it first": N_("The pitch of this bin is not known. Import it first"),
    "Tray {tray} was changed meanwhile. Look at it and begin again": N_(
        "Bin {tray} was changed meanwhile. Look at it and begin again"
    ),
    "Goods lie where tray {tray} would change. Have them moved first": N_(
        "Goods lie where bin {tray} would change. Have them moved first"
    ),
    "Tray {tray} is as it was: nothing was written. Call IT if this stays": N_(
        "Bin {tray} is as it was: nothing was written. Call IT if this stays"
    ),
    "How is tray {tray} to be divided?": N_("How is bin {tray} to be divided?"),
    "As which tray?": N_("As which bin?"),
    "Divide tray {tray} so?": N_("Divide bin {tray} so?"),
    "Divide tray {tray} as before?": N_("Divide bin {tray} as before?"),
    "As another tray": N_("As another bin"),
    "Divide as this tray": N_("Divide as this bin"),
    "A tray is divided anew.": N_("A bin is divided anew."),
    "Trays": N_("Bins"),
    "No tray is known": N_("No bin is known"),
    ("{count} tray · {used} of {cells} compartments in use", "{count} trays · {used} of {cells} compartments in use"): NN_(
        "{count} bin · {used} of {cells} compartments in use", "{count} bins · {used} of {cells} compartments in use"
    ),
    "Empties the tray": N_("Empties the bin"),
    "Columns × rows, from the left and from the front. All walls stand on the pitch of the tray.": N_(
        "Columns × rows, from the left and from the front. All walls stand on the pitch of the bin."
    ),
    "A tray of the same size and pitch.": N_("A bin of the same size and pitch."),
}
