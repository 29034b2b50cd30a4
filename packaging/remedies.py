"""What stands on the troubleshooting page beside what the program itself says.

The groups of codes, the sentences of codes that the source puts together from parts, and what to do where no sentence has room.
"""

from __future__ import annotations

from typing import Final

GROUPS: Final = {
    "L1": "L1: the line to a device",
    "L2": "L2: the machine and its trays",
    "L3": "L3: lights",
    "L4": "L4: printers, and the scale",
    "D": "D: the store on this computer",
    "O": "O: orders, goods and places",
    "S": "S: signing on",
    "P": "P: people, by command",
    "U": "U: the site database",
    "C": "C: settings and commands",
    "F": "F: files, screens, arguments",
    "I": "I: files to take over",
    "R": "R: results",
    "E": "E: the emergency list",
    "M": "M: the simulated machine, and a lift by hand",
}

# Codes whose sentence is chosen by a name put together: names in the tables of sentences, * for any ending.
SAID_BY: Final = {
    "O303": ("scan_first", "scan_each"),
    "O330": ("service_due",),
    "O331": ("inspection_due",),
    "O513": ("machine_slower", "machine_faster"),
    "O336": ("calibrate_ended_*",),
    "O354": ("gap",),
    "O362": ("put_mixing_*", "put_unfit_*"),
    "O364": ("look_alike_*",),
    "O459": ("lift_later_*",),
    "O381": ("held_changed",),
    "O382": ("count_order_*",),
    "O400": ("undo_no_time", "undo_no_tray"),
    "O401": ("undo_no_work",),
    "O402": ("undo_no_told",),
    "O403": ("undo_no_count",),
    "O404": ("undo_no_changed",),
    "O406": ("order_ended", "order_held"),
    "O411": ("undo_no_held",),
    "O428": ("divide_*",),
    "O466": ("card_unknown",),
    "O467": ("card_idle",),
    "O468": ("card_surplus",),
    "O469": ("signal_changed", "signal_not_here_yet"),
    "O471": ("lot_leaves_first", "goods_leave_first"),
    "O472": ("gap_order",),
    "O504": ("undo_no_received",),
    "O505": ("undo_no_passed",),
    "O590": ("no_right",),
    "O591": ("case_nothing",),
    "O592": ("case_gone",),
    "O506": ("undo_no_rejected",),
    "O507": ("undo_no_load*",),
    "O509": ("gap_lift", "gap_places"),
    "O516": ("replay_failed",),
    "O520": ("signal_not_written",),
    "O580": ("pin_open_over",),
    "O582": ("people_last_administrator",),
    "O584": ("people_badge_*", "people_name_*", "people_unknown_person", "people_not_here"),
    "O522": ("buffer_changed",),
    "O523": ("buffer_not_written",),
    "O524": ("jit_failed",),
    "O561": ("builder_changed_meanwhile",),
    "O562": ("builder_occupied",),
    "O563": ("builder_not_written",),
    "O564": ("storage_failed",),
    "O565": ("builder_no_pitch", "builder_too_small"),
    "O566": ("moves_not_planned",),
    "O567": ("builder_no_tray", "builder_other_size", "storage_no_item"),
    "O568": ("moves_without_place",),
    "O569": ("builder_no_rectangle",),
    "S501": ("unknown_badge", "wrong_pin", "wrong_pin_wait"),
}

# Codes that people do not meet: another computer or program is answered with them.
NOT_SHOWN: Final = {
    "C501": "the control socket: a word it does not know",
    "C502": "the control socket: a request it cannot read",
    "S123": "no code: an example of a bar on a label",
}

REMEDIES: Final = {
    "O575": "Of the first start: look at the disk and at who may write the settings file, then touch Go on again.",
    "O576": "Write each value of the settings file on a line of its own under its `[section]`, then touch Go on again.",
    "O577": "Of the first start: nobody was added. Look at the disk (`baylight doctor`), then touch Go on again.",
    "O580": "An administrator opens the PIN again: People, the person, PIN. It may be chosen for a day.",
    "O581": "Another administrator does it; nobody raises his own rights, or gives himself a badge or a PIN.",
    "O583": "Supervisors and administrators see the people, administrators change them; supervisors approve.",
    "O585": "Open Approvals on the work list and approve it, or have it counted. It is said until somebody answers.",
    "O587": "Somebody else scans the badge, or the site allows it: `two_person.pending_value`, `two_person.emergency`.",
    "O588": "Nothing has changed. Look at the disk (`baylight doctor`), then do it again.",
    "O593": 'Look at `mail` in the settings and at the server. It is tried again, later each time; "Told" lists each try.',
    "O594": "Look at the address in `tell.to` and at who answers there. It is tried again, later each time.",
    "O595": "Name `mail.host` and `mail.sender`, or an https address; a secret's file may be read by its owner only (chmod 600).",
    "O597": "Look at the disk and at the rights of the folder `exports`, then write the figures out again.",
    "O598": "Figures by person need `figures.by_person` and `figures.purpose` (docs/settings.md).",
    "O596": "Look at the log: what tells people fails, the work goes on.",
    "O564": "Touch another list: they are made again. If it stays, `baylight storage` says why.",
    "O510": "`plan` is of a FILE or, with `--store`, of what waits now: name one of the two.",
    "O540": "As the question says: put the goods back, touch “Nothing is out”, and go on with what is shown.",
    "O473": "The bay works as ever. Look at the room for temporary files (`df /tmp`), then touch Practice again.",
    "O543": "Bring the site database back, then block the supplier again: what the others received comes with it.",
    "O544": "Type the number as it stands on the label or the receipt; a supplier as the receipts name him.",
    "O545": "Nothing of it may leave already: “Held goods”, or `baylight block list`, says since when and why.",
    "O546": "Type the item's own number instead of the code that several items share.",
    "O542": "`nothing_known`: look at the number; `several_items`: add `--item`; the others: `baylight block list`.",
    "O514": "List the moves again (`baylight storage`): the record has changed since, or a move is planned already.",
    "O526": "Name a lane of the list that the message gives, or write a column `lane` into the file of `--facts`.",
    "O527": "Ask for the late supplier and for the closed lane one after the other.",
    "O525": "`docs/jit.md` lists the columns of the file of agreements; mend the first line.",
    "L101": (
        "Plug, cable and switch first, then the address: `baylight ports` lists what is plugged in, `machine.url` "
        "is what is wanted. The station tries again by itself and goes on where it was."
    ),
    "L102": (
        "The machine is off, at its own panel, or the line's speed and form differ (`serial`). Look at its last "
        "frames on the devices page."
    ),
    "L103": (
        "Nearly always the line: speed and form, a swapped pair, a missing ground, a cable beside a drive. Export the recording."
    ),
    "L104": "`baylight lift` or another program has the port. End it; the station tries again by itself.",
    "L201": "Read the machine's own panel. Then ask for the tray again.",
    "L202": "Look where the tray is and say it on the screen. Nothing is sent again by itself.",
    "L203": "Wait until the machine stands, then try again.",
    "L204": "Somebody ended it at the machine, or it was switched off. Look where the tray is.",
    "L205": (
        "A tray stands at the opening that the station does not know of. Send it back at the machine's panel, or "
        "name it on the screen."
    ),
    "L206": "Turn its key to automatic, or wait until it has ended what it does.",
    "L207": "The tray number is not one of this machine: look at the tray table, and at `machine.opening`.",
    "L208": (
        "Free the light curtain or release the emergency stop, and acknowledge at the machine. The station never clears it."
    ),
    "L301": (
        "The compartment lies outside of what the pointer reaches. The work goes on without light; move the head, "
        "or teach it anew."
    ),
    "L302": "Teach the pointer on a tray of this height: devices page, pointer.",
    "L303": "This light is not fitted: take it out of the settings, or plug it in.",
    "L304": "The light refused the command. Switch it off and on; the work goes on without it.",
    "L401": ("A printer: switch it on and plug it in. The scale: no connection, count by hand. What is to be printed waits."),
    "L402": "A printer: look at its panel and its address. The scale: too heavy, take something off.",
    "L403": "Put a new roll in. What waits is printed by itself. At the scale: put the pan back.",
    "L404": "Put a new ribbon in. At the scale: empty it and zero it.",
    "L405": "Close the print head.",
    "L406": "Touch Pause or Feed at the printer.",
    "L407": "Look whether the label came out, and say so under Printers: it is never printed twice by itself.",
    "L408": "Install `cups-client`, or name the printer's own port instead of `spool:` in the settings.",
    "L409": "`lpstat -p` says why. The queue's name in the settings has to be the spooler's.",
    "L410": "Drop the label under Printers, and print it anew from the work.",
    "D404": (
        "After going back to an older version over a migration that is no `pre` one: the newer version is needed "
        '(docs/install.md, "Going back").'
    ),
    "D407": "A program asked for what does not fit. Tell who wrote it.",
    "D411": "Choose the orders anew.",
    "D421": (
        "`backup.directory`: mounted? writable for the user `baylight`? Until then copies go into `backups` of the "
        "data directory."
    ),
    "D422": "Free room on the disk of the data directory. `retention.*` says what goes by itself.",
    "D423": "The same, today: at 256 MB nothing new is started, on a full disk nothing is booked.",
    "D424": 'docs/install.md, "When the store is damaged". Do not restart before somebody has looked.',
    "D425": "`results.directory`: mounted? writable? The results wait in the store and are written in their order.",
    "D426": "docs/audit.md. The record goes on; its newest part is proven by its chain alone meanwhile.",
    "D427": "Who may delete in the folders of recordings and results?",
    "D428": "`emergency.directory`: mounted? writable? Print the list by hand once: `baylight export emergency`.",
    "D429": "Restart the station at the end of the shift, and send the log.",
    "D430": ("Look why: the battery of the board, or no time service (`timedatectl`). The record says by how much and when."),
    "D499": "A fault of the program: `journalctl -u baylight` has the place. Nothing was booked.",
    "O320": "Orders are cancelled until their goods are picked: `baylight orders show NAME`.",
    "O322": "`baylight trays list` shows what is out of service and why.",
    "O340": "Count by hand; look whether the pan is free and the scale stands still.",
    "O355": "`baylight orders show NAME` shows which places of the sequence are open.",
    "O356": "`baylight orders show NAME` shows its state: held, started or ended.",
    "O405": "`baylight orders show NAME` shows its state; what it says after the code is why.",
    "O407": "Goods of it are in somebody's hand: finish that line first.",
    "O408": "Another bay works on it. Ask there.",
    "O409": "Read the order again: something has changed.",
    "S501": "Scan the badge again. A new badge or a forgotten PIN: a supervisor, or `baylight people`.",
    "S502": "A supervisor unlocks here, or resets the PIN: `baylight people reset-pin`.",
    "S503": "Who may do it: the role of a person, `baylight people list`.",
    "P301": "What is said after the code is why. `baylight people list` shows names and ids.",
    "P302": (
        "`pepper` in the data directory is missing or another: PINs cannot be proven. Put it back from the copy of "
        "the data directory."
    ),
    "R301": "`baylight export results` names the files there are.",
    "C101": ("The message names the file, the key, the value, what is allowed and the nearest name. Mend it and start again."),
    "C102": "An option of the simulator: the message names it and what is allowed.",
    "C104": "A file of the sample site does not fit. Name another directory with --data.",
    "C105": "Leave the file out.",
    "C505": "The running station could not do it; its log says why.",
    "E101": "The list on the disk is not fresh: look at D428.",
    "M601": "The simulated machine did not start. The words after the code are its own.",
    "M604": "A command's end is not known. Look at the machine before the next one.",
}
