"""Saved searches from the page to the inbox: told only to who may read what they found."""

import pytest
from django.urls import reverse

from house.agora import actions
from house.notices import fanning, rhythms
from house.notices.models import Notice, Subscription
from house.partners.viewing import viewer_for

pytestmark = pytest.mark.django_db
WORDS = "heat pumps"


def save(client, words=WORDS):
    return client.post(reverse("notices:add"), {"search": words})


def ask(member, title="Who has shared heat pumps?", **facts):
    post = actions.write_post("question", title, "We begin.", by=viewer_for(member.person), **facts)
    rhythms.keep_up()
    fanning.fan_out()
    return post


def inbox(client):
    return client.get(reverse("notices:inbox")).content.decode()


def test_a_search_is_saved_from_the_results_told_and_left_again(client, member, neighbour):
    client.force_login(neighbour.person)
    link = f"{reverse('notices:settings')}?search=heat%20pumps#more"
    assert link in client.get(reverse("front:search"), {"q": WORDS}).content.decode()
    assert f'value="{WORDS}"' in client.get(link).content.decode()
    save(client)
    assert WORDS in client.get(reverse("notices:settings")).content.decode()

    found, other = ask(member), ask(member, "Who has shared bicycles?")
    text = inbox(client)
    assert found.get_absolute_url() in text
    assert other.get_absolute_url() not in text
    assert "a search that you saved" in text

    client.post(reverse("notices:follow"), {"act": "unfollow", "target": f"search:{WORDS}"})
    assert not Subscription.objects.filter(target__startswith="search:").exists()
    again = ask(member, "More heat pumps?")
    assert again.get_absolute_url() not in inbox(client)


@pytest.mark.parametrize("audience", ["alliance", "city"])
def test_only_what_she_may_read_is_told_or_counted(client_factory, member, neighbour, audience):
    client = client_factory(neighbour.person)
    save(client)
    post = ask(member, audience=audience)
    assert Notice.objects.filter(person=neighbour.person).exists()  # what could leak
    sees = audience == "alliance"
    assert (post.get_absolute_url() in inbox(client)) is sees
    assert ("heat pumps?" in inbox(client)) is sees
    bell = client.get(reverse("notices:bell")).content.decode()
    assert ("1 unread" in bell) is sees


@pytest.mark.parametrize("words", ["x", "???", "-bicycles", "w" * 151])
def test_words_that_could_find_nothing_are_refused_and_kept(client, member, words):
    client.force_login(member.person)
    answer = save(client, words)
    assert answer.status_code == 422
    assert words[:50] in answer.content.decode()
    assert not Subscription.objects.filter(target__startswith="search:").exists()
