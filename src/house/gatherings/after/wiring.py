"""What this part of the room tells the floors below."""

from django.utils.translation import gettext_lazy as _

from house.access import policy
from house.gatherings.after import access, letters, notices, playing, privacy
from house.gatherings.models import after as models
from house.memory import offers
from house.memory import playing as players


def register() -> None:
    policy.register(models.Minutes, access.MinutesPolicy())
    policy.register(models.Material, access.MaterialPolicy())
    policy.register(models.Recording, access.RecordingPolicy())
    policy.register(models.Voice, access.VoicePolicy())
    policy.register(models.FeedbackAnswer, access.FeedbackAnswerPolicy())
    policy.register(models.FeedbackGiven, access.FeedbackGivenPolicy())
    policy.register(models.AskedThere, access.AskedPolicy())
    letters.register_letters()
    notices.register_kinds()
    privacy.register()
    players.register(playing.find)
    offers.register(
        offers.Source("gatherings.recording", _("Recording of an event"), models.Recording)
    )
