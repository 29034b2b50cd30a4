"""What all lift drivers share: the command in flight, safety, polling, and the shell that joins them to a line."""
