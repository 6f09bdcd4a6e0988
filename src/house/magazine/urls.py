from django.urls import path

from house.magazine.views import editions, planning, reading

app_name = "magazine"
urlpatterns = [
    path("", reading.issue_list, name="issue_list"),
    path("by-mail/", reading.subscribe, name="subscribe"),
    path("feed.xml", editions.feed, name="feed"),
    path("next/", planning.plan, name="plan"),
    path("next/act/", planning.plan_act, name="plan_act"),
    path("next/issue/", planning.plan_issue, name="plan_issue"),
    path("moved/<str:sort>/", planning.moved_rows, name="moved_rows"),
    path("pictures/<int:picture>/<int:size>/", reading.picture, name="picture"),
    path("<int:number>/", reading.issue, name="issue"),
    path("<int:number>/cover/", reading.cover, name="cover"),
    path("<int:number>/issue.pdf", editions.issue_pdf, name="issue_pdf"),
    path("<int:number>/issue.epub", editions.issue_epub, name="issue_epub"),
    path("<int:number>/<str:slug>/", reading.article, name="article"),
    path(
        "<int:number>/<str:slug>/pictures/<int:picture>/",
        reading.article_picture,
        name="article_picture",
    ),
]
