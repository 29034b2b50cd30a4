"""Where items should lie: nearer to the bay in seconds, together with what is asked with them, in fewer compartments. Pure values
in, proposals out; a move is always a person's."""
