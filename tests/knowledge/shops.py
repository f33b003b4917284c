"""A small shop for tests, in a value and as the file that a merchant would write."""

from datetime import date, time
from decimal import Decimal

from knowledge.entries import (
    Address,
    Contact,
    Document,
    EntryKey,
    Faq,
    Hours,
    Item,
    KnowledgeBase,
    Paragraph,
    Payments,
    Profile,
    Record,
    SpecialDay,
    Staff,
    StaffMember,
    TimeRange,
    Variant,
)

PROFILE = Profile(
    slug="luna",
    name="Panadería Luna",
    trade="panadería",
    timezone="America/Bogota",
    locale="es-CO",
    languages=("es", "en"),
    currency="COP",
)
MORNING = TimeRange(time(7), time(12, 30))
EVENING = TimeRange(time(15), time(2))
HOURS = Hours(
    weekly=((), *([(MORNING, EVENING)] * 5), (MORNING,)),
    special=(SpecialDay(day=date(2026, 12, 24), ranges=(MORNING,), note="Nochebuena"),),
)
ROSCON = Item(
    key=EntryKey("c1"),
    name="Roscón de arequipe",
    description="Relleno y con azúcar.",
    price=Decimal(18500),
    price_from=True,
    duration_minutes=90,
    bookable=True,
    staff=("s1",),
    days=(4, 5),
    availability="por encargo",
    valid_until=date(2027, 1, 31),
    extra=(("Alérgenos", "gluten, leche"),),
    phrasings=("el roscón grande",),
)
TORTA = Item(
    key=EntryKey("c2"),
    name="Torta de tres leches",
    variants=(
        Variant(label="porción", price=Decimal(9000)),
        Variant(label="libra", price=Decimal("42000.50")),
    ),
    unit="porción",
)
PARKING = Faq(key=EntryKey("f1"), question="¿Tienen parqueadero?", answer="Sí, hay cinco puestos gratis.")
ZONE = Record(
    key=EntryKey("z1"),
    section="zones",
    name="Chapinero",
    fields=(("price", "5000"), ("minutes", "40"), ("days", "mon, sat")),
)
POLICY = Document(
    key=EntryKey("d1"),
    title="Encargos",
    source="encargos.txt",
    paragraphs=(
        Paragraph(anchor="#1", text="Encargos"),
        Paragraph(
            anchor="#2", text="Los encargos se piden con dos días de anticipación.", heading="Encargos"
        ),
    ),
)
STAFF = Staff(members=(StaffMember(id="s1", name="Marta Ríos", role="pastelera", days=(0, 1, 4)),))
SHOP = KnowledgeBase(
    profile=PROFILE,
    entries=(
        Address(text="Carrera 13 # 45-20, Bogotá"),
        Contact(phones=(("whatsapp", "+57 300 555 0100"),), email="hola@luna.example"),
        HOURS,
        Payments(methods=("efectivo", "Nequi")),
        STAFF,
        ROSCON,
        TORTA,
        PARKING,
        ZONE,
        POLICY,
    ),
)
SHOP_FILE = """
id: luna
name: Panadería Luna
trade: panadería
timezone: America/Bogota
locale: es-CO
languages: [es, en]
currency: COP
address: "Carrera 13 # 45-20, Bogotá"
phones: {whatsapp: "+57 300 555 0100"}
email: hola@luna.example
hours:
  weekly:
    tue: &day [["07:00", "12:30"], ["15:00", "02:00"]]
    wed: *day
    thu: *day
    fri: *day
    sat: *day
    sun: ["7:00-12:30"]
  special:
    - {date: 2026-12-24, open: [[7 am, 12:30 pm]], note: Nochebuena}
payments: [efectivo, Nequi]
staff:
  - {id: s1, name: Marta Ríos, role: pastelera, days: [mon, martes, sexta]}
catalog:
  - id: c1
    name: Roscón de arequipe
    description: Relleno y con azúcar.
    price: "desde $18.500"
    duration: 1 h 30
    bookable: true
    staff: [s1]
    days: [viernes, sábado]
    availability: por encargo
    valid_until: 2027-01-31
    Alérgenos: gluten, leche
    phrasings: [el roscón grande]
  - {id: c2, name: Torta de tres leches, prices: {porción: 9000, libra: 42000.50}, unit: porción}
faqs:
  - {id: f1, q: ¿Tienen parqueadero?, a: "Sí, hay cinco puestos gratis."}
zones:
  - {id: z1, name: Chapinero, price: 5000, minutes: 40, days: [mon, sat]}
documents:
  - id: d1
    title: Encargos
    source: encargos.txt
    paragraphs:
      - {anchor: "#1", text: Encargos}
      - {anchor: "#2", text: Los encargos se piden con dos días de anticipación., heading: Encargos}
"""
