from django.urls import path

from house.agora import urls_routing
from house.agora.views import lists, moderation, talking, thread, tidying, words, writing

app_name = "agora"
urlpatterns = [
    path("", lists.post_list, name="post_list"),
    path("feed/", lists.post_feed, name="post_feed"),
    path("mine/", lists.my_posts, name="my_posts"),
    path("new/", writing.post_new, name="post_new"),
    path("look/", writing.post_look, name="post_look"),
    path("unsent/", words.unsent_keep, name="unsent_keep"),
    path("moderation/", moderation.moderation, name="moderation"),
    path("cases/<str:code>/", moderation.case, name="case"),
    path("files/<str:code>/", thread.file, name="file"),
    path("files/<str:code>/remove/", thread.file_remove, name="file_remove"),
    *urls_routing.urlpatterns,
    path("<str:code>/", thread.post, name="post"),
    path("<str:code>/edit/", writing.post_edit, name="post_edit"),
    path("<str:code>/discard/", writing.post_discard, name="post_discard"),
    path("<str:code>/answer/", talking.answer_new, name="answer_new"),
    path("<str:code>/answers/<str:answer>/", thread.answer, name="answer"),
    path("<str:code>/answers/<str:answer>/accept/", thread.answer_accept, name="answer_accept"),
    path("<str:code>/comment/", talking.comment_new, name="comment_new"),
    path("<str:code>/said/", talking.said_edit, name="said_edit"),
    path("<str:code>/helped/", talking.helped_new, name="helped_new"),
    path("<str:code>/follow/", thread.post_follow, name="post_follow"),
    path("<str:code>/history/", tidying.post_history, name="post_history"),
    path("<str:code>/close/", tidying.post_close, name="post_close"),
    path("<str:code>/merge/", tidying.post_merge, name="post_merge"),
    path("<str:code>/report/", moderation.report_new, name="report_new"),
]
