from django.urls import path

from house.groups.views import ending, files, group, lists, meetings, page, people, tasks

app_name = "groups"
urlpatterns = [
    path("", lists.group_list, name="group_list"),
    path("new/", lists.group_new, name="group_new"),
    path("<str:code>/", group.group, name="group"),
    path("<str:code>/edit/", group.group_edit, name="group_edit"),
    path("<str:code>/start/", group.group_start, name="group_start"),
    path("<str:code>/readers/", group.group_readers, name="group_readers"),
    path("<str:code>/end/", ending.group_end, name="group_end"),
    path("<str:code>/close/", ending.group_close, name="group_close"),
    path("<str:code>/people/", people.people, name="people"),
    path("<str:code>/join/", people.group_join, name="group_join"),
    path("<str:code>/leave/", people.group_leave, name="group_leave"),
    path("<str:code>/invite/", people.group_invite, name="group_invite"),
    path("<str:code>/admissions/<str:admission>/", people.admission_act, name="admission_act"),
    path("<str:code>/people/<str:member>/", people.member_act, name="member_act"),
    path("<str:code>/page/edit/", page.page_edit, name="page_edit"),
    path("<str:code>/page/keep/", page.page_keep, name="page_keep"),
    path("<str:code>/page/history/", page.page_history, name="page_history"),
    path("<str:code>/page/compare/", page.page_diff, name="page_diff"),
    path("<str:code>/page/<int:number>/", page.page_version, name="page_version"),
    path("<str:code>/page/<int:number>/restore/", page.page_restore, name="page_restore"),
    path("<str:code>/tasks/", tasks.task_list, name="task_list"),
    path("<str:code>/tasks/new/", tasks.task_new, name="task_new"),
    path("<str:code>/tasks/<str:task>/", tasks.task, name="task"),
    path("<str:code>/tasks/<str:task>/act/", tasks.task_act, name="task_act"),
    path("<str:code>/meetings/", meetings.meeting_list, name="meeting_list"),
    path("<str:code>/meetings/new/", meetings.meeting_new, name="meeting_new"),
    path("<str:code>/meetings/<str:meeting>/", meetings.meeting, name="meeting"),
    path("<str:code>/meetings/<str:meeting>/edit/", meetings.meeting_edit, name="meeting_edit"),
    path(
        "<str:code>/meetings/<str:meeting>/cancel/", meetings.meeting_cancel, name="meeting_cancel"
    ),
    path(
        "<str:code>/meetings/<str:meeting>/minutes/",
        meetings.meeting_minutes,
        name="meeting_minutes",
    ),
    path(
        "<str:code>/meetings/<str:meeting>/answer/", meetings.meeting_answer, name="meeting_answer"
    ),
    path("<str:code>/meetings/<str:meeting>/join/", meetings.meeting_join, name="meeting_join"),
    path("<str:code>/files/", files.file_list, name="file_list"),
    path("<str:code>/files/<str:file>/", files.file, name="file"),
    path("<str:code>/files/<str:file>/remove/", files.file_remove, name="file_remove"),
]
