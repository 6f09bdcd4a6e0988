"""What happened in the groups, in words for one receiver. Each begins at her door."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from house.access.viewer import Viewer
from house.ground.text import shorten
from house.groups.models import Admission, Group, Meeting, Member, Page, State, Task
from house.notices.happenings import Kind, Told, register

Tellings = Mapping[int, Told]


def _url(group: Group, fragment: str = "") -> str:
    return group.get_absolute_url() + (f"#{fragment}" if fragment else "")


def _formed(pks: Sequence[int], viewer: Viewer) -> Tellings:
    return {
        group.pk: Told(
            _("A working group forms: %(name)s") % {"name": group.name},
            _url(group),
            shorten(group.aim, 200),
            language=group.language,
        )
        for group in Group.objects.visible_to(viewer).filter(pk__in=pks)
    }


def _started(pks: Sequence[int], viewer: Viewer) -> Tellings:
    return {
        group.pk: Told(
            _("%(name)s has begun") % {"name": group.name},
            _url(group),
            _("Until %(day)s.") % {"day": date_format(group.ends_on, "j F Y")},
            language=group.language,
        )
        for group in Group.objects.visible_to(viewer).filter(pk__in=pks)
    }


def _over(pks: Sequence[int], viewer: Viewer) -> Tellings:
    return {
        group.pk: Told(
            _("%(name)s has a result") % {"name": group.name}
            if group.state == State.ENDED
            else _("%(name)s ended, and says what it learned") % {"name": group.name},
            _url(group, "result"),
            shorten(group.result or group.learned, 200),
            language=group.language,
        )
        for group in Group.objects.visible_to(viewer).filter(pk__in=pks)
    }


def _term(pks: Sequence[int], viewer: Viewer) -> Tellings:
    return {
        group.pk: Told(
            _("The term of %(name)s ends on %(day)s") % {"name": group.name, "day": group.ends_on},
            reverse("groups:group_end", args=[group.code]),
            _("Move its end, or say what came of it: also when nothing did."),
            language=group.language,
        )
        for group in Group.objects.visible_to(viewer).open().filter(pk__in=pks)
    }


def _written(pks: Sequence[int], viewer: Viewer) -> Tellings:
    pages = Page.objects.visible_to(viewer).filter(pk__in=pks).select_related("group")
    return {
        page.pk: Told(
            _("The page of %(name)s goes on") % {"name": page.group.name},
            reverse("groups:page_history", args=[page.group.code]),
            _("Version %(number)d") % {"number": page.number},
            language=page.group.language,
        )
        for page in pages
    }


def _admissions(pks: Sequence[int], viewer: Viewer) -> Sequence[Admission]:
    found = Admission.objects.visible_to(viewer).filter(pk__in=pks)
    return list(found.select_related("group", "person", "city", "made_by"))


def _invited(pks: Sequence[int], viewer: Viewer) -> Tellings:
    return {
        each.pk: Told(
            _("You are invited to the working group %(name)s") % {"name": each.group.name},
            _url(each.group, "join"),
            shorten(each.text or each.group.aim, 200),
            credit=each.made_by.name if each.made_by else "",
            language=each.group.language,
        )
        for each in _admissions(pks, viewer)
        if not each.answer and each.person_id == viewer.person_id
    }


def _asked(pks: Sequence[int], viewer: Viewer) -> Tellings:
    return {
        each.pk: Told(
            _("%(who)s asks to join %(name)s") % {"who": each.person.name, "name": each.group.name},
            _url(each.group, "waiting"),
            shorten(each.text, 200),
            credit=each.city.label() if each.city else "",
            language=each.group.language,
        )
        for each in _admissions(pks, viewer)
        if not each.answer
    }


def _answered(pks: Sequence[int], viewer: Viewer) -> Tellings:
    told = {}
    for each in _admissions(pks, viewer):
        name, yes = each.group.name, each.answer == Admission.Answer.YES
        if each.person_id == viewer.person_id:
            title = _("You are in: %(name)s") if yes else _("%(name)s did not take you in")
        else:
            title = _("%(who)s joins %(name)s") if yes else _("%(who)s does not join %(name)s")
        told[each.pk] = Told(
            title % {"name": name, "who": each.person.name},
            _url(each.group),
            language=each.group.language,
        )
    return told


def _members(pks: Sequence[int], viewer: Viewer) -> Sequence[Member]:
    found = Member.objects.visible_to(viewer).filter(pk__in=pks, person_id=viewer.person_id)
    return list(found.select_related("group"))


def _leads(pks: Sequence[int], viewer: Viewer) -> Tellings:
    return {
        each.pk: Told(
            _("You lead %(name)s now") % {"name": each.group.name},
            _url(each.group),
            _("You invite, answer who asks to join, and say at the end what came of it."),
            language=each.group.language,
        )
        for each in _members(pks, viewer)
        if each.is_lead and each.left_at is None
    }


def _removed(pks: Sequence[int], viewer: Viewer) -> Tellings:
    return {
        each.pk: Told(
            _("You are no longer in %(name)s") % {"name": each.group.name},
            reverse("groups:group_list"),
            _("A lead of the group has taken you out. What you wrote there stays."),
            language=each.group.language,
        )
        for each in _members(pks, viewer)
        if each.left_at is not None
    }


def _tasks(pks: Sequence[int], viewer: Viewer) -> Sequence[Task]:
    return list(Task.objects.visible_to(viewer).filter(pk__in=pks).select_related("group"))


def _task_told(task: Task, title: str) -> Told:
    return Told(
        title % {"task": task.title},
        reverse("groups:task", args=[task.group.code, task.code]),
        _("Due on %(day)s, in %(name)s") % {"day": task.due_on, "name": task.group.name}
        if task.due_on
        else task.group.name,
        language=task.group.language,
    )


def _task(pks: Sequence[int], viewer: Viewer) -> Tellings:
    return {
        task.pk: _task_told(task, _("Your task: %(task)s"))
        for task in _tasks(pks, viewer)
        if task.owner_id == viewer.person_id and task.done_at is None
    }


def _task_due(pks: Sequence[int], viewer: Viewer) -> Tellings:
    return {
        task.pk: _task_told(
            task, _("Overdue: %(task)s") if task.is_overdue() else _("Soon due: %(task)s")
        )
        for task in _tasks(pks, viewer)
        if task.owner_id == viewer.person_id and task.done_at is None
    }


def _task_done(pks: Sequence[int], viewer: Viewer) -> Tellings:
    return {
        task.pk: _task_told(task, _("Done: %(task)s"))
        for task in _tasks(pks, viewer)
        if task.done_at is not None
    }


def _minutes(pks: Sequence[int], viewer: Viewer) -> Tellings:
    found = Meeting.objects.visible_to(viewer).filter(pk__in=pks).select_related("group")
    return {
        meeting.pk: Told(
            _("Minutes of %(title)s") % {"title": meeting.title},
            meeting.get_absolute_url(),
            shorten(meeting.minutes, 200),
            language=meeting.group.language,
        )
        for meeting in found
        if meeting.minutes
    }


def register_kinds() -> None:
    for name, label, model, told in (
        ("groups.formed", gettext_lazy("A working group forms"), Group, _formed),
        ("groups.started", gettext_lazy("A working group begins"), Group, _started),
        ("groups.over", gettext_lazy("A working group ends"), Group, _over),
        ("groups.term", gettext_lazy("The term of a working group ends"), Group, _term),
        ("groups.written", gettext_lazy("A working group writes"), Page, _written),
        ("groups.invited", gettext_lazy("An invitation to a working group"), Admission, _invited),
        ("groups.asked", gettext_lazy("Somebody asks to join a working group"), Admission, _asked),
        ("groups.answered", gettext_lazy("An answer about joining a working group"), Admission, _answered),
        ("groups.leads", gettext_lazy("Leading a working group"), Member, _leads),
        ("groups.removed", gettext_lazy("Leaving a working group"), Member, _removed),
        ("groups.task", gettext_lazy("A task in a working group"), Task, _task),
        ("groups.task_due", gettext_lazy("A task in a working group falls due"), Task, _task_due),
        ("groups.task_done", gettext_lazy("A task in a working group is done"), Task, _task_done),
        ("groups.minutes", gettext_lazy("Minutes of a working group"), Meeting, _minutes),
    ):  # fmt: skip
        register(Kind(name, label, model, "agora.read", "groups", told))
