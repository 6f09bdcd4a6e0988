from django.urls import path

from house.access.routes import OPEN, route
from house.api.service import api

urls = api.urls
# Each operation's own `auth` judges (see `partners.calling`): the address takes nothing more.
for pattern in urls[0]:
    route(OPEN)(pattern.callback)

urlpatterns = [path("", urls)]
