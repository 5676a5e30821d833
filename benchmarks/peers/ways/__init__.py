"""The ways to ask the twenty checks: each a script of its own, run in a process and an environment of its own."""
