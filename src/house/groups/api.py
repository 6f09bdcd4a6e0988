"""Working groups for programs: what their pages show to whoever calls, and their tasks."""

import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from ninja.responses import Status

from house.access.viewer import Viewer
from house.ground.paging import page_of
from house.groups import actions
from house.groups.access import read_by_circle
from house.groups.actions import About
from house.groups.models import Group, Member, Page, Task, cities_of
from house.partners.calling import Calling
from house.vocabulary.models import Topic

router = Router()


class GroupFilters(Schema):
    state: str = ""
    topic: str = ""
    mine: bool = False
    cursor: str = ""


class GroupIn(Schema):
    name: str
    problem: str
    aim: str
    starts_on: datetime.date
    ends_on: datetime.date
    language: str = "en"
    topics: list[str] = []
    audience: str = "circle"
    is_hidden: bool = False


class CityRef(Schema):
    code: str
    slug: str
    name: str


class GroupOut(Schema):
    id: str
    url: str
    name: str
    problem: str
    aim: str
    language: str
    topics: list[str]
    state: str
    starts_on: datetime.date
    ends_on: datetime.date
    cities: list[CityRef]
    result: str
    learned: str
    outcome: str


class MemberOut(Schema):
    name: str
    city: str
    is_lead: bool


class GroupDetailOut(GroupOut):
    """`page` is null for whoever does not read it, `members` for whoever is outside the circle."""

    page: str | None
    version: int | None
    members: list[MemberOut] | None


class GroupList(Schema):
    items: list[GroupOut]
    next: str | None


class TaskIn(Schema):
    title: str
    text: str = ""
    due_on: datetime.date | None = None
    mine: bool = False


class TaskOut(Schema):
    id: str
    title: str
    text: str
    owner: str
    due_on: datetime.date | None
    is_done: bool
    is_overdue: bool


class TaskList(Schema):
    items: list[TaskOut]
    next: str | None


@router.get("", response=GroupList, operation_id="groups_list", auth=Calling("agora.read"))
def groups(request: HttpRequest, asked: Query[GroupFilters]) -> dict[str, Any]:
    """Groups that the caller may know of, those at work first."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined] -- set by ninja
    found = Group.objects.visible_to(viewer).for_cards()
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.topic:
        found = found.filter(topics=asked.topic)
    if asked.mine:
        # every row: the caller's own, of groups behind their door
        hers = Member.objects.filter(person=viewer.person_id).now()
        found = found.filter(pk__in=hers.values("group"))
    page = page_of(found, asked.cursor, lambda group: {"group": group})
    rows = [row["group"] for row in page["items"]]
    cities = cities_of(rows)
    return {"items": [card(group, cities[group.pk]) for group in rows], "next": page["next"]}


@router.post(
    "", response={201: GroupOut}, operation_id="groups_create", auth=Calling("agora.write")
)
def group_create(request: HttpRequest, told: GroupIn) -> Status[dict[str, Any]]:
    """Begin a group for the caller's city, led by her."""
    # every row: topics are open to all
    topics = tuple(Topic.objects.filter(pk__in=told.topics))
    about = About(**{**told.dict(), "topics": topics})
    group = actions.create_group(about, by=request.auth)  # type: ignore[attr-defined]
    return Status(201, card(group, cities_of([group])[group.pk]))


@router.get(
    "/{code}", response=GroupDetailOut, operation_id="groups_group", auth=Calling("agora.read")
)
def group(request: HttpRequest, code: str) -> dict[str, Any]:
    """One group, with its page and members as far as the caller reads them."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    found = get_object_or_404(Group.objects.visible_to(viewer), code=code)
    page = Page.objects.visible_to(viewer).filter(pk=found.pk).first()
    members = None
    if read_by_circle(viewer).filter(pk=found.pk).exists():
        rows = Member.objects.visible_to(viewer).filter(group=found).now().for_list()
        members = [
            {
                "name": row.person.name,
                "city": row.city.label() if row.city else "",
                "is_lead": row.is_lead,
            }
            for row in rows
        ]
    return {
        **card(found, cities_of([found])[found.pk]),
        "page": page.html if page else None,
        "version": page.number if page else None,
        "members": members,
    }


@router.get(
    "/{code}/tasks", response=TaskList, operation_id="groups_tasks", auth=Calling("agora.read")
)
def group_tasks(request: HttpRequest, code: str, cursor: str = "") -> dict[str, Any]:
    """Tasks of a group in whose circle the caller is, open ones first."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    found = get_object_or_404(read_by_circle(viewer), code=code)
    tasks = Task.objects.visible_to(viewer).filter(group=found).for_list()
    return page_of(tasks, cursor, told_of)


@router.post(
    "/{code}/tasks",
    response={201: TaskOut},
    operation_id="groups_add_task",
    auth=Calling("agora.write"),
)
def group_add_task(request: HttpRequest, code: str, told: TaskIn) -> Status[dict[str, Any]]:
    """Add a task; `mine` takes it oneself."""
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    found = get_object_or_404(read_by_circle(viewer), code=code)
    members = Member.objects.visible_to(viewer).filter(group=found, person=viewer.person_id)
    task = actions.add_task(
        found,
        by=viewer,
        title=told.title,
        text=told.text,
        due_on=told.due_on,
        owner=members.now().first() if told.mine else None,
    )
    return Status(201, told_of(task))


@router.post(
    "/{code}/tasks/{task}/done",
    response=TaskOut,
    operation_id="groups_finish_task",
    auth=Calling("agora.write"),
)
def group_task_done(request: HttpRequest, code: str, task: str) -> dict[str, Any]:
    viewer: Viewer = request.auth  # type: ignore[attr-defined]
    tasks = Task.objects.visible_to(viewer).select_related("group", "owner")
    found = get_object_or_404(tasks, code=task, group__code=code)
    return told_of(actions.finish_task(found, by=viewer))


def card(found: Group, cities: list[Any]) -> dict[str, Any]:
    return {
        "id": found.code,
        "url": found.get_absolute_url(),
        "name": found.name,
        "problem": found.problem,
        "aim": found.aim,
        "language": found.language,
        "topics": [topic.pk for topic in found.topics.all()],
        "state": found.state,
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
        "cities": cities,
        "result": found.result,
        "learned": found.learned,
        "outcome": found.outcome,
    }


def told_of(task: Task) -> dict[str, Any]:
    return {
        "id": task.code,
        "title": task.title,
        "text": task.text,
        "owner": task.owner.name if task.owner else "",
        "due_on": task.due_on,
        "is_done": task.done_at is not None,
        "is_overdue": task.is_overdue(),
    }
