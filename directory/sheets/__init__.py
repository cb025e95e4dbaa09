"""Sheets that operators keep: a template, listings written and read, and what is wrong in one."""
