"""Reads what others publish: the list of systems, an audit of feeds, GBFS itself. Knows no database."""
