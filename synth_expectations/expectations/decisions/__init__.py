"""Regulated decisions, and the people who oversee them."""
