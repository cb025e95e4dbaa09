"""The gateway's doors: one folder a provider, one way in, nothing kept that is not accepted."""
