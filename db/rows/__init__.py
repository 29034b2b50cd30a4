"""What the store hands out: frozen rows by subject, in the words of the site. Lengths are mm, weights g unless named."""
