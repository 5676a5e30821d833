"""How fast a suite runs, against the same checks written by hand. `make bench`."""
