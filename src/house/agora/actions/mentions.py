import re
from typing import Any

from django.utils.translation import gettext as _

from house.access.candour import names_city
from house.access.viewer import Viewer
from house.agora import limits, telling
from house.agora.models import Answer, Comment, Mention, Post
from house.ground.errors import Refused
from house.ground.text import one_line
from house.people.models import Person

# "@Ada Lovelace" at the start of a word; an address of mail is none.
_AT = re.compile(r"(?<![\w@])@(?=[^\W\d_])([^\n@]{1,80})")
_WORDS = 4  # of a name, at most


def mention(thing: Post | Answer | Comment, *, by: Viewer) -> list[Person]:
    """Tell whom the text names, once each; refuses a text that names a crowd.

    Names are looked up among the people whom the writer may see. Who hides her city reaches only those
    whom every member sees: an unlisted colleague would know her by being found.
    """
    named = [one_line(match.group(1)) for match in _AT.finditer(thing.body)]
    if len(named) > limits.MENTIONS:
        raise Refused(
            _("The text names %(found)s people with @; %(most)s is the most.")
            % {"found": len(named), "most": limits.MENTIONS},
            remedy=_("Name only those who should answer."),
        )
    if not named:
        return []
    persons = _found(named, by, only_listed=not names_city(thing.candour))
    post = thing if isinstance(thing, Post) else thing.post
    place: dict[str, Any] = {
        "post": post,
        "answer": thing if isinstance(thing, Answer) else None,
        "comment": thing if isinstance(thing, Comment) else None,
    }
    for person in persons:
        made, is_new = Mention.objects.get_or_create(**place, person=person)
        if is_new and person.pk != by.person_id:
            telling.tell_of_mention(made, thing, by=by)
    return persons


def _found(named: list[str], by: Viewer, *, only_listed: bool) -> list[Person]:
    """The longest name that fits each; a name that two people bear reaches neither."""
    starts = {start for words in named for start in _starts(words)}
    people = Person.objects.visible_to(by).filter(name__in=starts)
    if only_listed:
        people = people.filter(is_listed=True)
    bearers: dict[str, list[Person]] = {}
    for person in people:
        bearers.setdefault(person.name, []).append(person)
    found: dict[int, Person] = {}
    for words in named:
        name = next((start for start in _starts(words) if start in bearers), "")
        if name and len(bearers[name]) == 1:
            found[bearers[name][0].pk] = bearers[name][0]
    return list(found.values())


def _starts(words: str) -> list[str]:
    """What a name may be, the longest first: "Ada Lovelace, could", "Ada Lovelace", "Ada"."""
    parts = words.split(" ")[:_WORDS]
    joined = [" ".join(parts[:count]) for count in range(len(parts), 0, -1)]
    return [each.rstrip(".,;:!?)]»”’'\"") for each in joined]
