from house.notices.models.happening import Happening, Letter, Notice, Reason, Subscription
from house.notices.models.mail import Mail, Suppression

__all__ = ["Happening", "Letter", "Mail", "Notice", "Reason", "Subscription", "Suppression"]
