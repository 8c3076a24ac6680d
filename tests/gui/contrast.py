"""The contrast of two colours as WCAG 2.2 measures it, and the least that is asked."""

TEXT, LARGE = 4.5, 3.0  # 3 is also what graphics, focus rings and status marks need


def contrast(one: str, other: str) -> float:
    """The contrast of two #rrggbb colours, 1 to 21 (relative luminance of sRGB)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
