"""The enclave: Rasa as a pure function from a turn and a state to a decision and a state."""
