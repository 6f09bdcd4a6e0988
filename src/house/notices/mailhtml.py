"""HTML as mail programs draw it: tables, and every style on its element.

Outlook draws with Word's engine and many programs drop style sheets, so the styles of a class are
written on each element when a mail is made; the pages of the house never carry such. A sheet in the
head serves those that read it: dark mode, and narrow screens. Sizes are in pixels because Word
knows nothing else.
"""

import re

_SERIF = "Georgia,'Times New Roman',serif"
_SANS = "'Public Sans','Segoe UI',Helvetica,Arial,sans-serif"
_INK, _QUIET, _LINE, _PAPER, _SHEET, _ACCENT = (
    "#1d2328", "#58636b", "#d9d5cc", "#f6f4ef", "#ffffff", "#0b5394",
)  # fmt: skip

STYLES = {
    "m-body": f"margin:0;padding:0;background-color:{_PAPER};color:{_INK};font-family:{_SANS}",
    "m-page": f"width:100%;background-color:{_PAPER}",
    "m-margin": "padding:24px 12px",
    "m-sheet": f"width:100%;max-width:600px;background-color:{_SHEET};border:1px solid {_LINE}",
    "m-in": "padding:24px 28px",
    "m-title": f"margin:0 0 8px;font-family:{_SERIF};font-size:24px;line-height:30px;color:{_INK};font-weight:bold",  # noqa: E501 -- one element, one line
    "m-lead": f"margin:0 0 16px;font-size:16px;line-height:24px;color:{_QUIET}",
    "m-section": f"margin:28px 0 4px;padding:0 0 6px;border-bottom:2px solid {_INK};font-size:14px;line-height:20px;color:{_INK};font-weight:bold",  # noqa: E501 -- one element, one line
    "m-rows": "width:100%",
    "m-row": f"padding:12px 0;border-bottom:1px solid {_LINE};font-size:16px;line-height:24px",
    "m-more": "padding:4px 0 8px 16px;font-size:15px;line-height:22px",
    "m-head": "margin:0;font-size:16px;line-height:24px",
    "m-link": f"color:{_ACCENT};text-decoration:underline;font-weight:bold",
    "m-small-link": f"color:{_ACCENT};text-decoration:underline",
    "m-line": f"margin:4px 0 0;font-size:15px;line-height:22px;color:{_INK}",
    "m-quiet": f"margin:4px 0 0;font-size:13px;line-height:20px;color:{_QUIET}",
    "m-button": f"padding:12px 20px;background-color:{_ACCENT}",
    "m-button-link": "color:#ffffff;font-size:16px;line-height:20px;font-weight:bold;text-decoration:none",
    "m-foot": f"padding:16px 28px 24px;border-top:1px solid {_LINE};font-size:13px;line-height:20px;color:{_QUIET}",  # noqa: E501 -- one element, one line
}

_SHEET_OF_HEAD = """<style>
:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.m-body,.m-page{background-color:#14181b !important}
.m-sheet{background-color:#1d2328 !important;border-color:#3a434a !important}
.m-title,.m-line,.m-section{color:#f2efe8 !important;border-color:#f2efe8 !important}
.m-lead,.m-quiet,.m-foot{color:#b3bcc2 !important;border-color:#3a434a !important}
.m-row{border-color:#3a434a !important}
.m-link,.m-small-link{color:#9cc7f2 !important}
}
@media (max-width:620px){.m-in{padding:20px 16px !important}}
</style>"""

# Rows come with their styles already.
_CLASS = re.compile(r'class="([a-z -]+)"(?! style=)')


def inlined(html: str) -> str:
    """Each class with its styles beside it, and the sheet before the end of the head.

    Only classes that templates wrote are met: what people wrote is escaped and holds no plain
    quotation mark.
    """
    styled = _CLASS.sub(_with_style, html)
    return styled.replace("</head>", f"{_SHEET_OF_HEAD}</head>", 1)


def _with_style(found: re.Match[str]) -> str:
    styles = ";".join(STYLES[name] for name in found[1].split())
    return f'class="{found[1]}" style="{styles}"'
