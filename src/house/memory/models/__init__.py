from house.memory.models.offer import Consent, Helper, NeverAsk, Offer, OfferedSpan
from house.memory.models.question import PeerQuestion, digest_of

__all__ = ["Consent", "Helper", "NeverAsk", "Offer", "OfferedSpan", "PeerQuestion", "digest_of"]
