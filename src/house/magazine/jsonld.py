"""What everybody may read of the magazine, for machines: schema.org Article, PublicationIssue, Periodical."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from house.ground.jsonld import alliance
from house.magazine.models import Article, Issue


def of_issue(issue: Issue) -> dict[str, Any]:
    url = settings.BASE_URL + issue.get_absolute_url()
    return {
        "@context": "https://schema.org",
        "@type": "PublicationIssue",
        "@id": url,
        "url": url,
        "name": issue.title,
        "issueNumber": issue.number,
        "datePublished": issue.month.isoformat(),
        "isPartOf": {
            "@type": "Periodical",
            "name": "The magazine of the Sharing Cities Alliance",
            "url": settings.BASE_URL + reverse("magazine:issue_list"),
        },
        "publisher": alliance(),
    }


def of_article(article: Article, issue: Issue) -> dict[str, Any]:
    """`article` as it may be shown now (`reading.as_shown`): what was taken back is not told here either."""
    url = settings.BASE_URL + article.get_absolute_url()
    published, changed = article.first_published_at, article.last_published_at
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": url,
        "url": url,
        "headline": article.shown_title[:110],
        "name": article.shown_title,
        "description": article.shown_teaser,
        "inLanguage": article.language,
        "datePublished": published.isoformat() if published else "",
        "dateModified": changed.isoformat() if changed else "",
        "articleSection": article.section,
        "keywords": ", ".join(topic.label() for topic in article.topics.all()),
        "spatialCoverage": [city.name for city in article.shown_cities],
        "creditText": article.byline,
        "license": article.licence,
        "isAccessibleForFree": True,
        "isPartOf": {
            "@type": "PublicationIssue",
            "@id": settings.BASE_URL + issue.get_absolute_url(),
            "issueNumber": issue.number,
        },
        "publisher": alliance(),
    }
