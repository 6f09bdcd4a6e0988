"""The ways out of clauses: see tests/readers.py."""

_READING = "atlas/clauses/tests/test_reading.py"
_KEEPING = "atlas/clauses/tests/test_keeping.py"
# URL name → where it is tested, or why it carries nothing that could leak.
OPEN = {
    "clauses:compare": _READING,
    "clauses:table": _READING,
    "clauses:clause": _READING,
    "clauses:curate": f"who curates: {_KEEPING}",
    "clauses:new": "a form",
    "clauses:find": f"who curates: {_KEEPING}",
    "clauses:edit": f"who curates: {_KEEPING}",
    "clauses:act": "leads back",
    "clauses:corrections": f"one's own city's: {_KEEPING}",
    "clauses:correct": f"one's own city's: {_KEEPING}",
    "clauses:decide": f"who curates: {_KEEPING}",
    "api:clauses": _READING,
}
