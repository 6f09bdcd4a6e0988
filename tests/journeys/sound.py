import io
import wave

from django.core.files.uploadedfile import SimpleUploadedFile


def silence(seconds):
    """A WAV file of nothing, small enough to make here; browsers play it whatever it is called."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(3000)
        sound.writeframes(b"\x80" * 3000 * seconds)
    return SimpleUploadedFile("silence.wav", out.getvalue(), content_type="audio/ogg")
