"""Which city a list means: pure functions over names, countries and a gazetteer."""
