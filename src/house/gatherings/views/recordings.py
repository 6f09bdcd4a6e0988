"""Recordings: watching and searching one, looking after it, and the question to who speaks in it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from house.access.doors import allow, may
from house.access.routes import SIGNED_IN, route
from house.gatherings.actions import recordings as acts
from house.gatherings.after import published
from house.gatherings.forms.after import (
    ChaptersForm,
    EvidenceForm,
    MediaForm,
    RecordingForm,
    TranscriptForm,
    VoiceForm,
)
from house.gatherings.models import Recording, Session, Voice
from house.gatherings.queries_after import found_inside, people_of
from house.gatherings.views.after import READ, own_event_or_404, page_of, trail_to
from house.ground import files
from house.ground.captions import reading
from house.ground.captions.reasons import sentence
from house.ground.captions.webvtt import write_vtt
from house.ground.errors import Forbidden, Refused
from house.ground.unreadable import Unreadable


def recording_or_404(request: HttpRequest, slug: str, code: str) -> Recording:
    found: Recording = get_object_or_404(
        Recording.objects.visible_to(request.viewer)
        .select_related("event", "session")
        .filter(event__slug=slug),
        code=code,
    )
    return found


@require_safe
@route(READ)
def recording(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Player, chapters, transcript; `inside` looks for words, also without a script."""
    found = recording_or_404(request, slug, code)
    shown = published.of(found, acts.voices_of(found))
    words = request.GET.get("inside", "")[:80]
    context = {
        "recording": found,
        "event": found.event,
        "trail": trail_to(found.event),
        "shown": shown,
        "transcript": {"cues": shown.cues, "language": found.language} if shown.cues else None,
        "media": media_of(found) if shown.has_media else None,
        "poster": _poster_url(found) if found.poster and shown.has_media else "",
        "doubt": sentence(found.doubt["code"], found.doubt["facts"]) if found.doubt else "",
        "captions_url": _address("recording_vtt", found),
        "words": words,
        "inside": found_inside(shown.cues, words),
        "may_edit": may(request.viewer, "edit", found),
    }
    return render(request, "gatherings/after/recording.html", context)


def media_of(found: Recording) -> dict[str, Any]:
    """As the player's template takes it."""
    if found.file:
        url = _address("recording_media", found)
        return {"url": url, "media_type": found.media_type, "is_here": True}
    return {"url": found.url, "media_type": "", "is_here": False}


def _address(name: str, found: Recording) -> str:
    return reverse(f"gatherings:{name}", args=[found.event.slug, found.code])


def _poster_url(found: Recording) -> str:
    return _address("recording_poster", found)


@require_safe
@route(SIGNED_IN)
def recording_media(request: HttpRequest, slug: str, code: str) -> HttpResponseBase:
    """Sound or film, in ranges: for readers once everybody has agreed, before that for its makers."""
    found = recording_or_404(request, slug, code)
    if not found.file or not _may_hear(request, found):
        raise Http404
    return files.playable(
        request, found.file, name=found.name, media_type=found.media_type, size=found.size
    )


def _may_hear(request: HttpRequest, found: Recording) -> bool:
    """Those who look after it, and whoever speaks in it: she must hear what she agrees to."""
    if may(request.viewer, "edit", found):
        return True
    speaks = Voice.objects.visible_to(request.viewer).filter(
        recording=found, person=request.viewer.person_id
    )
    return published.of(found, acts.voices_of(found)).has_media or speaks.exists()


@require_safe
@route(READ)
def recording_poster(request: HttpRequest, slug: str, code: str) -> HttpResponseBase:
    found = recording_or_404(request, slug, code)
    if not found.poster or not _may_hear(request, found):
        raise Http404
    name = str(found.poster.name).rsplit("/", 1)[-1]
    ending = name.rsplit(".", 1)[-1].lower()
    kind = {"jpg": "jpeg"}.get(ending, ending)
    return files.attachment(found.poster, name=name, media_type=f"image/{kind}", inline=True)


@require_safe
@route(READ)
def recording_vtt(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Captions of those who agreed."""
    found = recording_or_404(request, slug, code)
    shown = published.of(found, acts.voices_of(found))
    if not shown.cues:
        raise Http404
    return HttpResponse(write_vtt(shown.cues), content_type="text/vtt; charset=utf-8")


# -- Looking after one ----------------------------------------------------------------------------


@require_POST
@route(READ)
def recording_new(request: HttpRequest, slug: str) -> HttpResponse:
    event = own_event_or_404(request, slug)
    sessions = list(Session.objects.visible_to(request.viewer).filter(event=event))
    form = RecordingForm(request.POST, sessions=sessions, auto_id="recording_%s")
    if not form.is_valid():
        return page_of(request, event, recording_form=form)
    told = dict(form.cleaned_data)
    code = told.pop("session", "")
    session = next((each for each in sessions if each.code == code), None)
    made = acts.add_recording(event, by=request.viewer, session=session, **told)
    messages.success(
        request, _("Now bring the sound, the transcript and the answers of who speaks.")
    )
    return redirect("gatherings:recording_edit", slug, made.code)


@require_safe
@route(READ)
def recording_edit(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    found = recording_or_404(request, slug, code)
    allow(request.viewer, "edit", found)
    return edit_page(request, found)


def edit_page(request: HttpRequest, found: Recording, **bound: Any) -> HttpResponse:
    voices = acts.voices_of(found)
    shown = published.of(found, voices)
    lines = ChaptersForm.told(found.chapters)
    counts = {voice.label: 0 for voice in voices}
    for cue in found.cues:
        counts[cue["speaker"]] = counts.get(cue["speaker"], 0) + 1
    context: dict[str, Any] = {
        "recording": found,
        "event": found.event,
        "trail": trail_to(found.event),
        "shown": shown,
        "voices": [(voice, counts.get(voice.label, 0)) for voice in voices],
        "may_ask": any(v.person_id and v.consent == "waiting" for v in voices),
        "media_form": MediaForm(
            auto_id="media_%s", initial={"url": found.url, "licence": found.licence}
        ),
        "transcript_form": TranscriptForm(auto_id="transcript_%s"),
        "chapters_form": ChaptersForm(auto_id="chapters_%s", initial={"lines": lines}),
        "voice_form": VoiceForm(auto_id="voice_%s", people=people_of(found, request.viewer)),
        "doubt": sentence(found.doubt["code"], found.doubt["facts"]) if found.doubt else "",
        **bound,
    }
    status = 422 if bound else 200
    return render(request, "gatherings/after/recording_edit.html", context, status=status)


@require_POST
@route(READ)
def recording_act(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One press on the page of who looks after it: `act` says which."""
    found = recording_or_404(request, slug, code)
    allow(request.viewer, "edit", found)
    act = request.POST.get("act", "")
    if act in _FORMS:
        return _by_form(request, found, act)
    verbs: dict[str, tuple[Callable[..., Any], str]] = {
        "ask": (acts.ask_voices, _("The speakers are asked by letter.")),
        "share": (acts.share_recording, _("Readers of the event may watch and search it now.")),
        "unshare": (acts.unshare_recording, _("Only those who look after the event see it now.")),
        "cut": (acts.say_cut, _("Noted: those parts are no longer in the film.")),
        "offer": (acts.offer_recording, _("ALEX is offered it; the curators look at it next.")),
    }
    if act not in verbs:
        raise Http404
    verb, said = verbs[act]
    try:
        verb(found, by=request.viewer)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, f"{refused.message} {refused.remedy}".strip())
    else:
        messages.success(request, said)
    return redirect("gatherings:recording_edit", slug, code)


def _by_form(request: HttpRequest, found: Recording, act: str) -> HttpResponse:
    form, take = _FORMS[act]
    more = {"people": people_of(found, request.viewer)} if form is VoiceForm else {}
    bound: Any = form(request.POST, request.FILES, auto_id=f"{act}_%s", **more)
    if bound.is_valid():
        try:
            told = bound.cleaned_data | ({"person": bound.chosen} if more else {})
            said = take(request, found, told)
        except Forbidden:
            raise
        except Unreadable as why:
            bound.add_error("file", sentence(why.code, why.facts))
        except Refused as refused:
            name = "file" if "file" in bound.fields else None
            bound.add_error(name, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, said)
            return redirect("gatherings:recording_edit", found.event.slug, found.code)
    return edit_page(request, found, **{f"{act}_form": bound})


def _take_media(request: HttpRequest, found: Recording, told: dict[str, Any]) -> str:
    file: UploadedFile | None = told["file"]
    if told["poster"]:
        poster = told["poster"]
        acts.set_poster(found, poster.read(), by=request.viewer, name=str(poster.name))
    if file or told["url"] or told["licence"] != found.licence:
        acts.set_media(
            found,
            by=request.viewer,
            file=file,
            media_type=(file.content_type or "") if file else "",
            url=told["url"],
            licence=told["licence"],
        )
    return _("It is there. Readers hear it once everybody who speaks has agreed.")


def _take_transcript(request: HttpRequest, found: Recording, told: dict[str, Any]) -> str:
    file = told["file"]
    heard = reading.read(file.read(), str(file.name))
    acts.keep_transcript(
        found, heard, by=request.viewer, language=told["language"], certain=told["certain"]
    )
    return _(
        "The transcript is there. Say below who each voice is, and ask whose answer is missing."
    )


def _take_chapters(request: HttpRequest, found: Recording, told: dict[str, Any]) -> str:
    acts.set_chapters(found, told["lines"], by=request.viewer)
    return _("The chapters are saved.")


def _take_voice(request: HttpRequest, found: Recording, told: dict[str, Any]) -> str:
    acts.add_voice(found, by=request.viewer, name=told["name"], person=told["person"])
    return _("She is on the list. Ask her next.")


_FORMS: dict[str, tuple[Any, Callable[[HttpRequest, Recording, dict[str, Any]], str]]] = {
    "media": (MediaForm, _take_media),
    "transcript": (TranscriptForm, _take_transcript),
    "chapters": (ChaptersForm, _take_chapters),
    "voice": (VoiceForm, _take_voice),
}


# -- Voices ---------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@route(READ)
def voice_edit(request: HttpRequest, slug: str, code: str, voice: str) -> HttpResponse:
    """Who it is that speaks; for somebody without an account, her answer and how it is known."""
    found = recording_or_404(request, slug, code)
    allow(request.viewer, "edit", found)
    one = get_object_or_404(
        Voice.objects.visible_to(request.viewer).filter(recording=found).select_related("person"),
        code=voice,
    )
    one.recording = found
    act = request.POST.get("act", "")
    initial = {"name": one.name, "person": one.person.code if one.person else ""}
    people = people_of(found, request.viewer)
    naming = VoiceForm(request.POST if act == "name" else None, initial=initial, people=people)
    noting = EvidenceForm(request.POST if act == "note" else None, auto_id="note_%s")
    if request.method == "POST":
        answer = _voice_act(request, one, act, naming, noting)
        if answer is not None:
            return answer
    context = {
        "recording": found, "event": found.event, "voice": one, "naming": naming, "noting": noting,
        "trail": [*trail_to(found.event), (_address("recording_edit", found), found.title)],
        "lines": [cue for cue in found.cues if cue["speaker"] == one.label][:5],
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "gatherings/after/voice_edit.html", context, status=status)


def _voice_act(
    request: HttpRequest, one: Voice, act: str, naming: VoiceForm, noting: EvidenceForm
) -> HttpResponse | None:
    """None where the page is to be shown again with what is wrong."""
    viewer = request.viewer
    form = naming if act == "name" else noting
    if act in {"name", "note"} and not form.is_valid():
        return None
    try:
        if act == "name":
            acts.name_voice(one, by=viewer, name=naming.cleaned_data["name"], person=naming.chosen)
        elif act == "note":
            told = noting.cleaned_data
            acts.record_voice(one, told["agrees"] == "yes", told["evidence"], by=viewer)
        elif act == "drop":
            acts.drop_voice(one, by=viewer)
        else:
            raise Http404
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, f"{refused.message} {refused.remedy}".strip())
        return None
    messages.success(request, _("Saved."))
    return redirect("gatherings:recording_edit", one.recording.event.slug, one.recording.code)


@require_http_methods(["GET", "HEAD", "POST"])
@route(SIGNED_IN)
def voice(request: HttpRequest, code: str) -> HttpResponse:
    """The question to who speaks, with her own lines and the sound. She may come back and change her mind."""
    found = get_object_or_404(
        Voice.objects.visible_to(request.viewer)
        .filter(person=request.viewer.person_id)
        .select_related("recording__event"),
        code=code,
    )
    if request.method == "POST" and request.POST.get("answer") in {"yes", "no"}:
        agrees = request.POST["answer"] == "yes"
        acts.answer_voice(found, agrees, by=request.viewer)
        said = (
            _("Thank you. Your part is shown.") if agrees else _("Noted. Your part is not shown.")
        )
        messages.success(request, said)
        return redirect("gatherings:voice", code)
    recorded = found.recording
    context = {
        "voice": found,
        "recording": recorded,
        "event": recorded.event,
        "media": media_of(recorded) if recorded.has_media else None,
        "lines": [cue for cue in recorded.cues if cue["speaker"] == found.label],
        "media_address": _address("recording_media", recorded),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "gatherings/after/voice.html", context, status=status)
