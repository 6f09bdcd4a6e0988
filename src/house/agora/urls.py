from django.urls import URLPattern

app_name = "agora"
urlpatterns: list[URLPattern] = []
