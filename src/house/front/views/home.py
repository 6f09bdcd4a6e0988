from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from house.front.queries import cities_with_population


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "front/home.html", {"cities": cities_with_population(request.viewer)})
