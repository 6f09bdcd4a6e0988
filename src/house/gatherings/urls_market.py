from django.urls import path

from house.gatherings.views import market

urlpatterns = [
    path("topics/", market.topic_market, name="topic_market"),
    path("topics/new/", market.topic_market_new, name="topic_market_new"),
    path("topics/alike/", market.topic_market_alike, name="topic_market_alike"),
    path("topics/desk/", market.topic_market_desk, name="topic_market_desk"),
    path("topics/<str:code>/", market.topic_market_topic, name="topic_market_topic"),
    path("topics/<str:code>/support/", market.topic_market_support, name="topic_market_support"),
    path("topics/<str:code>/decide/", market.topic_market_decide, name="topic_market_decide"),
    path("topics/<str:code>/merge/", market.topic_market_merge, name="topic_market_merge"),
]
