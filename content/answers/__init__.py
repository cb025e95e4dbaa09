"""One module for each kind of say that needs the packs."""
