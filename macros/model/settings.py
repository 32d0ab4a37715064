"""Settings of a company's site: what `company/site.yml` may say."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from macros.model.base import Model, Text
from macros.model.languages import language_code

Line = Annotated[str, Field(pattern=r'^[^<>"\n]*$')]
"""One line of text that the theme prints into attributes as it is: no quotes, no angle brackets."""
Color = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
AssetPath = Annotated[str, Field(pattern=r"^assets/[A-Za-z0-9._/-]+$")]


class Colors(Model):
    """Colors of the header and of links, for light and dark."""

    primary: Color | None = None
    """Header and main buttons; white text stands on it."""
    link: Color | None = None
    """Links on white."""
    primary_dark: Color | None = None
    """Header in dark mode; white text stands on it."""
    link_dark: Color | None = None
    """Links in dark mode."""


class NavigationChange(Model):
    """One change of the navigation: a page or a section placed, or an entry removed."""

    page: Text | None = None
    """Page to place, below docs/."""
    title: Text | None = None
    """What the navigation calls the page; its own title by default."""
    section: Text | None = None
    """Section to create, with `pages` in it."""
    pages: tuple[Text, ...] = ()
    """Pages of the new section."""
    after: Text | None = None
    """Page or section title behind which it stands."""
    before: Text | None = None
    """Page or section title before which it stands."""
    remove: Text | None = None
    """Page or section title to take out of the navigation. Pages stay reachable by links to them."""


class SiteSettings(Model):
    """What a company changes about the site itself."""

    name: Line | None = None
    """Name of the site."""
    description: Line | None = None
    """One sentence for search engines."""
    public: bool | None = None
    """Whether anyone on the internet may read the site. Without a word on it, the Publish workflow stops
    where a private repository's site would be open to everyone; `false` stops it wherever that is so."""
    copyright: Text | None = None
    """Line at the foot of each page; shown as text."""
    logo: AssetPath | None = None
    """Logo, in company/docs/assets/."""
    favicon: AssetPath | None = None
    """Icon of the browser's tab, in company/docs/assets/."""
    language: Annotated[str, AfterValidator(language_code)] | None = None
    """Language of the theme's own words, such as de, ja or pt-BR."""
    colors: Colors = Colors()
    plugins: tuple[str | dict[str, Any], ...] = ()
    """Further plugins, as in mkdocs.yml."""
    extra_css: tuple[AssetPath, ...] = ()
    """Style sheets, in company/docs/assets/."""
    examples: bool = True
    """Whether templates show how the kit's example company filled them. Sheets in company/sheets/ are shown
    in either case."""
    navigation: tuple[NavigationChange, ...] = ()
    """Changes of the navigation, applied in order."""
