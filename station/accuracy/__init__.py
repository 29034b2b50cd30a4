"""How right the book is: by a random sample with its confidence interval, by other counts, and which places nobody counted."""
