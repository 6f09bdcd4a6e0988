from house.notices.models.feed import CalendarFeed
from house.notices.models.following import Choice, How, Pace, Rhythm, Subscription, Weekday
from house.notices.models.happening import Due, Happening, Notice, Reason
from house.notices.models.incoming import HeldReply, Incoming
from house.notices.models.invited import CalendarInvitation
from house.notices.models.letter import Letter, Urgency
from house.notices.models.mail import Mail, Suppression
from house.notices.models.reply_address import ReplyAddress

__all__ = [
    "CalendarFeed",
    "CalendarInvitation",
    "Choice",
    "Due",
    "Happening",
    "HeldReply",
    "How",
    "Incoming",
    "Letter",
    "Mail",
    "Notice",
    "Pace",
    "Reason",
    "ReplyAddress",
    "Rhythm",
    "Subscription",
    "Suppression",
    "Urgency",
    "Weekday",
]
