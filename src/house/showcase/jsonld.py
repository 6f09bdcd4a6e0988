"""A showcase for machines: schema.org/Article, as everybody sees it."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from house.ground.jsonld import alliance
from house.showcase.content import Content
from house.showcase.models import Picture, Showcase


def schema_org(
    showcase: Showcase, content: Content, pictures: list[Picture], keywords: list[str]
) -> dict[str, Any]:
    url = settings.BASE_URL + showcase.get_absolute_url()
    city = showcase.city
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": url,
        "url": url,
        "headline": content["title"][:110],
        "name": content["title"],
        "description": content["summary"],
        "inLanguage": content["language"],
        "datePublished": showcase.published_at.isoformat() if showcase.published_at else "",
        "dateModified": showcase.changed_at.isoformat() if showcase.changed_at else "",
        "keywords": ", ".join(keywords),
        "isAccessibleForFree": True,
        "author": {
            "@type": "GovernmentOrganization",
            "name": city.name,
            "url": settings.BASE_URL + city.get_absolute_url(),
        },
        "publisher": alliance(),
        "image": [
            settings.BASE_URL
            + reverse("showcase:picture", args=[showcase.slug, each.code, "large"])
            for each in pictures
        ],
    }
