"""Who is told of what, and when the next person is: by screen, e-mail or webhook. Nothing at the bay waits for it."""
