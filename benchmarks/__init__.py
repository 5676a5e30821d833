"""Compare the speed of a suite with the same checks written by hand. `make bench`."""
