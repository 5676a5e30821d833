"""How synthetic data is governed: its lineage, its use, who may touch it, and who approved it."""
