"""The emergency list: what is printed for the day on which the station is dead. No Qt."""
