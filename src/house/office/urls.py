from django.urls import path

from house.office import views

app_name = "office"
urlpatterns = [
    path("", views.today, name="today"),
    path("journal/", views.journal, name="journal"),
]
