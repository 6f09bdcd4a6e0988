"""Files beside the page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import allow
from house.access.routes import route
from house.ground import files
from house.ground.errors import Refused
from house.groups import actions
from house.groups.forms import FileForm
from house.groups.models import GroupFile
from house.groups.views.frame import frame, group_or_404, inside_or_404, tie


@require_http_methods(["GET", "HEAD", "POST"])
@route("agora.read", acts="agora.write")
def file_list(request: HttpRequest, code: str) -> HttpResponse:
    group = inside_or_404(request, code)
    form = FileForm()
    if request.method == "POST":
        allow(request.viewer, "work", group)
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            told = form.cleaned_data
            try:
                actions.add_file(group, told["file"], by=request.viewer, label=told["label"])
            except Refused as refused:
                tie(form, refused, "file")
            else:
                messages.success(request, _("The file is beside the page."))
                return redirect("groups:file_list", code)
    kept = GroupFile.objects.visible_to(request.viewer).filter(group=group)
    context = {
        **frame(request, group, "file_list"),
        "form": form,
        "files": kept.select_related("uploaded_by", "uploaded_by__city"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "groups/file_list.html", context, status=status)


@require_safe
@route("agora.read")
def file(request: HttpRequest, code: str, file: str) -> HttpResponseBase:
    group = group_or_404(request, code)
    kept = GroupFile.objects.visible_to(request.viewer).filter(group=group)
    found = get_object_or_404(kept, code=file)
    return files.attachment(found.file, name=found.name, media_type=found.media_type)


@require_POST
@route("agora.write")
def file_remove(request: HttpRequest, code: str, file: str) -> HttpResponse:
    group = group_or_404(request, code)
    kept = GroupFile.objects.visible_to(request.viewer).filter(group=group)
    actions.remove_file(get_object_or_404(kept, code=file), by=request.viewer)
    messages.success(request, _("The file is gone."))
    return redirect("groups:file_list", code)
