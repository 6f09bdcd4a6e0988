from django.apps import AppConfig


class ClausesConfig(AppConfig):
    name = "house.atlas.clauses"
    is_guarded = True
