"""One file a command. Each one is thin: it reads, asks, and prints."""
