"""Reads the table: which answer a kind of person must get from a route in a state of its thing."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

KINDS = (
    "public", "guest", "ended", "associate", "partner", "premium", "coordinator", "curator", "expert", "office",
    "suspended", "signed out",
)  # fmt: skip
VISITORS = {"public", "suspended", "signed out"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# What a cell may expect.
IN, SIGN_IN, REFUSED, ABSENT, WRONG = "let in", "sign in", "refused", "absent", "wrong method"

HERE = Path(__file__).parent


def _table():
    """table.toml, and what each room adds to it in a file of its own."""
    table = tomllib.loads((HERE / "table.toml").read_text())
    for path in sorted((HERE / "tables").glob("*.toml")):
        for part, rows in tomllib.loads(path.read_text()).items():
            if doubled := table[part].keys() & rows.keys():
                raise LookupError(f"{path.name} says again what another file says: {doubled}")
            table[part] |= rows
    return table


TABLE = _table()


def group(words):
    """The kinds that a phrase names: "cities, office", "everyone but visitors"."""
    wanted, _but, without = words.partition(" but ")
    named = set()
    for word in filter(None, (each.strip() for each in wanted.split(","))):
        if word == "everyone":
            named |= set(KINDS)
        elif word in KINDS:
            named.add(word)
        elif word in TABLE["groups"]:
            named |= group(TABLE["groups"][word])
        else:
            raise LookupError(f"{word!r} is neither a kind of person nor a group of table.toml")
    return named - group(without) if without else named


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    get: str | None = None
    post: str | None = None
    put: str | None = None
    patch: str | None = None
    delete: str | None = None
    thing: str = ""
    states: list[str] | None = None
    door: str | None = None
    hidden: bool = False
    back: bool = False
    always: int = 0
    loose: str = ""
    exempt: str = ""
    keyless: bool = False
    fill: dict = field(default_factory=dict)
    query: dict = field(default_factory=dict)
    body: dict = field(default_factory=dict)

    @property
    def is_api(self):
        return self.name.startswith("api:")

    @property
    def all_states(self):
        if not self.thing:
            return [""]
        return list(TABLE["seen"][self.thing]) if self.states is None else self.states

    def phrase(self, method):
        return getattr(self, "get" if method == "HEAD" else method.lower(), None)

    def passes(self, kind, method):
        """Is she let through before the thing is looked for?"""
        if self.door is not None:
            return kind in group(self.door)
        return bool(self.thing) or kind in group(self.phrase(method) or "")

    def may(self, kind, method, state):
        phrase = self.phrase(method)
        if phrase.startswith("@"):
            phrase = TABLE["rule"][phrase[1:]].get(state, "")
        return kind in group(phrase)

    def expects(self, kind, method, state):
        if self.phrase(method) is None:
            return WRONG
        if self.is_api and not self.keyless and kind in {"suspended", "signed out"}:
            return SIGN_IN  # her key is no longer good
        if not self.passes(kind, method):
            if self.hidden:
                return ABSENT
            return SIGN_IN if kind in VISITORS else REFUSED
        if self.thing and kind not in group(TABLE["seen"][self.thing][state]):
            return ABSENT
        if self.may(kind, method, state):
            return IN
        return SIGN_IN if kind in VISITORS else REFUSED


ROWS = {name: Row(name, **facts) for name, facts in TABLE["routes"].items()}
