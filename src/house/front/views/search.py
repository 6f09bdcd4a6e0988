from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    return render(request, "front/search.html", {"q": request.GET.get("q", "")})


@require_safe
def suggest_titles(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"items": []})
