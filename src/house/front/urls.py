from django.urls import path

from house.front.cards import card
from house.front.oembed import oembed
from house.front.views import (
    ask,
    atlas,
    cities,
    home,
    joining,
    levels,
    pages,
    search,
    topics,
    welcome,
)

app_name = "front"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search_page, name="search"),
    path("search/suggest/", search.suggest_titles, name="suggest"),
    path("ask/", ask.ask, name="ask"),
    path("ask/peers/", ask.ask_peers, name="ask_peers"),
    path("cities/", cities.city_list, name="city_list"),
    path("cities/<str:slug>/", cities.city, name="city"),
    path("cities/<str:slug>/like/", cities.city_alike, name="city_alike"),
    path("cities/<str:slug>/mark.svg", cities.city_mark, name="city_mark"),
    path("atlas/", atlas.atlas, name="atlas"),
    path("topics/", topics.topic_list, name="topic_list"),
    path("topics/<slug:slug>/", topics.topic, name="topic"),
    path("welcome/", welcome.welcome, name="welcome"),
    path("welcome/act/", welcome.welcome_act, name="welcome_act"),
    path("welcome/<slug:step>/", welcome.welcome_step, name="welcome_step"),
    path("join/", joining.join, name="join"),
    path("join/city/", joining.join_city, name="join_city"),
    path("join/person/", joining.join_person, name="join_person"),
    path("join/<str:code>/", joining.join_status, name="join_status"),
    path("join/<str:code>/code/", joining.join_code, name="join_code"),
    path("join/<str:code>/words/", joining.join_words, name="join_words"),
    path("join/<str:code>/withdraw/", joining.join_withdraw, name="join_withdraw"),
    path("mission/", home.mission, name="mission"),
    path("levels/", levels.levels, name="levels"),
    path("oembed", oembed, name="oembed"),
    path("cards/<slug:kind>/<path:slug>.png", card, name="card"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("robots.txt", pages.robots, name="robots"),
    path("theme/", pages.theme, name="theme"),
    path("pattern-book/", pages.pattern_book, name="pattern_book"),
]
