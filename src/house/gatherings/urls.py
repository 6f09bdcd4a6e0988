from django.urls import path

from house.gatherings import urls_after, urls_hosting, urls_market
from house.gatherings.views import hosts, lists, managing, planning, programme, reading, registering

app_name = "gatherings"
urlpatterns = [
    path("", lists.event_list, name="event_list"),
    path("past/", lists.event_past, name="event_past"),
    path("month/<int:year>/<int:month>/", lists.event_month, name="event_month"),
    path("mine/", lists.my_gatherings, name="my_gatherings"),
    path("new/", managing.event_new, name="event_new"),
    path("series/new/", managing.series_new, name="series_new"),
    path("speaking/<str:code>/", registering.speaking, name="speaking"),
    *urls_hosting.urlpatterns,
    *urls_after.urlpatterns,
    *urls_market.urlpatterns,
    path("<str:slug>/", reading.event, name="event"),
    path("<str:slug>/event.ics", reading.event_ics, name="event_ics"),
    path("<str:slug>/programme/", programme.programme, name="programme"),
    path("<str:slug>/programme/draft/", planning.programme_draft, name="programme_draft"),
    path("<str:slug>/programme/versions/", programme.programme_versions, name="programme_versions"),
    path(
        "<str:slug>/programme/versions/<int:number>/",
        programme.programme_version,
        name="programme_version",
    ),
    path("<str:slug>/embed/", programme.programme_embed, name="programme_embed"),
    path("<str:slug>/schedule.<str:form>", programme.programme_file, name="programme_file"),
    path("<str:slug>/sessions/<str:code>/", programme.session, name="session"),
    path(
        "<str:slug>/sessions/<str:code>/choose/", registering.session_choose, name="session_choose"
    ),
    path("<str:slug>/register/", registering.event_register, name="event_register"),
    path("<str:slug>/registration/", registering.registration_act, name="registration_act"),
    path("<str:slug>/join/", registering.join, name="join"),
    path("<str:slug>/manage/", managing.event_manage, name="event_manage"),
    path("<str:slug>/manage/edit/", managing.event_edit, name="event_edit"),
    path("<str:slug>/manage/publish/", managing.event_publish, name="event_publish"),
    path("<str:slug>/manage/cancel/", managing.event_cancel, name="event_cancel"),
    path("<str:slug>/manage/repeat/", managing.event_repeat, name="event_repeat"),
    path("<str:slug>/manage/questions/", managing.event_questions, name="event_questions"),
    path("<str:slug>/manage/people/", hosts.event_people, name="event_people"),
    path(
        "<str:slug>/manage/people.<str:form>", hosts.event_people_table, name="event_people_table"
    ),
    path("<str:slug>/manage/people/<str:code>/check-in/", hosts.check_in, name="check_in"),
    path("<str:slug>/manage/links/", hosts.event_links, name="event_links"),
    path("<str:slug>/manage/programme/", planning.programme_edit, name="programme_edit"),
    path(
        "<str:slug>/manage/programme/publish/", planning.programme_publish, name="programme_publish"
    ),
    path("<str:slug>/manage/programme/parts/", planning.part_add, name="part_add"),
    path("<str:slug>/manage/programme/parts/<str:code>/", planning.part_remove, name="part_remove"),
    path("<str:slug>/manage/sessions/new/", planning.session_new, name="session_new"),
    path("<str:slug>/manage/sessions/<str:code>/", planning.session_edit, name="session_edit"),
    path("<str:slug>/manage/import/", planning.schedule_import, name="schedule_import"),
    path(
        "<str:slug>/manage/import/<str:code>/", planning.schedule_preview, name="schedule_preview"
    ),
]
