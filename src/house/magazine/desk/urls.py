"""Wagtail's routes under `/magazine/desk/`. Their names are Wagtail's own: no namespace of ours."""

from wagtail.admin import urls as wagtail

from house.magazine.desk.door import guarded

urlpatterns = guarded(wagtail.urlpatterns)
