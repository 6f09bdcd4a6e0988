"""The ways out of initiatives: see tests/readers.py."""

# URL name → where it is tested, or why it carries nothing that could leak.
OPEN = {
    "front:atlas": "leads to the three parts of the atlas",
    **dict.fromkeys(
        (
            "initiatives:map", "initiatives:points", "initiatives:at", "initiatives:named",
            "initiatives:picture", "initiatives:embed", "initiatives:geojson", "initiatives:initiative",
            "api:initiatives", "api:initiative",
        ),
        "atlas/initiatives/tests/test_pages.py",
    ),
    "initiatives:kind_list": "the taxonomy",
    "initiatives:kind_scheme": "the taxonomy",
    "initiatives:suggest": "a form",
    "initiatives:suggested": "the same for everybody",
    "initiatives:still_true": "atlas/initiatives/tests/test_saying.py",
    "initiatives:desk": "atlas/initiatives/tests/test_saying.py",
    "initiatives:dealt": "leads to the former",
    "initiatives:suggestion": "atlas/initiatives/tests/test_saying.py",
    "initiatives:import": "atlas/initiatives/tests/test_importing.py",
    "initiatives:import_run": "atlas/initiatives/tests/test_importing.py",
    "initiatives:edit": "atlas/initiatives/tests/test_saying.py",
    "initiatives:act": "leads to the page",
}  # fmt: skip
