"""The command line: one module a command. Nothing here imports Qt, and nothing heavy is imported before a command runs."""
