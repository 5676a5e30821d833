"""Compare this package with other validators and with SQL by hand, on the same twenty checks. `make bench-peers`."""
