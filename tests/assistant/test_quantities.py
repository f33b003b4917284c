import pytest

from assistant.quantities import fits, ranges_in


@pytest.mark.parametrize(
    ("asked", "offered", "verdict"),
    [
        ("pesa 14 kilos", "perra de 10 a 25 kg", 1),
        ("pesa 38k", "hasta 10 kg", -1),
        ("medio kilo", "Turrón 500 g", 1),
        ("mi hija de 8", "de 7 a 9 años", 1),
        ("mi hija de 8", "de 13 a 17 años", -1),
        ("dos docenas", "más de 10 piezas", 1),
        ("pesa 14 kilos", "12 personas", 0),
        ("sin números", "de 10 a 25 kg", 0),
    ],
)
def test_an_amount_falls_in_a_range_or_beside_it(asked, offered, verdict):
    assert fits(ranges_in(asked), ranges_in(offered)) == verdict
