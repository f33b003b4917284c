"""Dialogues in which something is booked, or is not: whatever a time can be said to be, and what stands against it."""

from calendar_sync.outcomes import Awaiting, OutcomeKind
from calendar_sync.requests import Grain
from tests.calendar_sync.conversation.wishes import (
    DECLINE,
    NO,
    YES,
    Script,
    Tap,
    Told,
    Wait,
    about,
    after,
    afternoon,
    any_day,
    at,
    before,
    between,
    book,
    cancel,
    days,
    free,
    mine,
    morning,
    move,
    on,
    part,
)

K, ASK = OutcomeKind, Awaiting
CONFIRM = ASK.CONFIRM
FREE_AT_FOUR = Told(
    book(service="=cut", when=at("11-26 16:00")),
    K.HELD,
    CONFIRM,
    has=("Jueves 26 de noviembre", "4:00 p. m."),
)
BOOKED = Told(YES, K.BOOKED, has=("confirmada", "hora de Bogotá"))
CUT_AT_FOUR = ("cut nora 11-26 16:00",)

SCRIPTS = (
    Script(
        "everything said and free goes straight to the confirmation, with weekday, date, hour, zone, service, staff and name",
        (
            Told(
                book(service="=cut", staff="=raul", when=at("11-26 16:00")),
                K.HELD,
                CONFIRM,
                has=(
                    "Corte de pelo",
                    "Jueves 26 de noviembre",
                    "a las 4:00 p. m.",
                    "hora de Bogotá",
                    "Raúl",
                    "Marta Ríos",
                ),
            ),
            BOOKED,
        ),
        left=("cut raul 11-26 16:00",),
    ),
    Script(
        "the confirmation is tapped",
        (FREE_AT_FOUR, Told(Tap("Sí, reservar"), K.BOOKED, has=("Jueves 26",))),
        left=CUT_AT_FOUR,
    ),
    Script(
        "a yes that repeats the hour is a yes",
        (
            FREE_AT_FOUR,
            Told(book(when=at("11-26 16:00")), K.BOOKED),
        ),
        left=CUT_AT_FOUR,
    ),
    Script(
        "a yes that repeats the hour without the day, and with whom, is a yes",
        (FREE_AT_FOUR, Told(book(service="el corte", staff="=nora", when=at("11-23 16:00")), K.BOOKED)),
        left=CUT_AT_FOUR,
    ),
    Script(
        "after the calendar could not be read, a no gives up the draft and not the booking that stands",
        (
            Wait(readable=False),
            Told(book(service="=cut", when=at("11-26 16:00")), K.BLOCKED),
            Told(NO, K.NOTHING, has=("Sigue en pie",)),
        ),
        has=("cut nora 11-27 10:00",),
        left=("cut nora 11-27 10:00",),
    ),
    Script(
        "a no that names the service of the draft gives up the draft, not the booking of the same service",
        (FREE_AT_FOUR, Told(cancel(service="el corte de pelo"), K.NOTHING, has=("Sigue en pie",))),
        has=("cut nora 11-27 10:00",),
        left=("cut nora 11-27 10:00",),
    ),
    Script(
        "a second tap on the same yes is told that it is done, and books nothing more",
        (
            FREE_AT_FOUR,
            Told(Tap("Sí"), K.BOOKED),
            Told("d|1|yes", K.NOTHING, has=("ya quedó hecha", "Jueves 26")),
            Told("d|1|other", K.NOTHING, has=("ya quedó hecha", "Cambiarla")),
            Told("d|1|no", K.NOTHING, has=("ya quedó hecha", "Cancelarla")),
        ),
        left=CUT_AT_FOUR,
    ),
    Script(
        "a typed no gives the slot back",
        (FREE_AT_FOUR, Told(NO, K.NOTHING, has=("no reservé nada",)), FREE_AT_FOUR),
        left=(),
    ),
    Script(
        "a tapped no gives the slot back",
        (FREE_AT_FOUR, Told(Tap("No"), K.NOTHING, has=("no reservé nada",))),
        left=(),
    ),
    Script(
        "a no says which booking still stands",
        (FREE_AT_FOUR, Told(DECLINE, K.NOTHING, has=("Sigue en pie", "viernes 27"))),
        has=("cut nora 11-27 10:00",),
        left=("cut nora 11-27 10:00",),
    ),
    Script(
        "only the service is known: times are offered, the second is chosen by number",
        (
            Told(
                book(service="=cut"),
                K.OFFERED,
                ASK.OFFER,
                has=("1. lunes 23", "2. ", "Ver más", "Hora de Bogotá"),
            ),
            Told(book(nth=2), K.HELD, CONFIRM, has=("Lunes 23",)),
            BOOKED,
        ),
    ),
    Script(
        "the last one offered is chosen",
        (
            Told(book(service="=cut", when=on("11-27")), K.OFFERED, ASK.OFFER, has=("viernes 27",)),
            Told(book(nth=-1), K.HELD, CONFIRM, has=("Viernes 27",)),
        ),
    ),
    Script(
        "the first of the next page is chosen by number",
        (
            Told(free(service="=cut"), K.OFFERED, ASK.OFFER),
            Told(Tap("Ver más"), K.OFFERED, ASK.OFFER, has=("1. jueves 26",)),
            Told(book(nth=1), K.HELD, CONFIRM, has=("Jueves 26",)),
        ),
    ),
    Script(
        "others are asked for in words until there are no more",
        (
            Told(
                book(service="=nails", when=days("11-23", "11-29")),
                K.OFFERED,
                ASK.OFFER,
                has=("martes 24", "jueves 26"),
            ),
            Told(free(), K.OFFERED, ASK.OFFER, has=("las últimas",)),
        ),
    ),
    Script(
        "a number that is not on the list is answered with the list",
        (
            Told(book(service="=cut", when=on("11-27")), K.OFFERED, ASK.OFFER),
            Told(book(nth=12), K.OFFERED, ASK.OFFER, has=("no está en la lista", "viernes 27")),
            Told(book(nth=1), K.HELD, CONFIRM),
        ),
    ),
    Script(
        "a row is tapped",
        (
            Told(book(service="=cut", when=on("11-27")), K.OFFERED, ASK.OFFER),
            Told(Tap("vie 27 nov 10:00 am"), K.HELD, CONFIRM, has=("10:00 a. m.",)),
            BOOKED,
        ),
        left=("cut nora 11-27 10:00",),
    ),
    Script(
        "another row of the same list is tapped after the confirmation was asked",
        (
            Told(book(service="=cut", when=on("11-27")), K.OFFERED, ASK.OFFER),
            Told("d|1|pick|2", K.HELD, CONFIRM, has=("Viernes 27",)),
            Told("d|1|pick|0", K.HELD, CONFIRM, has=("Viernes 27", "9:00 a. m.")),
            BOOKED,
        ),
        left=("cut nora 11-27 09:00",),
    ),
    Script(
        "an hour without a day is the hour on the day that was offered",
        (
            Told(book(service="=cut", when=on("11-27")), K.OFFERED, ASK.OFFER),
            Told(book(when=at("11-23 17:00")), K.HELD, CONFIRM, has=("Viernes 27", "5:00 p. m.")),
        ),
    ),
    Script(
        "a bare hour read as morning is the afternoon hour that was offered",
        (
            Told(
                book(service="=cut", when=afternoon("11-27")),
                K.OFFERED,
                ASK.OFFER,
                has=("viernes 27", "4:00 p. m."),
            ),
            Told(book(when=at("11-23 04:00")), K.HELD, CONFIRM, has=("Viernes 27", "4:00 p. m.")),
        ),
    ),
    Script(
        "weekday and hour choose from the offer",
        (
            Told(book(service="=cut"), K.OFFERED, ASK.OFFER),
            Told(book(when=at("11-24 09:00")), K.HELD, CONFIRM, has=("Martes 24", "9:00 a. m.")),
        ),
    ),
    Script(
        "a day after an hour that was not free keeps the hour",
        (
            Told(
                book(service="=dye", when=at("11-24 16:00")), K.OFFERED, ASK.OFFER, has=("ya no está libre",)
            ),
            Told(
                free(when=on("11-26")),
                K.OFFERED,
                ASK.OFFER,
                has=("jueves 26", "4:00 p. m."),
                lacks=("9:00 a. m.",),
            ),
        ),
        busy=(("11-24 15:00", "11-24 18:00"),),
    ),
    Script(
        "another day alone is taken at the hour that was asked for",
        (
            Told(
                book(service="=cut", when=at("11-24 16:00"), name="Marta Ríos"),
                K.OFFERED,
                ASK.OFFER,
                has=("ya no está libre",),
            ),
            Told(book(when=on("11-26")), K.HELD, CONFIRM, has=("Jueves 26", "4:00 p. m.")),
        ),
        busy=(("11-24 15:00", "11-24 18:00"),),
    ),
    Script(
        "a day keeps the part of the day that was said before",
        (
            Told(
                book(service="=cut", when=afternoon("11-24")),
                K.OFFERED,
                ASK.OFFER,
                has=("martes 24", "3:00 p. m."),
            ),
            Told(
                book(when=on("11-26")),
                K.OFFERED,
                ASK.OFFER,
                has=("jueves 26",),
                lacks=("9:00 a. m.", "martes"),
            ),
        ),
    ),
    Script(
        "service first, then the day: the service is kept",
        (
            Told(book(service="=dye"), K.OFFERED, ASK.OFFER, has=("Tinte completo",)),
            Told(
                book(when=at("12-01 10:00")),
                K.HELD,
                CONFIRM,
                has=("Tinte completo", "Martes 1 de diciembre", "Nora"),
            ),
            BOOKED,
        ),
        left=("dye nora 12-01 10:00",),
    ),
    Script(
        "nothing is known: the service is asked for, and chosen by name",
        (
            Told(
                book(), K.ASKED, ASK.SERVICE, has=("¿Qué servicio", "1. Corte de pelo", "5. Masaje del club")
            ),
            Told(book(service="tinte"), K.OFFERED, ASK.OFFER, has=("Tinte completo",)),
        ),
    ),
    Script(
        "the day comes first, the service by number, the day is kept",
        (
            Told(book(when=at("11-26 16:00")), K.ASKED, ASK.SERVICE),
            Told(book(nth=2), K.HELD, CONFIRM, has=("Corte y barba", "Jueves 26", "4:00 p. m.")),
        ),
    ),
    Script(
        "the service is tapped",
        (Told(free(), K.ASKED, ASK.SERVICE), Told(Tap("Manicura"), K.OFFERED, ASK.OFFER, has=("Manicura",))),
    ),
    Script(
        "a word that fits two services is asked about",
        (
            Told(
                book(service="corte", when=at("11-26 16:00")),
                K.ASKED,
                ASK.SERVICE,
                has=("«corte»", "Corte de pelo", "Corte y barba"),
                lacks=("Tinte",),
            ),
            Told(book(service="el de barba"), K.HELD, CONFIRM, has=("Corte y barba", "Jueves 26")),
        ),
    ),
    Script(
        "a service that the shop does not have is said so, with those it has",
        (
            Told(
                book(service="depilación láser"),
                K.ASKED,
                ASK.SERVICE,
                has=("«depilación láser»", "no está", "Manicura"),
            ),
        ),
    ),
    Script(
        "two services in one message are booked one after the other",
        (
            Told(
                book(service=("=cut", "=dye"), staff="=nora", when=at("11-26 15:00")),
                K.HELD,
                CONFIRM,
                has=("primero Corte de pelo", "después Tinte completo"),
            ),
            Told(YES, K.BOOKED, ASK.OFFER, has=("confirmada", "Tinte completo", "3:30 p. m.")),
            Told(book(nth=1), K.HELD, CONFIRM, has=("Tinte completo", "3:30 p. m.")),
            BOOKED,
        ),
        left=("cut nora 11-26 15:00", "dye nora 11-26 15:30"),
    ),
    Script(
        "one of two services is unknown: it is said, the other is booked",
        (
            Told(
                book(service=("=cut", "tatuaje"), when=at("11-26 16:00")),
                K.HELD,
                CONFIRM,
                has=("«tatuaje» no está", "Corte de pelo"),
            ),
        ),
    ),
    Script(
        "two services, and no to the first ends both",
        (
            Told(book(service=("=cut", "=dye"), when=at("11-26 15:00")), K.HELD, CONFIRM),
            Told(NO, K.NOTHING, lacks=("Tinte",)),
        ),
        left=(),
    ),
    Script(
        "the name is asked for where it is not known, and the confirmation names it",
        (
            Told(
                book(service="=cut", when=at("11-26 16:00")),
                K.ASKED,
                ASK.NAME,
                has=("¿A nombre de quién", "Jueves 26"),
            ),
            Told(book(name="Iván Lara"), K.HELD, CONFIRM, has=("A nombre de Iván Lara",)),
            BOOKED,
        ),
        customer=None,
        left=CUT_AT_FOUR,
    ),
    Script(
        "an answer without a name is asked again",
        (
            Told(book(service="=cut", when=at("11-26 16:00")), K.ASKED, ASK.NAME),
            Told(book(), K.ASKED, ASK.NAME, has=("¿A nombre de quién",)),
            Told(NO, K.NOTHING),
        ),
        customer=None,
        left=(),
    ),
    Script(
        "for somebody else, said at the confirmation: it is asked again with the name",
        (
            FREE_AT_FOUR,
            Told(book(name="mi hija Sol"), K.HELD, CONFIRM, has=("A nombre de mi hija Sol",)),
            BOOKED,
        ),
        left=CUT_AT_FOUR,
    ),
    Script(
        "the hour is corrected at the confirmation, on the same day",
        (
            FREE_AT_FOUR,
            Told(book(when=at("11-23 17:00")), K.HELD, CONFIRM, has=("Jueves 26", "5:00 p. m.")),
            BOOKED,
        ),
        left=("cut nora 11-26 17:00",),
    ),
    Script(
        "a change before it is booked is a correction, not a move of the other booking",
        (
            FREE_AT_FOUR,
            Told(move(when=on("11-27")), K.OFFERED, ASK.OFFER, has=("viernes 27",)),
            Told(book(nth=1), K.HELD, CONFIRM, has=("Viernes 27",)),
        ),
        has=("cut raul 12-01 10:00",),
        left=("cut raul 12-01 10:00",),
    ),
    Script(
        "the service is corrected at the confirmation, and the time is kept",
        (
            FREE_AT_FOUR,
            Told(book(service="=dye"), K.HELD, CONFIRM, has=("Tinte completo", "Jueves 26", "4:00 p. m.")),
        ),
    ),
    Script(
        "the person is corrected at the confirmation, and the time is kept although it was held",
        (
            FREE_AT_FOUR,
            Told(book(staff="Raúl"), K.HELD, CONFIRM, has=("Raúl", "Jueves 26", "4:00 p. m.")),
            BOOKED,
        ),
        left=("cut raul 11-26 16:00",),
    ),
    Script(
        "another time is asked for by button",
        (
            FREE_AT_FOUR,
            Told(Tap("Otra hora"), K.OFFERED, ASK.OFFER, has=("jueves 26",), lacks=("4:00 p. m.",)),
            Told(book(nth=1), K.HELD, CONFIRM),
        ),
    ),
    Script(
        "a time that is taken: it is said, and the nearest are offered",
        (
            Told(
                book(service="=dye", when=at("11-26 16:00")),
                K.OFFERED,
                ASK.OFFER,
                has=("El jueves 26 de noviembre, a las 4:00 p. m., ya no está libre", "jueves 26"),
            ),
        ),
        busy=(("11-26 15:30", "11-26 16:30"),),
    ),
    Script(
        "who was asked for is taken, and somebody else is free: that is offered too",
        (
            Told(
                book(service="=cut", staff="=raul", when=at("11-26 16:00")),
                K.OFFERED,
                ASK.OFFER,
                has=("Raúl ya no tiene libre", "4:00 p. m., con Nora", "con Raúl"),
            ),
            Told(book(when=at("11-26 16:00")), K.HELD, CONFIRM, has=("Nora",)),
        ),
        has=("cut raul 11-26 16:00",),
    ),
    Script(
        "a closed weekday",
        (
            Told(
                book(service="=cut", when=at("11-29 10:00")),
                K.OFFERED,
                ASK.OFFER,
                has=("El domingo 29 de noviembre no abrimos", "lunes 30"),
            ),
        ),
    ),
    Script(
        "a closed day with the merchant's reason",
        (
            Told(
                book(service="=cut", when=on("12-08")),
                K.OFFERED,
                ASK.OFFER,
                has=("El martes 8 de diciembre no abrimos (Día de las Velitas)", "lunes 7"),
            ),
        ),
    ),
    Script(
        "outside the hours",
        (
            Told(
                book(service="=cut", when=at("11-26 20:00")),
                K.OFFERED,
                ASK.OFFER,
                has=(
                    "El jueves 26 de noviembre atendemos de 9:00 a. m. a 1:00 p. m. y 3:00 p. m. a 7:00 p. m.",
                    "6:30 p. m.",
                ),
            ),
        ),
    ),
    Script(
        "too long before closing",
        (
            Told(
                book(service="=dye", when=at("11-26 18:30")),
                K.OFFERED,
                ASK.OFFER,
                has=("dura 1 h 30 min", "5:30 p. m."),
            ),
        ),
    ),
    Script(
        "a past date",
        (
            Told(
                book(service="=cut", when=on("11-20")),
                K.OFFERED,
                ASK.OFFER,
                has=("Esa fecha ya pasó", "lunes 23"),
            ),
        ),
    ),
    Script(
        "an hour of today that has passed",
        (
            Told(
                book(service="=cut", when=at("11-23 09:00")),
                K.OFFERED,
                ASK.OFFER,
                has=("Esa hora ya pasó", "11:00 a. m."),
            ),
        ),
    ),
    Script(
        "too soon",
        (
            Told(
                book(service="=cut", when=at("11-23 10:30")),
                K.OFFERED,
                ASK.OFFER,
                has=("al menos 1 h de anticipación", "11:00 a. m."),
            ),
        ),
    ),
    Script(
        "beyond the horizon",
        (
            Told(
                book(service="=cut", when=at("02-15 10:00")),
                K.OFFERED,
                ASK.OFFER,
                has=("se reserva hasta el viernes 22 de enero", "enero"),
            ),
        ),
    ),
    Script(
        "who was asked for is not there that day",
        (
            Told(
                book(service="=cut", staff="=nora", when=on("11-28")),
                K.OFFERED,
                ASK.OFFER,
                has=("Nora no atiende el sábado 28", "Nora"),
            ),
        ),
    ),
    Script(
        "the service is not offered that day",
        (
            Told(
                book(service="=nails", when=at("11-25 10:00")),
                K.OFFERED,
                ASK.OFFER,
                has=("Manicura no se ofrece el miércoles 25", "martes 24", "jueves 26"),
            ),
        ),
    ),
    Script(
        "only one person does it: that one is taken and named",
        (
            Told(
                book(service="=dye", staff="=raul", when=at("11-26 16:00")),
                K.HELD,
                CONFIRM,
                has=("Raúl no hace Tinte completo", "lo hace Nora", "Con Nora"),
            ),
        ),
    ),
    Script(
        "somebody whom nobody knows",
        (
            Told(
                book(service="=cut", staff="Fermín", when=at("11-26 16:00")),
                K.ASKED,
                ASK.STAFF,
                has=("«Fermín»", "Nora", "Raúl"),
            ),
            Told(book(staff="=raul"), K.HELD, CONFIRM, has=("Con Raúl", "Jueves 26")),
        ),
    ),
    Script(
        "the person is chosen by tap",
        (
            Told(book(service="=cut", staff="Fermín", when=at("11-26 16:00")), K.ASKED, ASK.STAFF),
            Told(Tap("Raúl"), K.HELD, CONFIRM, has=("Con Raúl",)),
        ),
    ),
    Script(
        "either of two people will do",
        (
            Told(
                book(service="=cut", staff=("=raul", "=nora"), when=at("11-23 16:00")),
                K.HELD,
                CONFIRM,
                has=("Con Nora",),
            ),
        ),
    ),
    Script(
        "about an hour that is free",
        (Told(book(service="=cut", when=about("11-26 16:00")), K.HELD, CONFIRM, has=("4:00 p. m.",)),),
    ),
    Script(
        "about an hour that is not: what is within half an hour",
        (
            Told(
                book(service="=dye", when=about("11-26 16:00")),
                K.OFFERED,
                ASK.OFFER,
                has=("4:30 p. m.",),
                lacks=("9:00 a. m.",),
            ),
        ),
        busy=(("11-26 15:00", "11-26 16:30"),),
    ),
    Script(
        "a part of a day",
        (
            Told(
                free(service="=cut", when=morning("11-26")),
                K.OFFERED,
                ASK.OFFER,
                has=("jueves 26", "9:00 a. m."),
                lacks=("3:00 p. m.",),
            ),
        ),
    ),
    Script(
        "no room in the afternoon that was wanted: the afternoons near it, not any hour",
        (
            Told(
                free(service="=dye", when=afternoon("11-26")),
                K.OFFERED,
                ASK.OFFER,
                has=(
                    "No me queda espacio a esas horas el jueves 26",
                    "10:30 a. m.",
                    "miércoles 25 de noviembre, 3:30 p. m.",
                ),
                lacks=("9:00 a. m.",),
            ),
        ),
        busy=(("11-26 12:00", "11-26 20:00"),),
    ),
    Script(
        "between two hours",
        (
            Told(
                free(service="=cut", when=between("11-26", "15:00", "17:00")),
                K.OFFERED,
                ASK.OFFER,
                has=("3:00 p. m.", "4:30 p. m."),
                lacks=("5:00 p. m.", "9:00 a. m."),
            ),
        ),
    ),
    Script(
        "after an hour",
        (
            Told(
                free(service="=cut", when=after("11-26 17:00")),
                K.OFFERED,
                ASK.OFFER,
                has=("5:00 p. m.", "6:30 p. m."),
                lacks=("4:30 p. m.", "viernes"),
            ),
        ),
    ),
    Script(
        "before an hour",
        (
            Told(
                free(service="=cut", when=before("11-26 11:00")),
                K.OFFERED,
                ASK.OFFER,
                has=("9:00 a. m.", "10:30 a. m."),
                lacks=("11:00 a. m.",),
            ),
        ),
    ),
    Script(
        "after a day",
        (
            Told(
                free(service="=cut", when=after("12-15")),
                K.OFFERED,
                ASK.OFFER,
                has=("martes 15 de diciembre",),
                lacks=("noviembre",),
            ),
        ),
    ),
    Script(
        "before a day",
        (
            Told(
                free(service="=cut", when=before("11-24")),
                K.OFFERED,
                ASK.OFFER,
                has=("lunes 23", "martes 24"),
                lacks=("miércoles",),
            ),
        ),
    ),
    Script(
        "several days",
        (
            Told(
                free(service="=cut", when=days("11-26", "11-28")),
                K.OFFERED,
                ASK.OFFER,
                has=("jueves 26", "sábado 28"),
                lacks=("lunes",),
            ),
        ),
    ),
    Script(
        "next week",
        (
            Told(
                free(service="=cut", when=days("11-30", "12-06", Grain.WEEK)),
                K.OFFERED,
                ASK.OFFER,
                has=("lunes 30",),
                lacks=("viernes 27",),
            ),
        ),
    ),
    Script(
        "next month",
        (
            Told(
                free(service="=cut", when=days("12-01", "12-31", Grain.MONTH)),
                K.OFFERED,
                ASK.OFFER,
                has=("martes 1 de diciembre",),
                lacks=("noviembre",),
            ),
        ),
    ),
    Script(
        "any day but one",
        (
            Told(
                free(service="=cut", when=any_day("11-24")),
                K.OFFERED,
                ASK.OFFER,
                has=("lunes 23", "miércoles 25"),
                lacks=("martes 24",),
            ),
        ),
    ),
    Script(
        "one of two days",
        (
            Told(
                free(service="=cut", when=(on("11-26"), on("11-28"))),
                K.OFFERED,
                ASK.OFFER,
                has=("jueves 26", "sábado 28"),
                lacks=("viernes",),
            ),
        ),
    ),
    Script(
        "one of two hours: the first is taken, the second is free",
        (
            Told(
                book(service="=dye", when=(at("11-26 10:00"), at("11-27 10:00"))),
                K.HELD,
                CONFIRM,
                has=("Viernes 27",),
            ),
        ),
        busy=(("11-26 09:00", "11-26 12:00"),),
    ),
    Script(
        "a whole day without room",
        (
            Told(
                book(service="=dye", when=on("11-26")),
                K.OFFERED,
                ASK.OFFER,
                has=("No me queda espacio el jueves 26", "viernes 27"),
            ),
        ),
        busy=(("11-26 08:00", "11-26 20:00"),),
    ),
    Script(
        "no room at all: how far was looked, and a person",
        (
            Told(
                book(service="=dye"),
                K.OFFERED,
                ASK.OFFER,
                has=("Busqué hasta el", "Tinte completo", "Hablar con alguien"),
            ),
            Told(Tap("Hablar con alguien"), K.HANDOFF, has=("una persona del equipo",)),
        ),
        busy=(("11-20 08:00", "12-31 20:00"), ("01-01 00:00", "02-28 00:00")),
        called=True,
    ),
    Script(
        "who was asked for is not there then: the same hour with somebody else, and the nearest with them",
        (
            Told(
                book(service="=cut", staff="=nora", when=part("11-26", "09:00", "13:00")),
                K.OFFERED,
                ASK.OFFER,
                has=("con Nora",),
            ),
            Told(
                book(when=at("11-28 10:00")),
                K.OFFERED,
                ASK.OFFER,
                has=("Nora no atiende", "10:00 a. m., con Raúl", "con Nora"),
            ),
        ),
    ),
    Script(
        "asked whether an hour is free: it is, and booking it is offered",
        (
            Told(
                free(service="=cut", when=at("11-26 16:00")),
                K.OFFERED,
                CONFIRM,
                has=("Sí, hay espacio", "Jueves 26"),
            ),
            BOOKED,
        ),
        left=CUT_AT_FOUR,
    ),
    Script(
        "asked whether an hour is free, by somebody without a name: after the yes only the name is asked",
        (
            Told(free(service="=cut", when=at("11-26 16:00")), K.OFFERED, CONFIRM, has=("Sí, hay espacio",)),
            Told(YES, K.ASKED, ASK.NAME),
            Told(book(name="Iván"), K.BOOKED, has=("Iván",)),
        ),
        customer=None,
        left=CUT_AT_FOUR,
    ),
    Script(
        "asked what is free while one is to be confirmed: the old hold is given back",
        (
            FREE_AT_FOUR,
            Told(free(when=on("11-27")), K.OFFERED, ASK.OFFER, has=("viernes 27",)),
            Told(book(nth=1), K.HELD, CONFIRM),
        ),
        left=(),
    ),
    Script(
        "somebody is faster: it is said, and others are offered",
        (
            Wait(thieves=1),
            Told(
                book(service="=dye", when=at("11-26 16:00")),
                K.OFFERED,
                ASK.OFFER,
                has=("se acaba de ocupar", "jueves 26"),
            ),
            Told(book(nth=1), K.HELD, CONFIRM),
        ),
    ),
    Script(
        "the hold runs out and the slot is still free: the yes holds",
        (FREE_AT_FOUR, Wait(minutes=30), BOOKED),
        left=CUT_AT_FOUR,
    ),
    Script(
        "the hold runs out and the slot is gone: it is said, and others are offered",
        (
            Told(book(service="=dye", when=at("11-26 16:00")), K.HELD, CONFIRM),
            Wait(minutes=30, busy=("11-26 15:00", "11-26 17:00")),
            Told(YES, K.OFFERED, ASK.OFFER, has=("se acaba de ocupar",)),
        ),
        left=(),
    ),
    Script(
        "a row of a list of yesterday is tapped: a clear answer and a fresh offer near it",
        (
            Told(book(service="=cut", when=on("11-27")), K.OFFERED, ASK.OFFER),
            Wait(minutes=60 * 24),
            Told(
                Tap("vie 27 nov 10:00 am"),
                K.OFFERED,
                ASK.OFFER,
                has=("ya no está vigente", "viernes 27", "10:00 a. m."),
            ),
            Told(book(nth=1), K.HELD, CONFIRM, has=("Viernes 27",)),
        ),
    ),
    Script(
        "a row of an earlier list is tapped while another is open",
        (
            Told(book(service="=cut", when=on("11-27")), K.OFFERED, ASK.OFFER),
            Told(book(when=on("11-26")), K.OFFERED, ASK.OFFER),
            Told("d|1|pick|0|1795788000|cut", K.OFFERED, ASK.OFFER, has=("ya no está vigente",)),
        ),
    ),
    Script(
        "the yes of an earlier question does not book what is asked now",
        (
            FREE_AT_FOUR,
            Told(book(when=at("11-23 17:00")), K.HELD, CONFIRM, has=("5:00 p. m.",)),
            Told("d|1|yes", K.HELD, CONFIRM, has=("ya no está vigente", "5:00 p. m.")),
        ),
        left=(),
    ),
    Script(
        "a tap that means nothing",
        (
            Told("d|7|yes", K.NOTHING, has=("ya no está vigente",)),
            Told("whatever", K.NOTHING, has=("ya no está vigente",)),
        ),
    ),
    Script(
        "the calendar cannot be read: nothing is offered, a person is, and the next try goes on",
        (
            Wait(readable=False),
            Told(
                book(service="=cut", when=at("11-26 16:00")),
                K.BLOCKED,
                has=("no puedo ver la agenda", "Hablar con alguien"),
                lacks=("4:00",),
            ),
            Wait(readable=True),
            Told(book(), K.HELD, CONFIRM, has=("Jueves 26",)),
        ),
    ),
    Script(
        "the calendar cannot be read when it is confirmed: nothing is booked",
        (
            FREE_AT_FOUR,
            Wait(minutes=30, readable=False),
            Told(YES, K.BLOCKED, has=("no puedo ver la agenda",)),
        ),
        left=(),
    ),
    Script(
        "it is not known whether the write worked: that is said, with a person",
        (FREE_AT_FOUR, Wait(known=False), Told(YES, K.BLOCKED, has=("No pude terminar",))),
    ),
    Script(
        "a shop without services",
        (Told(book(), K.BLOCKED, has=("todavía no se hacen reservas",)),),
        shop="empty",
    ),
    Script(
        "two turns to one appointment: it is said that one is set aside",
        (
            Told(
                book(service="=cut", party=2, when=at("11-26 16:00")),
                K.HELD,
                CONFIRM,
                has=("un solo turno", "Para 2 personas"),
            ),
        ),
    ),
    Script(
        "what they have is asked in the middle: the dialogue goes on",
        (
            FREE_AT_FOUR,
            Told(mine(), K.LIST_BOOKINGS, CONFIRM, has=("Viernes 27",)),
            BOOKED,
        ),
        has=("cut nora 11-27 10:00",),
        left=("cut nora 11-27 10:00", *CUT_AT_FOUR),
    ),
    Script(
        "one booking is given up and another made in one message",
        (
            Told(
                (book(service="=cut", when=at("11-26 16:00")), cancel(when=on("11-27"))),
                K.CANCELLED,
                CONFIRM,
                has=("cancelé", "viernes 27", "¿Confirmo", "Jueves 26"),
            ),
            BOOKED,
        ),
        has=("dye nora 11-27 10:00",),
        left=CUT_AT_FOUR,
    ),
)
