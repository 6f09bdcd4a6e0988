from house.people.models.person import Person, display_name, known_time_zone
from house.people.models.token import ApiToken

__all__ = ["ApiToken", "Person", "display_name", "known_time_zone"]
