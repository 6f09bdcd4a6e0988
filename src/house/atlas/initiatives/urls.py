from django.urls import path

from house.atlas.initiatives.views import curating, importing, reading, suggesting

app_name = "initiatives"
urlpatterns = [
    path("", reading.map_page, name="map"),
    path("points.bin", reading.points_file, name="points"),
    path("at/", reading.at, name="at"),
    path("named/", reading.named, name="named"),
    path("picture.svg", reading.map_picture, name="picture"),
    path("embed/", reading.embed, name="embed"),
    path("initiatives.geojson", reading.geojson, name="geojson"),
    path("kinds/", reading.kind_list, name="kind_list"),
    path("kinds.jsonld", reading.kind_scheme, name="kind_scheme"),
    path("suggest/", suggesting.suggest, name="suggest"),
    path("suggest/thanks/", suggesting.suggested, name="suggested"),
    path("still-true/<str:secret>/", suggesting.still_true, name="still_true"),
    path("desk/", curating.desk, name="desk"),
    path("desk/answers/<int:number>/", curating.dealt, name="dealt"),
    path("desk/<str:code>/", curating.suggestion, name="suggestion"),
    path("import/", importing.import_page, name="import"),
    path("import/<str:code>/", importing.import_run, name="import_run"),
    path("<str:code>/", reading.initiative, name="initiative"),
    path("<str:code>/edit/", curating.edit, name="edit"),
    path("<str:code>/act/", curating.act, name="act"),
]
