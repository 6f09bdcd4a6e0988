from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from house.access.routes import OPEN, route
from house.front.queries import entries_about, topic_tree
from house.vocabulary.models import Topic


@require_safe
@route(OPEN)
def topic_list(request: HttpRequest) -> HttpResponse:
    return render(request, "front/topic_list.html", {"tree": topic_tree(request.viewer)})


@require_safe
@route(OPEN)
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    topics = Topic.objects.visible_to(request.viewer)
    found = get_object_or_404(topics.select_related("broader"), slug=slug)
    context = {
        "topic": found,
        "narrower": topics.filter(broader=found),
        "page": Paginator(entries_about(found, request.viewer), 20).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "front/topic.html", context)
