import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any

from django.core.management.base import BaseCommand

from house.retrieval import meaning
from house.retrieval.answers import Answer, Quote, answer
from house.retrieval.viewers import viewer_of

_EXAMPLES = """
examples:
  house ask "How do cities keep shared scooters off the pavement?"
  house ask --as partner@example.org --json "Wie oft werden Unfälle mit Leihrädern veröffentlicht?"
"""


class Command(BaseCommand):
    help = (
        "Ask ALEX: quotes that prove the answer, or what lies nearest. Without --as, as the public."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = _EXAMPLES
        parser.add_argument("question")
        parser.add_argument("--as", dest="email", metavar="EMAIL", help="ask as this person")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        viewer = viewer_of(options["email"])
        # A command waits for the model, a page doesn't.
        _engine, embedder = meaning.engine_to_ask(patience=None)
        if embedder is None:
            self.stderr.write("No embedding model: found by words only.")
        made = answer(options["question"], viewer=viewer)
        if options["json"]:
            self.stdout.write(json.dumps(made.to_json(), ensure_ascii=False))
        else:
            self._print(made)

    def _print(self, made: Answer) -> None:
        for line in made.statement:
            self.stdout.write(f"{line.text} {''.join(f'[{number}]' for number in line.numbers)}")
        if made.statement:
            self.stdout.write("")
        for quote in made.quotes:
            self._print_quote(quote)
        own = [quote for quote in made.counter if quote not in made.quotes]
        if made.counter:
            numbers = ", ".join(f"[{quote.number}]" for quote in made.counter)
            self.stdout.write(f"Tried and failed, or in part: {numbers}")
        for quote in own:
            self._print_quote(quote)
        for contact in made.people:
            facts = ", ".join(filter(None, [contact.name, contact.role, contact.city]))
            self.stdout.write(f"Ask: {facts} {contact.url}".rstrip())
        if not made.known:
            self.stdout.write("I don't know. Nearest:" if made.nearest else "I don't know.")
            for near in made.nearest:
                self.stdout.write(f"  {near.facts.title} {near.facts.url}")
        self.stdout.write(f"Confidence {made.confidence:.2f}, {made.took_ms:.0f} ms.")

    def _print_quote(self, quote: Quote) -> None:
        bold = self.style.MIGRATE_HEADING if sys.stdout.isatty() else str
        facts = quote.facts
        about = ", ".join(
            filter(None, [facts.title, facts.city, str(facts.year or ""), facts.outcome])
        )
        self.stdout.write(f"[{quote.number}] “{bold(quote.text)}”")
        if quote.translation:
            self.stdout.write(f"    = {quote.translation}")
        self.stdout.write(f"    {about} [{quote.language}]")
        self.stdout.write(f"    {quote.url}")
