from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "house.people"
    is_guarded = True

    def ready(self) -> None:
        from house.access import policy
        from house.people.access import ApiTokenPolicy, PersonPolicy
        from house.people.models import ApiToken, Person

        policy.register(Person, PersonPolicy())
        policy.register(ApiToken, ApiTokenPolicy())
