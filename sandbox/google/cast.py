"""People and calendars to try things with: own, shared at every level, and in several zones."""

from dataclasses import replace

from sandbox.google.models import (
    Account,
    Calendar,
    CalendarId,
    ClientId,
    OAuthClient,
    Role,
    Share,
    Subject,
)
from sandbox.google.settings import GoogleSettings

CLIENT_ID = ClientId("800000000001-mostrador.apps.googleusercontent.com")
CLIENT_SECRET = "secret-of-the-sandbox"  # noqa: S105 - opens nothing but this stand-in
ANA = Account(subject=Subject("100000000000000000001"), email="ana@salon.example", name="Ana Gómez")
BRUNO = Account(subject=Subject("100000000000000000002"), email="bruno@clinica.example", name="Bruno Prado")
CARLA = Account(subject=Subject("100000000000000000003"), email="carla@estudio.example", name="Carla Núñez")


def primary_of(account: Account, zone: str, *, color: str = "#2f6f62") -> Calendar:
    """Everybody's first calendar bears their address as its id and as its name."""
    calendar_id = CalendarId(account.email)
    return Calendar(
        calendar_id=calendar_id, summary=account.email, zone=zone, owner=account.subject, color=color
    )


BOOKINGS = Calendar(
    calendar_id=CalendarId("citas@group.calendar.google.com"),
    summary="Citas",
    zone="America/Bogota",
    owner=ANA.subject,
    shares=(Share(subject=CARLA.subject, role=Role.WRITER),),
    color="#b0562f",
)
HOLIDAYS = Calendar(
    calendar_id=CalendarId("festivos@group.v.calendar.google.com"),
    summary="Festivos en Colombia",
    zone="America/Bogota",
    owner=BRUNO.subject,
    shares=(Share(subject=ANA.subject, role=Role.READER),),
    color="#33648f",
)
BUSY_ONLY = Calendar(
    calendar_id=CalendarId("bruno.privado@group.calendar.google.com"),
    summary="Bruno (solo ocupado)",
    zone="America/Sao_Paulo",
    owner=BRUNO.subject,
    shares=(Share(subject=ANA.subject, role=Role.FREE_BUSY_READER),),
    color="#7a5b8c",
)


def sample_google(*redirect_uris: str, seed: str = "") -> GoogleSettings:
    client = OAuthClient(client_id=CLIENT_ID, client_secret=CLIENT_SECRET, redirect_uris=redirect_uris)
    return GoogleSettings(
        clients=(client,),
        accounts=(ANA, BRUNO, CARLA),
        calendars=(
            primary_of(ANA, "America/Bogota"),
            BOOKINGS,
            primary_of(BRUNO, "America/Sao_Paulo", color="#95702a"),
            HOLIDAYS,
            BUSY_ONLY,
            primary_of(CARLA, "America/Santiago", color="#a04b63"),
        ),
        seed=seed,
    )


def with_redirects(settings: GoogleSettings, *redirect_uris: str) -> GoogleSettings:
    """The same world, whose programs may also send people back to these addresses."""
    clients = (
        replace(each, redirect_uris=(*each.redirect_uris, *redirect_uris)) for each in settings.clients
    )
    return replace(settings, clients=tuple(clients))
