"""The public API of the directory, read-only, as HSDS 3.0 describes it."""
