from django.urls import path

from house.api.service import api

urlpatterns = [path("", api.urls)]
