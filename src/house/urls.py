from django.urls import include, path

from house.front.views.sitemap import sitemap, sitemap_file
from house.office.health import healthz, readyz
from house.office.views_reveals import my_reveals

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:kind>-<int:number>.xml", sitemap_file, name="sitemap_file"),
    path("alex/", include("house.alex.urls")),
    path("agora/", include("house.agora.urls")),
    path("groups/", include("house.groups.urls")),
    path("gatherings/", include("house.gatherings.urls")),
    path("meetings/", include("house.meetings.urls")),
    path("showcase/", include("house.showcase.urls")),
    path("magazine/desk/", include("house.magazine.desk.urls")),
    path("magazine/", include("house.magazine.urls")),
    path("radar/", include("house.radar.urls")),
    path("atlas/map/", include("house.atlas.initiatives.urls")),
    path("atlas/mobility/", include("house.atlas.mobility.urls")),
    path("atlas/rules/", include("house.atlas.clauses.urls")),
    path("notices/", include("house.notices.urls")),
    path("memory/", include("house.memory.urls")),
    path("calendar/", include("house.notices.calendar_urls")),
    path("people/me/name/", my_reveals, name="my_reveals"),
    path("people/", include("house.people.urls")),
    path("partnership/", include("house.partners.urls")),
    path("accounts/", include("house.people.account_urls")),
    path("mailbox/", include("house.people.mailbox_urls")),
    path("office/", include("house.office.urls")),
    path("api/v1/", include("house.api.urls")),
    path("", include("house.front.urls")),
]
handler400 = "house.front.errors.bad_request"
handler403 = "house.front.errors.forbidden"
handler404 = "house.front.errors.not_found"
handler500 = "house.front.errors.broken"
