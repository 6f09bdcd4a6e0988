from django.urls import path

from house.showcase.views import feed, making, myself, reading, voices

app_name = "showcase"
urlpatterns = [
    path("", reading.home, name="home"),
    path("feed.atom", feed.feed, name="feed"),
    path("mine/", making.mine, name="mine"),
    path("new/", making.new, name="new"),
    path("me/", myself.me, name="me"),
    path("me/contacts/<str:code>/", myself.contact, name="contact"),
    path("voices/", voices.voices, name="voices"),
    path("voices/all/", voices.voice_list, name="voice_list"),
    path("voices/new/", voices.voice_new, name="voice_new"),
    path("voices/<str:code>/", voices.voice_edit, name="voice_edit"),
    path("voices/<str:code>/act/", voices.voice_act, name="voice_act"),
    path("<str:slug>/", reading.showcase, name="showcase"),
    path("<str:slug>/edit/", making.edit, name="edit"),
    path("<str:slug>/preview/", making.preview, name="preview"),
    path("<str:slug>/publish/", making.publish, name="publish"),
    path("<str:slug>/discard/", making.discard, name="discard"),
    path("<str:slug>/withdraw/", making.withdraw, name="withdraw"),
    path("<str:slug>/editions/", making.editions, name="editions"),
    path("<str:slug>/editions/<int:number>/", making.edition, name="edition"),
    path("<str:slug>/pictures/", making.pictures, name="pictures"),
    path("<str:slug>/pictures/<str:code>/<str:size>.webp", reading.picture, name="picture"),
    path("<str:slug>/embed/", reading.embed, name="embed"),
]
