"""Pull at the bay: what raises a signal, when it becomes work, and what closes it. Pure, but for the keeper and the reading."""
