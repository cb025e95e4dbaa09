"""The algorithms of understanding. They know nothing of Rasa and write nothing anywhere."""
