"""One key for every way of writing the same document number (cédula, DNI, RUT, CPF, CURP, RFC, passport…)."""

import re
import unicodedata

_NOT_COUNTED = re.compile(r"[^0-9A-Z]")
_SPREADSHEET = re.compile(r"^(\d+)\.0+$")
_KIND = re.compile(
    r"^(?:CEDULA|CC|CE|TI|NIT|NUIP|DNI|CUIT|CUIL|RUT|RUN|CPF|CNPJ|RG|CURP|RFC|INE|CI|RIF|PPT|PASAPORTE|PASSAPORTE|PASSPORT|ID)"
    r"(?:\s*(?:NO|NRO|NUM|N))?[\s.:#º°-]+(?=.*\d)"
)
SHORTEST, LONGEST = 4, 24


def document_key(written: str) -> str | None:
    """Capital letters and digits without leading zeros (spreadsheets lose them); None for what is no document."""
    plain = unicodedata.normalize("NFKD", _SPREADSHEET.sub(r"\1", written.strip())).upper()
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    letters = re.sub(r"\b((?:[A-Z]\.){2,})", lambda found: found[1].replace(".", "") + " ", letters)
    key = _NOT_COUNTED.sub("", _KIND.sub("", letters)).lstrip("0")
    if not SHORTEST <= len(key) <= LONGEST or not any(c.isdigit() for c in key):
        return None
    return key
