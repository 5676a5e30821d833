"""Findings: violations of a rule on a table, followed from the first run that saw them until a run proves them fixed."""
