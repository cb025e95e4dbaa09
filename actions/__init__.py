"""Rasa actions: slots in, says out. They name messages and never write what a person reads."""
