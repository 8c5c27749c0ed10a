"""The meeting itself: its head, its day and officers, the numbers that it prints, who comes and goes, who speaks."""
