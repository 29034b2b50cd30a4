"""What a supervisor looks at: cases, the alarms of the past days, the health of the station, and who was told of what."""
