from django.urls import path

from house.radar.views import desk, sources, stories

app_name = "radar"
urlpatterns = [
    path("", stories.story_list, name="story_list"),
    path("picks.atom", stories.story_feed, name="story_feed"),
    path("stories/<str:code>/", stories.story, name="story"),
    path("stories/<str:code>/pick/", desk.story_pick, name="story_pick"),
    path("stories/<str:code>/drop/", desk.story_drop, name="story_drop"),
    path("stories/<str:code>/split/", desk.story_split, name="story_split"),
    path("stories/<str:code>/undo/", desk.story_undo, name="story_undo"),
    path("desk/", desk.desk, name="desk"),
    path("desk/merge/", desk.merge, name="merge"),
    path("sources/", sources.source_list, name="source_list"),
    path("sources/new/", sources.source_new, name="source_new"),
    path("sources/import/", sources.source_import, name="source_import"),
    path("sources/sources.opml", sources.source_export, name="source_export"),
    path("sources/<str:code>/", sources.source_edit, name="source_edit"),
    path("sources/<str:code>/act/", sources.source_act, name="source_act"),
]
