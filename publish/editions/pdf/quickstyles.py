"""Looks up values of styles in fewer steps than WeasyPrint does, and finds the same values.

Its styles compute a value when somebody asks for it.  Nearly all values, of 75,000 in six short
editions, are initial or inherited ones; they are found here without looking for what no rule of a
style sheet says.  The used values of a box, and the names of fonts, are found without a call for
each of their parts.  This is for one version of WeasyPrint, with whose steps it was compared;
others find all values by their own steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Any

__all__ = ["KNOWN_VERSION", "looking_quickly"]

KNOWN_VERSION = "70.0"
"""The version of WeasyPrint that this was compared with."""

Step = Callable[..., Any]

HOMES = ("percent", "absolute", "block", "column", "float", "grid", "inline", "page", "table")
"""The modules of `weasyprint.layout` that call `resolve_percentages` by a name of their own."""


@contextmanager
def looking_quickly() -> Iterator[None]:
    """Let WeasyPrint find values of styles quickly in every document that is laid out."""
    import weasyprint  # type: ignore[import-untyped]

    if weasyprint.__version__ != KNOWN_VERSION:
        yield
        return
    replaced = _choose_steps()
    before = [(home, name, getattr(home, name)) for home, name, _ in replaced]
    for home, name, step in replaced:
        setattr(home, name, step)
    try:
        yield
    finally:
        for home, name, step in before:
            setattr(home, name, step)


@cache
def _choose_steps() -> tuple[tuple[Any, str, Step], ...]:
    """Return the steps by the module or class that has them and their name."""
    from weasyprint import css
    from weasyprint.css import computed_values, units  # type: ignore[import-untyped]
    from weasyprint.layout import background, percent  # type: ignore[import-untyped]
    from weasyprint.text import line_break  # type: ignore[import-untyped]

    homes = [import_module(f"weasyprint.layout.{name}") for name in HOMES]
    resolve, round_off = _resolve_quickly(percent), _round_quickly(percent)
    name_font = _name_quickly(line_break._font_style_cache_key)
    strut = _strut_quickly(line_break.strut, name_font)
    return (
        (css.ComputedStyle, "__missing__", _compute_quickly(css.ComputedStyle.__missing__)),
        (css.AnonymousStyle, "__missing__", _take_quickly(css.AnonymousStyle.__missing__)),
        *((home, "resolve_percentages", resolve) for home in homes),
        *((home, "resolve_radii_percentages", round_off) for home in (percent, background)),
        (line_break, "_font_style_cache_key", name_font),
        *((home, "strut", strut) for home in (line_break, units, computed_values)),
    )


# --------------------------------------------------------------------------- computed values

Plain = tuple[bool, Any, Step | None, tuple[str, ...]]
"""Of a property: whether it is inherited, its initial value, what computes that value where it is
not the same, and its names that follow the direction of the text."""


@cache
def _read_plain_properties() -> dict[str, Plain]:
    """Return the properties that, where no rule names them, have their initial or parent's value.

    Those that depend on each other or on values further up are left out.
    """
    from weasyprint.css import computed_values, properties
    from weasyprint.css.functions import check_math  # type: ignore[import-untyped]

    found = {}
    for name, value in properties.INITIAL_VALUES.items():
        special = name in {"display", "float", "page", "position"}
        if special or name.startswith(("text_decoration_", "__")) or check_math(value):
            continue
        given = computed_values.PHYSICAL_FUNCTIONS.get(name)
        logical = {given(block="ttb", inline=inline) for inline in ("ltr", "rtl")} if given else ()
        later = name in properties.INITIAL_NOT_COMPUTED
        compute = computed_values.COMPUTER_FUNCTIONS.get(name) if later else None
        found[name] = (name in properties.INHERITED, value, compute, tuple(sorted(logical)))
    return found


def _compute_quickly(slow: Step) -> Step:
    """Return the step that computes a value of the style of an element."""
    from weasyprint.css.functions import check_math

    plain = _read_plain_properties()

    def compute_value(style: Any, name: str) -> Any:
        known, cascaded = plain.get(name), style.cascaded
        if known is None or name in cascaded:
            return slow(style, name)
        inherited, value, compute, logical = known
        for other in logical:
            if other in cascaded:
                return slow(style, name)
        if inherited:
            if style.parent_style is None:
                return slow(style, name)
            value = style.parent_style[name]
            if type(value) not in (str, int, float) and check_math(value):
                return slow(style, name)
        elif compute:
            value = compute(style, name, value)
        style[name] = value
        return value

    return compute_value


def _take_quickly(slow: Step) -> Step:
    """Return the step that finds a value of the style of an anonymous box."""
    from weasyprint.css import properties

    initial = {
        name: value
        for name, (inherited, value, _, _) in _read_plain_properties().items()
        if not inherited and name not in properties.INITIAL_NOT_COMPUTED
    }

    def take_value(style: Any, name: str) -> Any:
        if name not in initial:
            return slow(style, name)
        value = style[name] = initial[name]
        return value

    return take_value


# --------------------------------------------------------------------------- used values

ACROSS = ("margin_left", "margin_right", "padding_left", "padding_right", "width", "max_width")
"""Values whose percentages refer to the width of the containing block."""

UPRIGHT = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
"""Values whose percentages refer to its height for the box of a page, to its width for others."""

BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))


def _resolve_quickly(percent: Any) -> Step:
    """Return the step that sets the used margins, paddings, borders and sizes of a box."""
    from weasyprint.css.functions import check_math
    from weasyprint.css.properties import Dimension  # type: ignore[import-untyped]
    from weasyprint.formatting_structure.boxes import Box, PageBox  # type: ignore[import-untyped]

    def use(style: Any, name: str, refer_to: Any) -> Any:
        value = style[name]
        if type(value) is Dimension:
            number, unit = value
            return refer_to * number / 100 if unit == "%" else number
        if value == "auto":
            return value
        return percent.percentage(value, style, refer_to)

    def use_least(style: Any, name: str, refer_to: Any) -> Any:
        value = use(style, name, refer_to)
        return 0 if value == "auto" else value

    def resolve_percentages(box: Any, containing_block: Any) -> None:
        if isinstance(containing_block, Box):
            width, height = containing_block.width, containing_block.height
        else:
            width, height = containing_block
        style, used = box.style, vars(box)
        for name in ACROSS:
            used[name] = use(style, name, width)
        used["min_width"] = use_least(style, "min_width", width)
        upright = height if isinstance(box, PageBox) else width
        for name in UPRIGHT:
            used[name] = use(style, name, upright)
        if height == "auto":
            own = style["height"]
            free = own == "auto" or check_math(own) or own.unit == "%"
            used["height"] = "auto" if free else own.value
            used["min_height"] = use_least(style, "min_height", 0)
            used["max_height"] = use(style, "max_height", percent.inf)
        else:
            used["height"] = use(style, "height", height)
            used["min_height"] = use_least(style, "min_height", height)
            used["max_height"] = use(style, "max_height", height)
        collapse = style["border_collapse"] == "collapse"
        for name in BORDERS:
            if not (collapse and hasattr(box, name)):
                used[name] = style[name]
        if style["box_sizing"] != "content-box":
            percent.adjust_box_sizing(box, "width")
            percent.adjust_box_sizing(box, "height")

    return resolve_percentages


CORNERS = tuple(
    f"border_{corner}_radius" for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
)
SQUARE = dict.fromkeys(CORNERS, (0, 0))


def _round_quickly(percent: Any) -> Step:
    """Return the step that sets the used radii of a box, which has right angles nearly always."""
    from weasyprint.css.properties import INITIAL_VALUES

    slow = percent.resolve_radii_percentages
    initial = INITIAL_VALUES[CORNERS[0]]

    def resolve_radii(box: Any) -> None:
        style = box.style
        if all(style[name] is initial for name in CORNERS):
            vars(box).update(SQUARE)
        else:
            slow(box)

    return resolve_radii


# --------------------------------------------------------------------------- fonts

FONT = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_variant_ligatures"),
    *("font_variant_position", "font_variant_caps", "font_variant_numeric"),
    *("font_variant_alternates", "font_variant_east_asian", "font_feature_settings"),
    *("font_variation_settings", "font_language_override", "lang"),
)
"""What the name of a font in WeasyPrint's caches is made of."""

SIZED_FONT = (*FONT, "font_size", "line_height")
"""The same with its size, which may itself depend on the font."""

MOST_FONTS = 1000
"""So many names are kept."""


def _name_quickly(slow: Step) -> Step:
    """Return the step that names the font of a style; each name is made once."""
    known: dict[tuple[Any, ...], str] = {}

    def name_font(style: Any, include_size: bool = False) -> str:
        key = tuple([style[name] for name in (SIZED_FONT if include_size else FONT)])
        try:
            found = known.get(key)
        except TypeError:  # A value that is a list.
            return str(slow(style, include_size))
        if found is None:
            if len(known) >= MOST_FONTS:
                known.clear()
            found = known[key] = slow(style, include_size)
        return found

    return name_font


def _strut_quickly(slow: Step, name_font: Step) -> Step:
    """Return the step that finds the height and baseline of a line in the font of a style."""

    def strut(style: Any) -> Any:
        if style["font_size"] != 0:
            found = style.font_config.strut_layouts.get(name_font(style, include_size=True))
            if found is not None:
                return found
        return slow(style)

    return strut
