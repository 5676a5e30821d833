"""Evaluate expectations of this package on tables, and write results as Great Expectations does, without importing it.

What both ways of a run share is here: data sources, batches, references, and the form of a result.
"""
