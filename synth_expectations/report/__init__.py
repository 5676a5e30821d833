"""The results of a run, and their output as text, JSON or JUnit."""
