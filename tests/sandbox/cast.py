"""Two merchants of different portfolios, and four customers who look different to them."""

from dataclasses import replace
from typing import Any

from sandbox.cast import SAMPLE_CUSTOMERS
from sandbox.meta.models import (
    BusinessNumber,
    Customer,
    CustomerKey,
    PhoneNumberId,
    Template,
    TemplateButton,
    WabaId,
)
from sandbox.settings import Pace, SandboxSettings

SECRET = "app-secret-for-tests"
VERIFY = "verify-for-tests"
SALON = BusinessNumber(
    phone_number_id=PhoneNumberId("200000000000001"),
    waba_id=WabaId("100000000000001"),
    display_phone_number="12025550143",
    verified_name="Example Salon",
    token="salon-token",
    tagline="Salón de belleza",
    suggestions=("¿abren mañana?", "¿cuánto vale el corte?"),
)
CLINIC = BusinessNumber(
    phone_number_id=PhoneNumberId("200000000000002"),
    waba_id=WabaId("100000000000009"),
    display_phone_number="576015550100",
    verified_name="Clínica Sonrisa",
    token="clinic-token",
)
# Dana is the customer of the reference examples.
DANA = Customer(
    key=CustomerKey("dana"),
    name="Dana Example",
    phone="12025550188",
    user_id="US.10203040506070809010",
)
VALENTINA, EMILIANO, LUIZA, CAMILO = SAMPLE_CUSTOMERS
_BUTTONS = (
    TemplateButton("quick_reply", "Confirm"),
    TemplateButton("url", "Manage", "https://app.example.com/a/{{1}}"),
)
REMINDER = Template(
    name="appointment_reminder",
    language="en_US",
    body="Hello {{1}}, your appointment is on {{2}}. See you then.",
    buttons=_BUTTONS,
)
NAMED = Template(
    name="appointment_reminder_n", language="en_US", body="Hello {{customer}}, see you on {{when}}."
)


def settings(**changes: Any) -> SandboxSettings:
    base = SandboxSettings(
        callback_url="http://product/webhooks/whatsapp",
        app_secret=SECRET,
        verify_token=VERIFY,
        public_url="http://sandbox",
        numbers=(SALON, CLINIC),
        customers=(DANA, *SAMPLE_CUSTOMERS),
        templates=(REMINDER, NAMED),
        pace=Pace(sent=0, delivered=0),
        retry_delays=(1, 4, 15),
    )
    return replace(base, **changes)
