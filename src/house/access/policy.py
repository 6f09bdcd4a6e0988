from django.db.models import Model, Q

from house.access.viewer import Viewer

EVERYTHING, NOTHING = Q(), Q(pk__in=[])  # return EVERYTHING, never `|` it: an empty Q vanishes


class Policy:
    """Who may see, and who may do what to, one type of object. Says no until told otherwise."""

    acts: frozenset[str] = frozenset()

    def seen_by(self, viewer: Viewer) -> Q:
        return NOTHING

    def may(self, viewer: Viewer, act: str, thing: Model) -> bool:
        if act not in self.acts:
            raise LookupError(f"{type(self).__name__} knows no act {act!r}")
        return bool(getattr(self, f"may_{act}")(viewer, thing))

    def why_not(self, viewer: Viewer, act: str, thing: Model) -> tuple[str, str]:
        """The reason of a refusal and what would allow it, each one sentence or empty."""
        return "", ""


class Open(Policy):
    """Seen by everybody: for what holds no secret by nature (cities, topics)."""

    def seen_by(self, viewer: Viewer) -> Q:
        return EVERYTHING


_policies: dict[type[Model], Policy] = {}


def register(model: type[Model], policy: Policy) -> None:
    _policies[model] = policy


def policy_for(model: type[Model]) -> Policy:
    """Raises `KeyError` for a model that registered none."""
    return _policies[model]


def has_policy(model: type[Model]) -> bool:
    return model in _policies
