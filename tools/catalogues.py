#!/usr/bin/env python
"""Catalogues of the shell: what its still pages say, in each language. Run it after a change of words.

Collects the sentences of the files named here into `src/house/locale/<language>/LC_MESSAGES/django.po`,
keeps what is translated and compiles it beside. Needs gettext (Debian's package); the house itself reads
the compiled files alone. Only the shell is translated (`front.languages`), so only its files are named.
"""

import subprocess
import tempfile
from pathlib import Path

from django.utils.translation import templatize

SOURCE = Path(__file__).parent.parent / "src"
LOCALE = SOURCE / "house/locale"
LANGUAGES = ("nl", "es", "fr", "de", "ko", "he")
TEMPLATES = "house/front/templates/"
FILES = (
    *(
        f"{TEMPLATES}front/{name}.html"
        for name in (
            "page", "_name", "_foot", "_who", "_languages", "_map", "home", "mission", "join", "levels",
            "_offer", "_rights_sheet", "city_list",
        )
    ),
    *(
        f"{TEMPLATES}components/{name}.html"
        for name in ("ask", "key_help", "moment", "outcome", "theme_form")
    ),
    "house/front/rooms.py", "house/front/invitation.py", "house/front/offers.py",
    "house/access/capabilities.py", "house/partners/sheets.py",
    "house/people/templates/account/request_login_code.html",
    "house/people/templates/account/confirm_login_code.html",
    "house/people/forms_signin.py",
    "house/showcase/templates/showcase/_voice.html", "house/showcase/templates/showcase/_card.html",
)  # fmt: skip
# Words that the shell's pages show and other files say.
ALSO = (
    "Worked", "Mixed", "Failed", "Too early to tell", "Case study", "Policy", "Research", "Technology",
    "Recording", "a year", "a quarter", "a month", "Summit",
    "Please write something here.",  # where a field of signing in is left empty (front.needed)
    # Where cities of the alliance lie; a country that is not here stands in English.
    "Belgium", "Canada", "Denmark", "Israel", "Netherlands", "Singapore", "South Africa", "South Korea",
    "Spain", "Sweden", "United Kingdom", "United States",
    "Full-day visit", "Hosting slot", "One-on-one session",  # benefits that the house begins with
)  # fmt: skip
HEAD = (
    "Project-Id-Version: Digital House\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
)
FORMS = {
    "ko": "nplurals=1; plural=0;",
    "fr": "nplurals=2; plural=(n > 1);",
    "he": "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);",
}
DATED = ('"POT-Creation-Date', '"Report-Msgid-Bugs-To')  # they change with every run
EVERY = "nplurals=2; plural=(n != 1);"


def template(folder: Path) -> Path:
    """One .pot of all sentences, without the lines where they stand: those change every day."""
    for name in FILES:
        made = folder / name.replace("/", "__").replace(".html", ".html.py")
        text = (SOURCE / name).read_text(encoding="utf-8")
        made.write_text(templatize(text) if name.endswith(".html") else text, encoding="utf-8")
    (folder / "also.py").write_text("".join(f"_({word!r})\n" for word in ALSO), encoding="utf-8")
    names = sorted(path.name for path in folder.iterdir())
    pot = folder / "django.pot"
    run(
        "xgettext", "--from-code=UTF-8", "--language=Python", "--keyword=gettext_noop", "--keyword=_",
        "--keyword=gettext_lazy", "--keyword=ngettext_lazy:1,2", "--keyword=pgettext:1c,2",
        "--keyword=npgettext:1c,2,3", "--keyword=ngettext:1,2", "--no-location", "--sort-output",
        "-o", str(pot), *names, cwd=folder,
    )  # fmt: skip
    return pot


def run(*command: str, cwd: Path) -> None:
    subprocess.run(command, cwd=cwd, check=True)  # noqa: S603 -- the words above


def header(language: str) -> str:
    lines = f"{HEAD}Language: {language}\nPlural-Forms: {FORMS.get(language, EVERY)}\n".splitlines()
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        pot = template(Path(name))
        for language in LANGUAGES:
            po = LOCALE / language / "LC_MESSAGES/django.po"
            po.parent.mkdir(parents=True, exist_ok=True)
            if not po.exists():
                po.write_text(header(language), encoding="utf-8")
            run("msgmerge", "--quiet", "--update", "--backup=none", "--no-fuzzy-matching", "--no-wrap",
                "--sort-output", str(po), str(pot), cwd=LOCALE)  # fmt: skip
            run(
                "msgattrib",
                "--no-obsolete",
                "--no-wrap",
                "--sort-output",
                "-o",
                str(po),
                str(po),
                cwd=LOCALE,
            )
            lines = po.read_text(encoding="utf-8").splitlines(keepends=True)
            po.write_text(
                "".join(line for line in lines if not line.startswith(DATED)), encoding="utf-8"
            )
            run(
                "msgfmt",
                "--check-format",
                "--statistics",
                "-o",
                str(po.with_suffix(".mo")),
                str(po),
                cwd=LOCALE,
            )


if __name__ == "__main__":
    main()
