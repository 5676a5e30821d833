"""How many people two tables share, by private set intersection: neither side has a key of the other, or sees a value."""
