from house.people.models.contact import ContactMessage, Mute
from house.people.models.person import WITHHOLDABLE, Person, display_name, known_time_zone
from house.people.models.signin import SignIn, Tally
from house.people.models.token import ApiToken

__all__ = [
    "WITHHOLDABLE",
    "ApiToken",
    "ContactMessage",
    "Mute",
    "Person",
    "SignIn",
    "Tally",
    "display_name",
    "known_time_zone",
]
