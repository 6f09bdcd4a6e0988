from django.urls import path

from house.atlas.mobility.views import city, corrections, editions, index, names

app_name = "mobility"
urlpatterns = [
    path("", index.index, name="index"),
    path("index.csv", index.index_csv, name="index_csv"),
    path("index.json", index.index_json, name="index_json"),
    path("method/", editions.method, name="method"),
    path("editions/", editions.edition_list, name="edition_list"),
    path("editions/new/", editions.edition_new, name="edition_new"),
    path("editions/<slug:code>/", editions.edition, name="edition"),
    path("editions/<slug:code>/check/", editions.edition_check, name="edition_check"),
    path("names/", names.unmatched, name="unmatched"),
    path("names/match/", names.match, name="match"),
    path("names/forget/", names.match_forget, name="match_forget"),
    path("feeds/", city.readings, name="readings"),
    path("corrections/", corrections.correction_list, name="correction_list"),
    path("corrections/<str:code>/", corrections.correction, name="correction"),
    path("corrections/<str:code>/decide/", corrections.correction_decide, name="correction_decide"),
    path(
        "corrections/<str:code>/withdraw/",
        corrections.correction_withdraw,
        name="correction_withdraw",
    ),
    path(
        "corrections/<str:code>/document/",
        corrections.correction_document,
        name="correction_document",
    ),
    path("cities/<str:slug>/", city.city, name="city"),
    path("cities/<str:slug>/correct/", corrections.correct, name="correct"),
    path("cities/<str:slug>/ask-feeds/", city.city_ask_feeds, name="city_ask_feeds"),
]
