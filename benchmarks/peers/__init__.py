"""This package against other validators and against SQL by hand: the same twenty checks. `make bench-peers`."""
