"""The formats that the gate reads: one file each. What cannot be read becomes an `UnreadFileError` with its reason."""
