"""People to hold the phone: enough of a variety to meet every way that a customer can look to a merchant."""

from sandbox.meta.models import Customer, CustomerKey

SAMPLE_CUSTOMERS: tuple[Customer, ...] = (
    Customer(key=CustomerKey("valentina"), name="Valentina Ríos", phone="573005550118"),
    Customer(key=CustomerKey("emiliano"), name="Emiliano Cruz", phone="525555500190"),
    # Brazilian WhatsApp ids may lack the ninth digit of the number that people dial.
    Customer(key=CustomerKey("luiza"), name="Luiza Andrade", phone="5511955550144", wa_id="551155550144"),
    Customer(
        key=CustomerKey("camilo"),
        name="Camilo",
        phone="573105550127",
        username="camilo.dibuja",
        hides_number=True,
    ),
)
