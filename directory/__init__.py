"""The service directory and the country packs: files in, tables, and questions to them."""
