"""The company's colors: whether text can be read on them, and their style sheet."""

from __future__ import annotations

from collections.abc import Iterator

from macros.diagnostics import Diagnostic
from macros.load.merge import Place
from macros.model.settings import Colors

WHITE, DARK = "#ffffff", "#151b23"
"""Backgrounds of the two schemes, as in docs/assets/playbook.css."""
MIN_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3, for text."""


def check_contrast(colors: Colors, place: Place) -> Iterator[Diagnostic]:
    """Colors on which text cannot be read."""
    pairs = (("primary", WHITE), ("link", WHITE), ("primary_dark", WHITE), ("link_dark", DARK))
    for key, other in pairs:
        color = getattr(colors, key)
        if color is not None and (ratio := contrast(color, other)) < MIN_CONTRAST:
            message = f"{color} on {other} has a contrast of {ratio:.1f}, text needs {MIN_CONTRAST}"
            hint = "take a lighter one" if key == "link_dark" else "take a darker one"
            yield place.diagnostic(("colors", key), message, hint, "contrast")


def contrast(first: str, second: str) -> float:
    """Contrast of two colors, 1 to 21.

    Source: WCAG 2.2, definitions of relative luminance and contrast ratio.
    """

    def luminance(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def style(colors: Colors) -> str:
    """The company's colors as a style sheet; empty for none."""
    light = {"--md-primary-fg-color": colors.primary, "--md-typeset-a-color": colors.link}
    dark = {"--md-primary-fg-color": colors.primary_dark, "--md-typeset-a-color": colors.link_dark}
    rules = []
    for scheme, values in (("default", light), ("slate", dark)):
        said = "".join(f"{name}:{color};" for name, color in values.items() if color)
        if said:
            rule = f'[data-md-color-scheme="{scheme}"]{{{said}}}'
            # Paper is white, whatever the screen.
            rules.append(f"{rule}\n" if scheme == "default" else f"@media screen{{{rule}}}\n")
    return "".join(rules)
