"""The web chat, and the try-out phone that shows what an SMS would look like."""
