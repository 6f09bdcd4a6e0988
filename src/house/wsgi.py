import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "house.settings")
application = get_wsgi_application()

from house.retrieval.ranked import warm_up  # noqa: E402 -- needs the apps that the line above loads

warm_up()
