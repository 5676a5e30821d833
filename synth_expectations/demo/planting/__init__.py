"""The planted records, a module for each family: violations, and hard negatives that look like them."""
