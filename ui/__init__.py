"""Both faces of the program: the window and the command line, and the composition root that wires it."""
