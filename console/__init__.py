"""The pages of those who keep the listings true: a process and a port of its own."""
