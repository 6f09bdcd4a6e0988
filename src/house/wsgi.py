import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "house.settings")
application = get_wsgi_application()

from house.retrieval.ranked import warm_up  # noqa: E402 -- needs the apps that the line above loads

warm_up()
# Every room's views, before the first request asks for one.
assert get_resolver().url_patterns  # noqa: S101 -- looked up for what it loads
# What is loaded now stays. Looking through it for garbage stops a process for a third of a second.
gc.collect()
gc.freeze()
