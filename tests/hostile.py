"""Titles and names that try to be more than words."""

TITLES = [
    "Z̸̢̛͎̲͗͊̚a̵͔͐l̷̰̈g̶͕̏o̴͙͝", "\u202eSeminar\u202c", "مقاعد الدراجات", "סמינר על אופניים", "<b>Bikes</b>; DROP, \\n",
    "Bikes\r\nATTENDEE:mailto:evil@evil.example", "Bikes\u2028BEGIN:VALARM", "Bikes\r\nBcc: all@evil.example",
    "x" * 200,
]  # fmt: skip


def parts_of(message):
    """A mail's texts by their type, as its receiver's program decodes them."""
    return {
        part.get_content_type(): part.get_payload(decode=True).decode()
        for part in message.walk()
        if part.get_content_maintype() == "text"
    }


def is_plain(message, to):
    """No words of ours became a header, markup or marks that turn the text around."""
    texts = parts_of(message)
    everything = "".join([*texts.values(), str(message["Subject"])])
    return (
        message["Bcc"] is None
        and message["Cc"] is None
        and message["To"] == to
        and "<b>Bikes" not in texts["text/html"]
        and not set("\u202e\u202c\u2028") & set(everything.replace("\\u2028", ""))
    )
