from django.urls import path

from house.office import views, views_import

app_name = "office"
urlpatterns = [
    path("", views.today, name="today"),
    path("journal/", views.journal, name="journal"),
    path("import/", views_import.import_page, name="import"),
    path("import/<str:code>/", views_import.import_run, name="import_run"),
    path("import/<str:code>/act/", views_import.import_act, name="import_act"),
]
