from django.urls import path

from house.notices.views import following, inbox, leaving, replies, settings

app_name = "notices"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("bell/", inbox.bell, name="bell"),
    path("read/", inbox.read, name="read"),
    path("unread/", inbox.unread, name="unread"),
    path("settings/", settings.settings, name="settings"),
    path("settings/kinds/", settings.kinds, name="kinds"),
    path("settings/next-digest/", settings.next_digest, name="next_digest"),
    path("settings/follow/", settings.add, name="add"),
    path("follow/", following.follow, name="follow"),
    path("replies/", replies.replies, name="replies"),
    path("replies/<str:code>/", replies.reply, name="reply"),
    path("replies/<str:code>/discard/", replies.reply_discard, name="reply_discard"),
    path("leave/<str:token>/", leaving.leave, name="leave"),
]
