"""How a spreadsheet's locale writes dates and numbers (from Google's "Date & number formats" and CLDR)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locale:
    """order: day, month and year as typed; date: the pattern that a date gets if nobody chose one."""

    order: str
    date: str
    decimal: str = "."
    thousands: str = ","
    currency: str = "$"
    currency_pattern: str = '"$"#,##0.00'
    time: str = "HH:mm:ss"


US = Locale("mdy", "m/d/yyyy", time="h:mm:ss am/pm")
LOCALES = {
    "en_US": US,
    "en_GB": Locale("dmy", "dd/mm/yyyy", currency="£", currency_pattern='"£"#,##0.00'),
    "en_IE": Locale("dmy", "dd/mm/yyyy", currency="€", currency_pattern='"€"#,##0.00'),
    "en_AU": Locale("dmy", "dd/mm/yyyy"),
    "en_CA": Locale("ymd", "yyyy-mm-dd"),
    "cy_GB": Locale("dmy", "dd/mm/yyyy", currency="£", currency_pattern='"£"#,##0.00'),
    "fr_FR": Locale("dmy", "dd/mm/yyyy", ",", "\u202f", "€", '#,##0.00 "€"'),
    "de_DE": Locale("dmy", "dd.mm.yyyy", ",", ".", "€", '#,##0.00 "€"'),
    "es_ES": Locale("dmy", "d/m/yyyy", ",", ".", "€", '#,##0.00 "€"'),
    "it_IT": Locale("dmy", "dd/mm/yyyy", ",", ".", "€", '#,##0.00 "€"'),
    "nl_NL": Locale("dmy", "d-m-yyyy", ",", ".", "€", '"€" #,##0.00'),
}


def of(name: str) -> Locale:
    """The locale's habits; one that this list lacks goes by en_US, as an unset one does."""
    return LOCALES.get(name, US)


def is_known(name: str) -> bool:
    """Google takes many more; this server refuses those whose habits it does not know."""
    return name in LOCALES
