from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.entries import Document, EntryKey, Faq, Hours, Item, KnowledgeBase, Record
from knowledge.interchange import Loaded, load_merchant, read_merchant
from knowledge.messages import Problem
from tests.knowledge.shops import SHOP, SHOP_FILE

CASES = Path(__file__).parents[3] / "shared" / "evaluation" / "cases"
HEAD = "id: a\nname: A\ntimezone: America/Bogota\nlocale: es-CO\n"


def read(text: str) -> Loaded:
    return read_merchant(text.encode())


def base_of(loaded: Loaded) -> KnowledgeBase:
    assert loaded.knowledge_base is not None, loaded.problems
    return loaded.knowledge_base


def problems_of(text: str) -> set[tuple[str, str]]:
    return {(problem.where, problem.reason) for problem in read(HEAD + text).problems}


def test_a_whole_file_becomes_the_merchant_s_knowledge() -> None:
    loaded = read(SHOP_FILE)
    assert loaded.problems == ()
    assert loaded.knowledge_base == SHOP


@pytest.mark.skipif(not CASES.exists(), reason="the evaluation merchants are kept beside the project")
@pytest.mark.parametrize("merchant", ["gus", "dental", "barber"])
def test_the_evaluation_merchants_load_without_a_problem(merchant: str) -> None:
    loaded = load_merchant(CASES / merchant / "merchant.yaml", [CASES.parents[1] / "seeds"])
    assert loaded.problems == ()
    assert base_of(loaded).entries


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    loaded = load_merchant(tmp_path / "none.yaml")
    assert loaded.knowledge_base is None
    assert [problem.reason for problem in loaded.problems] == ["file_missing"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("a: [", "not_yaml"), ("- a\n- b", "not_a_mapping"), ("", "not_a_mapping"), ("\0\1\2", "not_text")],
)
def test_what_is_no_merchant_at_all_is_told_in_one_problem(text: str, reason: str) -> None:
    loaded = read(text)
    assert loaded.knowledge_base is None
    assert [problem.reason for problem in loaded.problems] == [reason]


@pytest.mark.parametrize("missing", ["id", "name", "timezone"])
def test_without_the_facts_that_everything_needs_there_is_no_knowledge_base(missing: str) -> None:
    text = "".join(line for line in HEAD.splitlines(keepends=True) if not line.startswith(missing))
    loaded = read(text)
    assert loaded.knowledge_base is None
    assert Problem(where=missing, reason="missing") in loaded.problems


def test_an_unknown_time_zone_is_refused() -> None:
    loaded = read(HEAD.replace("America/Bogota", "America/Macondo"))
    assert loaded.knowledge_base is None
    assert loaded.problems == (Problem(where="timezone", reason="bad_timezone", value="America/Macondo"),)


def test_a_language_without_texts_is_told_and_left_out() -> None:
    loaded = read(HEAD + "languages: [es, qu]\n")
    assert base_of(loaded).profile.languages == ("es",)
    assert loaded.problems == (Problem(where="languages", reason="unknown_language", value="qu"),)


def test_every_bad_row_is_named_and_the_good_ones_are_kept() -> None:
    loaded = read(
        HEAD
        + """
catalog:
  - {id: a, name: Bueno, price: 10}
  - {id: b, name: Negativo, price: -10}
  - {id: c, price: 10}
  - {id: a, name: Repetido, price: 10}
  - {id: d, name: Sin sentido, price: mucho}
  - solo texto
  - {id: e, name: También bueno, duration_min: 30}
  - {id: f, name: Eterno, duration_min: siempre}
faqs:
  - {id: g, q: ¿Sí?}
  - {id: h, q: ¿Hay?, a: No}
"""
    )
    assert [entry.key for entry in base_of(loaded).entries] == ["a", "e", "h"]
    assert {(problem.where, problem.reason, problem.value) for problem in loaded.problems} == {
        ("catalog[2].price", "negative_price", "-10"),
        ("catalog[3].name", "missing", ""),
        ("catalog[4]", "duplicate_key", "a"),
        ("catalog[5].price", "bad_price", "mucho"),
        ("catalog[6]", "not_a_mapping", "solo texto"),
        ("catalog[8].duration_min", "bad_duration", "siempre"),
        ("faqs[1].a", "missing", ""),
    }


def test_the_answer_no_is_a_word_and_not_a_flag() -> None:
    (faq,) = base_of(read(HEAD + "faqs: [{id: f, q: ¿Abren el lunes?, a: No}]")).entries
    assert isinstance(faq, Faq)
    assert faq.answer == "No"


def test_hours_written_without_quotes_are_hours() -> None:
    (hours,) = base_of(read(HEAD + "hours: {weekly: {mon: [[12:30, 20:00]]}}")).entries
    assert isinstance(hours, Hours)
    assert [str(hours.weekly[0][0].opens), str(hours.weekly[0][0].closes)] == ["12:30:00", "20:00:00"]


def test_a_timetable_with_one_bad_hour_is_left_out_whole_because_the_day_would_read_as_closed() -> None:
    loaded = read(HEAD + 'hours: {weekly: {mon: [["9:00", "25:00"]], tue: [["9:00", "18:00"]]}}')
    assert base_of(loaded).entries == ()
    assert loaded.problems == (Problem(where="hours.weekly.mon", reason="bad_time", value="25:00"),)


@pytest.mark.parametrize(
    ("hours", "where", "reason"),
    [
        ("{weekly: {lunch: []}}", "hours.weekly.lunch", "bad_weekday"),
        ("{weekly: {mon: [[9:00]]}}", "hours.weekly.mon", "bad_range"),
        ("{weekly: {mon: [[9:00, 12:00], [11:00, 14:00]]}}", "hours.weekly.mon", "overlapping_ranges"),
        ("{weekly: {mon: [[20:00, 2:00], [22:00, 23:00]]}}", "hours.weekly.mon", "overlapping_ranges"),
        ("{weekly: []}", "hours.weekly", "not_a_mapping"),
        ("[]", "hours", "not_a_mapping"),
    ],
)
def test_a_timetable_that_makes_no_sense_is_told(hours: str, where: str, reason: str) -> None:
    assert problems_of(f"hours: {hours}") == {(where, reason)}


def test_a_bad_special_day_is_told_and_the_others_are_kept() -> None:
    loaded = read(
        HEAD
        + """
hours:
  weekly: {mon: 9:00-18:00}
  special:
    - {date: 2026-12-25, open: []}
    - {date: 2026-13-01, open: []}
    - {date: 2026-12-25, open: []}
    - {date: 2026-12-26}
    - {date: 2026-12-27, open: [[8:00, 99:00]]}
    - {date: 2026-12-31, closed: true}
"""
    )
    (hours,) = base_of(loaded).entries
    assert isinstance(hours, Hours)
    assert [str(special.day) for special in hours.special] == ["2026-12-25", "2026-12-31"]
    assert [(problem.where, problem.reason) for problem in loaded.problems] == [
        ("hours.special[2].date", "bad_date"),
        ("hours.special[3]", "duplicate_date"),
        ("hours.special[4].open", "missing"),
        ("hours.special[5].open", "bad_time"),
    ]


def test_a_service_of_an_unknown_member_of_staff_is_kept_without_them() -> None:
    loaded = read(HEAD + "staff: [{id: s1, name: Ana}]\ncatalog: [{id: c, name: Corte, staff: [s1, s9]}]")
    item = base_of(loaded).entry(EntryKey("c"))
    assert isinstance(item, Item)
    assert item.staff == ("s1",)
    assert loaded.problems == (Problem(where="catalog[1].staff", reason="unknown_staff", value="s9"),)


def test_a_table_of_an_unknown_name_becomes_records() -> None:
    (row,) = base_of(
        read(HEAD + "classes: [{id: k1, name: Yoga, price: 20, sessions: [{day: mon, time: 7:00}]}]")
    ).entries
    assert row == Record(
        key=EntryKey("k1"),
        section="classes",
        name="Yoga",
        fields=(("price", "20"), ("sessions", "day: mon, time: 7:00")),
    )


def test_a_table_without_names_is_named_by_its_first_words_or_its_id() -> None:
    rows = base_of(read(HEAD + "zones: [{id: z1, area: Centro}, {id: z2, seats: 4}]")).entries
    assert [row.name for row in rows if isinstance(row, Record)] == ["Centro", "z2"]


def test_a_loose_statement_is_kept_as_a_record_and_a_web_address_as_a_link() -> None:
    loaded = read(HEAD + 'wifi: "pida la clave"\ninstagram: "@luna"\nparking: true')
    contact, *records = base_of(loaded).entries
    assert getattr(contact, "links", ()) == (("instagram", "@luna"),)
    assert [(record.key, getattr(record, "fields", ())) for record in records] == [
        ("wifi", (("wifi", "pida la clave"),)),
        ("parking", (("parking", "true"),)),
    ]


def test_a_name_that_occurs_twice_in_a_row_is_told() -> None:
    assert problems_of("faqs:\n - {id: f, q: A, a: B, a: C}") == {("line 6", "duplicate_name")}


def test_an_unknown_name_in_a_faq_is_told_and_the_faq_kept() -> None:
    loaded = read(HEAD + "faqs: [{id: f, q: A, a: B, c: D}]")
    assert len(base_of(loaded).entries) == 1
    assert loaded.problems == (Problem(where="faqs[1].c", reason="unknown_name"),)


def test_rows_without_an_id_get_one_from_their_place() -> None:
    loaded = read(HEAD + "faqs: [{q: A, a: B}, {q: C, a: D}]")
    assert [entry.key for entry in base_of(loaded).entries] == ["faqs-1", "faqs-2"]


def test_the_keys_of_the_facts_that_every_shop_has_cannot_be_taken() -> None:
    assert problems_of("faqs: [{id: hours, q: A, a: B}]") == {("faqs[1]", "duplicate_key")}


def test_phrasings_stand_on_any_entry() -> None:
    loaded = read(
        HEAD
        + """
address: {text: Calle 1, phrasings: [cómo llego]}
hours: {weekly: {mon: []}, phrasings: [abren]}
payments: {methods: [efectivo], phrasings: [reciben efectivo]}
staff: {members: [{id: s, name: Ana}], phrasings: [quién corta]}
phones: {fijo: "1"}
contact: {phrasings: [número]}
catalog: [{id: c, name: Corte, phrasings: [motilada]}]
faqs: [{id: f, q: A, a: B, phrasings: una sola}]
zones: [{id: z, name: Norte, phrasings: [domicilio al norte]}]
documents: [{id: d, title: D, paragraphs: [hola], phrasings: [reglas]}]
"""
    )
    assert loaded.problems == ()
    assert all(entry.phrasings for entry in base_of(loaded).entries)


class TestDocuments:
    def load(self, folder: Path, row: str, *search: Path) -> Loaded:
        path = folder / "merchant.yaml"
        path.write_text(f"{HEAD}documents: [{{id: d, {row}}}]", encoding="utf-8")
        return load_merchant(path, search)

    def test_a_file_is_read_from_beside_the_merchant_s(self, tmp_path: Path) -> None:
        (tmp_path / "docs").mkdir()
        (tmp_path / "docs" / "a.txt").write_text("Uno\n\nDos palabras.", encoding="utf-8")
        (document,) = base_of(self.load(tmp_path, "title: T, file: docs/a.txt")).entries
        assert isinstance(document, Document)
        assert [paragraph.anchor for paragraph in document.paragraphs] == ["#1", "#2"]
        assert (document.title, document.source) == ("T", "a.txt")

    def test_a_file_is_looked_for_in_further_folders_by_its_bare_name(self, tmp_path: Path) -> None:
        seeds, home = tmp_path / "seeds", tmp_path / "home"
        seeds.mkdir()
        home.mkdir()
        (seeds / "a.txt").write_text("Uno\n\n  Dos", encoding="utf-8")
        (document,) = base_of(self.load(home, "title: T, file: docs/a.txt, by: line", seeds)).entries
        assert isinstance(document, Document)
        assert [paragraph.anchor for paragraph in document.paragraphs] == ["#L1", "#L3"]

    @pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "none.txt", "a\\0b"])
    def test_nothing_outside_the_folders_is_read(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "secret.txt").write_text("secreto", encoding="utf-8")
        home = tmp_path / "home"
        home.mkdir()
        loaded = self.load(home, f'title: T, file: "{name}"')
        assert base_of(loaded).entries == ()
        assert [(problem.where, problem.reason) for problem in loaded.problems] == [
            ("documents[1].file", "file_missing")
        ]

    def test_a_file_that_cannot_be_read_is_told_with_the_reason(self, tmp_path: Path) -> None:
        (tmp_path / "a.pdf").write_bytes(b"no es un pdf")
        loaded = self.load(tmp_path, "title: T, file: a.pdf")
        assert [(problem.reason, problem.value) for problem in loaded.problems] == [("not_a_pdf", "a.pdf")]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "ignore")))
def test_no_file_makes_it_raise(data: bytes) -> None:
    read_merchant(data)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
NAMES = [
    "id",
    "name",
    "address",
    "phones",
    "links",
    "contact",
    "hours",
    "payments",
    "staff",
    "catalog",
    "faqs",
]


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*NAMES, "documents", "languages", "zones"]), values))
def test_no_content_of_the_right_names_makes_it_raise(content: dict[str, object]) -> None:
    import json

    loaded = read_merchant(
        json.dumps({"id": "a", "name": "A", "timezone": "UTC", "locale": "es"} | content).encode()
    )
    assert loaded.knowledge_base is not None or loaded.problems
