from house.agora.models.answer import Answer, Comment, Helped
from house.agora.models.moderation import Case, Report
from house.agora.models.pieces import Attachment, Mention, Revision, Unsent
from house.agora.models.post import SHOWN, Kind, Post, State
from house.agora.models.routing import Invitation, Route, Willingness
from house.agora.models.said import Said, moment_for

__all__ = [
    "SHOWN",
    "Answer",
    "Attachment",
    "Case",
    "Comment",
    "Helped",
    "Invitation",
    "Kind",
    "Mention",
    "Post",
    "Report",
    "Revision",
    "Route",
    "Said",
    "State",
    "Unsent",
    "Willingness",
    "moment_for",
]
