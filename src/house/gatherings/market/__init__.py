"""The topic market: what members want to talk and read about, and how many cities stand behind it."""
