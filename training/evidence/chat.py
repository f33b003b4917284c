"""Writing as people type: accents dropped, letters swapped, short forms, greetings glued on."""

import random
import unicodedata

_SHORT = {
    "es": (("que", "q"), ("qué", "q"), ("por", "x"), ("para", "pa"), ("también", "tb"), ("de", "d"), ("cuánto", "cuanto"), ("porque", "xq"), ("hay", "ay")),
    "pt": (("você", "vc"), ("vocês", "vcs"), ("que", "q"), ("não", "n"), ("para", "pra"), ("quanto", "qto"), ("também", "tb")),
    "en": (("you", "u"), ("are", "r"), ("your", "ur"), ("please", "pls"), ("what", "wat")),
}  # fmt: skip
_HELLO = {
    "es": ("hola ", "buenas ", "hola buenas tardes ", "buen dia, ", "disculpe ", "oiga ", "una pregunta, ", "hola q tal ", "buenas noches ", "amigo "),
    "pt": ("oi ", "bom dia, ", "boa tarde ", "oi tudo bem? ", "uma duvida: "),
    "en": ("hi ", "hey ", "hello, ", "quick question: "),
}  # fmt: skip
_TAIL = {
    "es": (" gracias", " porfa", " por favor", "??", " 🙏", " me avisa", " es q no se", "...", " jeje"),
    "pt": (" obrigada", " por favor", "??", " 🙏"),
    "en": (" thanks", " pls", "??"),
}


def typed(text: str, lang: str, rng: random.Random) -> str:
    """One way in which somebody might have typed the text."""
    said = text
    if rng.random() < 0.5:
        said = plain(said)
    if rng.random() < 0.3:
        said = _shortened(said, lang, rng)
    if rng.random() < 0.25:
        said = _slip(said, rng)
    if rng.random() < 0.25:
        said = rng.choice(_HELLO[lang]) + said
    if rng.random() < 0.15:
        said = said.rstrip("?") + rng.choice(_TAIL[lang])
    if rng.random() < 0.1:
        said = said.capitalize()
    return said


def plain(text: str) -> str:
    """Lower case, no accents, no opening marks, and mostly no closing ones."""
    parts = unicodedata.normalize("NFKD", text.lower().replace("¿", "").replace("¡", ""))
    return "".join(char for char in parts if not unicodedata.combining(char)).rstrip("?.")


def _shortened(text: str, lang: str, rng: random.Random) -> str:
    short = dict(_SHORT[lang])
    return " ".join(short.get(word, word) if rng.random() < 0.7 else word for word in text.split())


def _slip(text: str, rng: random.Random) -> str:
    places = [at for at, char in enumerate(text[:-1]) if char.isalpha() and text[at + 1].isalpha()]
    if len(places) < 6:
        return text
    at = rng.choice(places)
    ways = (
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        text[:at] + text[at + 1 :],
        text[: at + 1] + text[at] + text[at + 1 :],
    )
    return rng.choice(ways)
