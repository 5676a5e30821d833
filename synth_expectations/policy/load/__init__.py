"""Reads policy.yml and its includes, and knows where each line stands."""
