"""The audit cycle: which run is due when, what is open at the end of a period, and who signs for it."""
