"""The kinds of event: one frozen dataclass each, by subject. What is appended to the log is one of these, and nothing else."""
