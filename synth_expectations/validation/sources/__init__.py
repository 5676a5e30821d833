"""Where the records of a table come from: files and databases."""
