from house.notices.models.happening import Happening, Letter, Notice, Reason, Subscription
from house.notices.models.invited import CalendarInvitation
from house.notices.models.mail import Mail, Suppression
from house.notices.models.reply_address import ReplyAddress

__all__ = [
    "CalendarInvitation",
    "Happening",
    "Letter",
    "Mail",
    "Notice",
    "Reason",
    "ReplyAddress",
    "Subscription",
    "Suppression",
]
