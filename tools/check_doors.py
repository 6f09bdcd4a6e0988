"""Fail when a reader takes rows past the door.

A reader (view, feed, API, command, export) starts every query with `.visible_to(viewer)`, or says in a
comment why it needs every row: `# every row: <reason>` beside the line, or, once for the whole file,
`# every row in this file: <reason>`.

And fail when an address is made of what a request calls the house: caches and feed readers keep addresses,
and whoever asks may write any name there. `settings.BASE_URL + path` is the house's own.
"""

import ast
import sys
from pathlib import Path

# Nouns, doors and verbs work on what has come through a door already.
INDOORS = {"models.py", "access.py", "actions.py", "tasks.py", "admin.py", "apps.py"}
INDOORS_FOLDERS = {"migrations", "tests", "models", "actions", "bench"}
BESIDE, WHOLE_FILE = "# every row: ", "# every row in this file: "


def is_model(node: ast.expr) -> bool:
    """`Entry.objects`, `source.model.objects`; not the `objects` of something else."""
    name = getattr(node, "id", getattr(node, "attr", ""))
    return bool(name) and (name[0].isupper() or name.endswith("model") or name == "whole")


def opened_wrongly(path: Path) -> list[str]:
    source = path.read_text(encoding="utf-8")
    if WHOLE_FILE in source:
        return []
    lines, tree = source.splitlines(), ast.parse(source)
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    through_door = {id(node.value) for node in attributes if node.attr == "visible_to"}
    return [
        f"{path}:{node.lineno}: `.objects` without `.visible_to(viewer)`"
        for node in attributes
        if node.attr == "objects"
        and is_model(node.value)
        and id(node) not in through_door
        and not any(BESIDE in line for line in lines[max(node.lineno - 3, 0) : node.lineno + 1])
    ]


def named_by_the_asker(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        f"{path}:{number}: `build_absolute_uri`: write `settings.BASE_URL + path`"
        for number, line in enumerate(lines, start=1)
        if "build_absolute_uri" in line
    ]


def main(root: str) -> int:
    problems = [
        problem
        for path in sorted(Path(root).rglob("*.py"))
        if path.name not in INDOORS and not INDOORS_FOLDERS & set(path.parts)
        for problem in opened_wrongly(path)
    ]
    for pattern in ("*.py", "*.html", "*.txt"):
        for path in sorted(Path(root).rglob(pattern)):
            problems += named_by_the_asker(path)
    print("\n".join(problems) or "Every reader goes through a door.")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
