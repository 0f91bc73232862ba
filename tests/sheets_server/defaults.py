"""What a new spreadsheet has in Google (recorded), before anybody sets anything."""

from .cells import Json

DEFAULT_FORMAT: Json = {
    "backgroundColor": {"blue": 1, "green": 1, "red": 1},
    "backgroundColorStyle": {"rgbColor": {"blue": 1, "green": 1, "red": 1}},
    "padding": {"bottom": 2, "left": 3, "right": 3, "top": 2},
    "textFormat": {
        "bold": False,
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "foregroundColor": {},
        "foregroundColorStyle": {"rgbColor": {}},
        "italic": False,
        "strikethrough": False,
        "underline": False,
    },
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
}
SPREADSHEET_PROPERTIES: Json = {
    "autoRecalc": "ON_CHANGE",
    "defaultFormat": DEFAULT_FORMAT,
    "spreadsheetTheme": {
        "primaryFontFamily": "Arial",
        "themeColors": [
            {"color": {"rgbColor": {}}, "colorType": "TEXT"},
            {"color": {"rgbColor": {"blue": 1, "green": 1, "red": 1}}, "colorType": "BACKGROUND"},
            {
                "color": {"rgbColor": {"blue": 0.95686275, "green": 0.52156866, "red": 0.25882354}},
                "colorType": "ACCENT1",
            },
            {
                "color": {"rgbColor": {"blue": 0.20784314, "green": 0.2627451, "red": 0.91764706}},
                "colorType": "ACCENT2",
            },
            {
                "color": {"rgbColor": {"blue": 0.015686275, "green": 0.7372549, "red": 0.9843137}},
                "colorType": "ACCENT3",
            },
            {
                "color": {"rgbColor": {"blue": 0.3254902, "green": 0.65882355, "red": 0.20392157}},
                "colorType": "ACCENT4",
            },
            {
                "color": {"rgbColor": {"blue": 0.003921569, "green": 0.42745098, "red": 1}},
                "colorType": "ACCENT5",
            },
            {
                "color": {"rgbColor": {"blue": 0.7764706, "green": 0.7411765, "red": 0.27450982}},
                "colorType": "ACCENT6",
            },
            {
                "color": {"rgbColor": {"blue": 0.8, "green": 0.33333334, "red": 0.06666667}},
                "colorType": "LINK",
            },
        ],
    },
}
