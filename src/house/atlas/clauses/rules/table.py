"""The rules of `extract`, by language."""

from house.atlas.clauses.rules.catalan import CATALAN
from house.atlas.clauses.rules.dutch import DUTCH
from house.atlas.clauses.rules.others import ENGLISH, FRENCH, GERMAN
from house.atlas.clauses.rules.spanish import SPANISH

RULES = {"en": ENGLISH, "fr": FRENCH, "de": GERMAN, "nl": DUTCH, "es": SPANISH, "ca": CATALAN}
