"""A country's pack on paper: the handbook, and the card for the first days."""
