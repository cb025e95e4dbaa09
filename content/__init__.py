"""Facts into words: which fact holds, and how it is said in each language."""
