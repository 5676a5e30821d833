"""What a run found, and how it is shown: as text, JSON or JUnit."""
