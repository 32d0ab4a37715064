"""Languages that the theme speaks, however somebody writes them."""

from __future__ import annotations

import re

LANGUAGES = frozenset({
    "af", "ar", "az", "be", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "eo", "es", "et", "eu",
    "fa", "fi", "fr", "gl", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kn", "ko", "ku-IQ",
    "lb", "lt", "lv", "mk", "mn", "ms", "my", "nb", "nl", "nn", "pl", "pt", "pt-BR", "ro", "ru",
    "sa", "sh", "si", "sk", "sl", "sq", "sr", "sv", "ta", "te", "th", "tl", "tr", "uk", "ur", "uz", "vi",
    "zh", "zh-Hant", "zh-TW",
})  # fmt: skip
"""Files in the theme's `partials/languages/`; a test compares them with the theme that is installed."""

_OTHERWISE = {
    "no": "nb", "zh-cn": "zh", "zh-hans": "zh", "zh-sg": "zh", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant",
    "iw": "he", "in": "id", "ku": "ku-IQ", "fil": "tl",
}  # fmt: skip
"""Codes for what the theme has under another one, in lower case."""
_CALLED = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "francais": "fr", "français":
    "fr", "spanish": "es", "español": "es", "italian": "it", "italiano": "it", "portuguese": "pt",
    "português": "pt", "brazilian": "pt-BR", "dutch": "nl", "nederlands": "nl", "polish": "pl",
    "russian": "ru", "japanese": "ja", "日本語": "ja", "jp": "ja", "chinese": "zh", "中文": "zh", "cn":
    "zh", "tw": "zh-TW", "korean": "ko", "한국어": "ko", "kr": "ko", "norwegian": "nb", "norsk": "nb",
    "bokmal": "nb", "swedish": "sv", "svenska": "sv", "se": "sv", "danish": "da", "dansk": "da",
    "dk": "da", "finnish": "fi", "suomi": "fi", "turkish": "tr", "arabic": "ar", "hebrew": "he",
    "hindi": "hi", "czech": "cs", "cz": "cs", "greek": "el", "gr": "el", "ukrainian": "uk", "ua":
    "uk", "vietnamese": "vi", "vn": "vi", "indonesian": "id", "thai": "th",
}  # fmt: skip
"""What people write for a language that is no code of one; only ever a hint."""
_LOWER = {code.lower(): code for code in LANGUAGES}


def language_code(written: str) -> str:
    """The theme's code for a language: ``pt-BR`` for ``pt_BR``, ``de`` for ``de-AT``, ``nb`` for ``no``.

    Raises:
        ValueError: the theme does not know it; the message says what was probably meant.
    """
    code = (
        re.sub(r"[._@].*utf.?8.*|[.@].*$", "", written.strip(), flags=re.IGNORECASE).replace("_", "-").lower()
    )
    parts = code.split("-")
    for length in range(len(parts), 0, -1):
        wanted = "-".join(parts[:length])
        found = _LOWER.get(wanted) or _OTHERWISE.get(wanted)
        # Behind a language may stand a country or a script, and nothing else.
        if found and all(re.fullmatch(r"[a-z]{2}|[a-z]{4}|[0-9]{3}", part) for part in parts[length:]):
            return found
    near = _CALLED.get(code) or _CALLED.get(parts[0])
    hint = f"did you mean '{near}'?" if near else "write a code such as en, de or ja"
    raise ValueError(f"the theme has no language '{written[:60]}'; {hint}")
