"""Small merchants for the assistant's tests, built in code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from assistant.turns import TokenEncoder
from knowledge.embedding.hash_encoder import HashEncoder
from knowledge.entries import (
    Address,
    Contact,
    Document,
    Entry,
    EntryKey,
    Faq,
    Hours,
    Item,
    KnowledgeBase,
    Paragraph,
    Payments,
    Profile,
    SpecialDay,
    Staff,
    StaffMember,
    TimeRange,
)
from knowledge.index import MerchantIndex
from knowledge.passages import cut_all

SHIFTS = (TimeRange(time(8), time(12, 30)), TimeRange(time(14), time(19)))
SHORT = (TimeRange(time(9), time(13)),)
NIGHT = (TimeRange(time(18), time(2)),)


def hours() -> Hours:
    """Monday to Thursday in two shifts, Friday past midnight, Saturday mornings, closed on Sundays."""
    return Hours(
        weekly=(SHIFTS, SHIFTS, SHIFTS, SHIFTS, NIGHT, SHORT, ()),
        special=(
            SpecialDay(day=date(2026, 11, 16), ranges=(), note="Festivo, Independencia de Cartagena"),
            SpecialDay(day=date(2026, 12, 24), ranges=SHORT, note="Nochebuena"),
        ),
    )


def item(key: str, name: str, price: str | None, **more: object) -> Item:
    return Item(key=EntryKey(key), name=name, price=Decimal(price) if price else None, **more)  # type: ignore[arg-type]


STAFF = Staff(
    members=(
        StaffMember(id="s1", name="Dra. Catalina Uribe", role="medicina general", days=(0, 1, 2)),
        StaffMember(id="s2", name="Dr. Julián Cano", role="cirugía y ecografía", days=(1, 3)),
    )
)
ITEMS = (
    item(
        "v1", "Baño perro pequeño", "45000", description="Hasta 10 kg; incluye secado.", duration_minutes=60
    ),
    item(
        "v2", "Baño perro mediano", "62000", description="De 10 a 25 kg; incluye secado.", duration_minutes=75
    ),
    item("v3", "Corte de uñas", "15000", duration_minutes=10, staff=("s1",)),
    item("v4", "Guacal rígido", "145000", availability="agotado"),
    item("v5", "Castración de perro", "280000", price_from=True, staff=("s2",), days=(1, 3)),
)
FAQS = (
    Faq(
        key=EntryKey("f1"),
        question="¿Hay dónde parquear?",
        answer="Sí, dos celdas frente a la clínica, sin costo.",
    ),
    Faq(
        key=EntryKey("f2"),
        question="¿Hay que pedir cita?",
        answer="Para consultas sí; las vacunas por orden de llegada.",
    ),
)
DOCUMENT = Document(
    key=EntryKey("d1"),
    title="Después de una cirugía",
    paragraphs=(
        Paragraph(anchor="#2", text="El cono. Debe usarse día y noche durante 10 días."),
        Paragraph(anchor="#3", text="Ayuno. El adulto no debe comer desde 8 horas antes de la cirugía."),
    ),
)


def merchant(
    *entries: Entry, locale: str = "es-CO", languages: Sequence[str] = ("es",), currency: str = "COP"
) -> KnowledgeBase:
    profile = Profile(
        slug="vet",
        name="Clínica Yarumo",
        timezone="America/Bogota",
        locale=locale,
        languages=tuple(languages),
        currency=currency,
    )
    return KnowledgeBase(profile=profile, entries=entries or everything(), version=1)


def everything() -> tuple[Entry, ...]:
    return (
        hours(),
        Address(text="Carrera 76 # 42-18, Medellín"),
        Contact(phones=(("whatsapp", "+57 301 555 0119"),), email="hola@yarumo.example"),
        Payments(methods=("efectivo", "Nequi y Daviplata", "tarjeta débito o crédito")),
        STAFF,
        *ITEMS,
        *FAQS,
        DOCUMENT,
    )


ENCODER = HashEncoder()


class WordIndex:
    """A shelf's index with the vectors of the hash encoder: near means sharing words."""

    @staticmethod
    def of(base: KnowledgeBase) -> MerchantIndex:
        passages = cut_all(base)
        vectors = ENCODER.encode_documents([passage.text for passage in passages])
        return MerchantIndex.build(passages, vectors, languages=base.profile.languages)


@dataclass(frozen=True, slots=True)
class BuiltShelf:
    knowledge_base: KnowledgeBase
    index: MerchantIndex
    encoder: TokenEncoder | None = None
    sketches: Mapping[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, base: KnowledgeBase, encoder: TokenEncoder | None = None) -> "BuiltShelf":
        return cls(base, WordIndex.of(base), encoder)
