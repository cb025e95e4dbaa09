"""Forms for what operators keep true: from the body of an entry to a form and back."""
