from django.urls import path

from house.front.views import ask, cities, home, pages, search, topics

app_name = "front"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search_page, name="search"),
    path("search/suggest/", search.suggest_titles, name="suggest"),
    path("ask/", ask.ask, name="ask"),
    path("ask/peers/", ask.ask_peers, name="ask_peers"),
    path("cities/", cities.city_list, name="city_list"),
    path("cities/<str:slug>/", cities.city, name="city"),
    path("cities/<str:slug>/mark.svg", cities.city_mark, name="city_mark"),
    path("topics/", topics.topic_list, name="topic_list"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("theme/", pages.theme, name="theme"),
    path("pattern-book/", pages.pattern_book, name="pattern_book"),
]
