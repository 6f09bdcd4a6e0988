"""Files of a draft: attachments, the recording itself, its transcript."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from house.access.doors import allow
from house.access.routes import SIGNED_IN, route
from house.alex import actions
from house.alex.content import Content
from house.alex.forms import FileForm
from house.alex.importing.reading import read_data
from house.alex.importing.reasons import sentence
from house.alex.importing.records import Refusal
from house.alex.models import Attachment, Entry
from house.alex.views import desk
from house.alex.views.reading import entry_or_404
from house.alex.views.rescue import led_to_sign_in
from house.ground.errors import Forbidden, Refused
from house.partners import rights

_LARGEST_TRANSCRIPT = 5 * 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN, stranger=led_to_sign_in)
def entry_files(request: HttpRequest, slug: str) -> HttpResponse:
    """Lists the draft's files, takes one more, or leaves one out of the next version."""
    entry = entry_or_404(request, slug)
    allow(request.viewer, "edit", entry)
    rights.require(request.viewer, "alex.write")
    content, revision = desk.text_of(entry, request.viewer)
    form = FileForm()
    if request.method == "POST" and "remove" in request.POST:
        _save(request, entry, _without(content, request.POST["remove"]), revision)
        return redirect("alex:entry_files", slug)
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES)
        if form.is_valid() and _take(request, entry, form, content, revision):
            messages.success(request, _("The file is with your draft."))
            return redirect("alex:entry_files", slug)
    files = Attachment.objects.visible_to(request.viewer).filter(entry=entry)
    media = content["fields"].get("media", {}).get("attachment")
    context: dict[str, Any] = {
        "entry": entry,
        "form": form,
        "files": [each for each in files if each.code in content["attachments"]],
        "media": next((each for each in files if each.code == media), None),
        "has_transcript": bool(content["fields"].get("transcript")),
        "is_recording": entry.kind == "recording",
    }
    return render(request, "alex/entry_files.html", context, status=422 if form.errors else 200)


def _take(
    request: HttpRequest, entry: Entry, form: FileForm, content: Content, revision: int
) -> bool:
    """Keep the file and name it in the draft; a refusal is tied to the form."""
    told = form.cleaned_data
    file = told["file"]
    use = request.POST.get("use", "attachment") if entry.kind == "recording" else "attachment"
    fields = dict(content["fields"])
    try:
        if use == "transcript":
            cues = _cues_of(file)
            kept = actions.keep_transcript(
                entry, cues, by=request.viewer, language=content["language"]
            )
            fields["transcript"] = kept.code
            change: dict[str, Any] = {"fields": fields}
        else:
            attached = actions.attach_file(
                entry,
                file,
                by=request.viewer,
                media_type=file.content_type or "",
                label=told["label"],
                licence=told["licence"],
            )
            fields["media"] = {"attachment": attached.code}
            change = (
                {"fields": fields}
                if use == "media"
                else {"attachments": [*content["attachments"], attached.code]}
            )
        _save(request, entry, change, revision)
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error("file", f"{refused.message} {refused.remedy}".strip())
        return False
    return True


def _cues_of(file: UploadedFile) -> list[dict[str, Any]]:
    """Raises `Refused` with the importer's own sentence where the file is no transcript."""
    if (file.size or 0) > _LARGEST_TRANSCRIPT:
        raise Refused(_("A transcript is a text of at most 5 MB."))
    name, data = str(file.name), file.read()
    ending = name.rpartition(".")[2].lower()
    if ending not in {"vtt", "srt", "json"}:
        raise Refused(_("A transcript is a WebVTT, SRT or JSON file."))
    for found in read_data(data, name, ending):
        if isinstance(found, Refusal):
            raise Refused(sentence(found.code, found.facts))
        if found.cues:
            return [asdict(cue) for cue in found.cues]
    raise Refused(_("The transcript says nothing."))


def _save(request: HttpRequest, entry: Entry, change: dict[str, Any], revision: int) -> None:
    actions.save_draft(entry, change, by=request.viewer, revision=revision)


def _without(content: Content, code: str) -> dict[str, Any]:
    fields = dict(content["fields"])
    if fields.get("media", {}).get("attachment") == code:
        del fields["media"]
    if code == "transcript":
        fields.pop("transcript", None)
    return {
        "fields": fields,
        "attachments": [each for each in content["attachments"] if each != code],
    }
