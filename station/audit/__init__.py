"""What a supervisor asks of the record: trays as they were, who had them in reach, and where goods came from. Pure."""
