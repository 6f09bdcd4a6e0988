from house.magazine.models.article import LICENCES, Article, Audience
from house.magazine.models.issue import Issue
from house.magazine.models.picture import Picture, Rendition
from house.magazine.models.plan import Plan
from house.magazine.models.review import SecondReader

__all__ = [
    "LICENCES", "Article", "Audience", "Issue", "Picture", "Plan", "Rendition", "SecondReader",
]  # fmt: skip
