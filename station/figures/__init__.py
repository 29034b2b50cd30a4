"""The figures of a bay, from its record: where the minute goes, lines per hour, trays per line, alarms. None is of a person."""
