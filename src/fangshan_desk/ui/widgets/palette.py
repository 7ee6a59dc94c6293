"""The colours and measures every control is painted with."""

from dataclasses import dataclass
from enum import StrEnum

NAVY = "#14304f"
NAVY_RAISED = "#24517f"
NAVY_LINE = "#254465"
NAVY_TEXT = "#c9d6e4"
NAVY_TEXT_WEAK = "#9fb3c8"
NAVY_WARNING = "#ffd27d"
SURFACE = "#f4f6f8"
CARD = "#ffffff"
FIELD = "#fafbfc"
HEADER = "#f7f9fb"
LINE = "#e1e6ec"
LINE_WEAK = "#eef1f4"
FIELD_LINE = "#cfd7e0"
TEXT = "#1f2933"
TEXT_WEAK = "#5f6b78"
TEXT_HINT = "#768493"
PRIMARY = "#1e5aa8"
PRIMARY_HOVER = "#2566ba"
PRIMARY_PRESSED = "#184a8b"
SELECTED = "#e8f1fb"
SELECTED_LINE = "#b9d1ee"
FOCUS = "#4f9bf0"
ALERT = "#c62828"
DESKTOP = "#dee3e9"
DISABLED = "#dfe4ea"

RADIUS = 8
RADIUS_SMALL = 6
GAP = 16
CARD_PADDING = 16
BASE_PIXELS = 13


class Tone(StrEnum):
    """The meaning of a colour; always shown together with words."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"
    GREEN = "green"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class ToneColours:
    """The four colours of one tone."""

    fill: str
    line: str
    text: str
    strong: str


TONES: dict[Tone, ToneColours] = {
    Tone.RED: ToneColours("#fdecea", "#f3c1bd", "#b71c1c", "#c62828"),
    Tone.ORANGE: ToneColours("#fff3e0", "#f3d3a5", "#a85a00", "#e67e22"),
    Tone.YELLOW: ToneColours("#fff9d9", "#eadf9c", "#7a6300", "#e0b000"),
    Tone.BLUE: ToneColours("#e8f1fb", "#b9d1ee", "#1e5aa8", "#2f7ed8"),
    Tone.GREEN: ToneColours("#e7f5ec", "#b9dfc8", "#1b6e3c", "#1b6e3c"),
    Tone.GREY: ToneColours("#f1f3f5", "#d9dee4", "#566370", "#8693a1"),
}


def tokens() -> dict[str, str]:
    """Every colour and measure by the name the style sheet uses."""
    values = {
        name.lower(): str(value) for name, value in globals().items() if name.isupper() and name != "TONES"
    }
    for tone, colours in TONES.items():
        values[f"{tone}_fill"] = colours.fill
        values[f"{tone}_line"] = colours.line
        values[f"{tone}_text"] = colours.text
        values[f"{tone}_strong"] = colours.strong
    return values
