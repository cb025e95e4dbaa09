"""Durable turns and deliveries: accepted once, answered in order, sent, forgotten."""
