from django.urls import URLPattern

app_name = "alex"
urlpatterns: list[URLPattern] = []
