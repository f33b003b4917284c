"""Dialogues about bookings that stand: cancelled, moved, confirmed, listed; groups, tables, members, reminders."""

from calendar_sync.outcomes import Awaiting, OutcomeKind
from tests.calendar_sync.conversation.wishes import (
    COMING,
    DECLINE,
    NO,
    YES,
    Script,
    Tap,
    Told,
    Wait,
    at,
    book,
    cancel,
    days,
    free,
    later,
    mine,
    move,
    on,
)

K, ASK = OutcomeKind, Awaiting
CONFIRM = ASK.CONFIRM
ONE = ("cut nora 11-27 10:00",)
TWO = ("cut nora 11-27 10:00", "dye nora 12-01 15:00")

SCRIPTS = (
    Script(
        "the only booking is cancelled at once, with weekday, date, hour and zone",
        (
            Told(
                cancel(),
                K.CANCELLED,
                has=(
                    "cancelé",
                    "Corte de pelo",
                    "el viernes 27 de noviembre, a las 10:00 a. m.",
                    "hora de Bogotá",
                ),
            ),
        ),
        has=ONE,
        left=(),
    ),
    Script(
        "after a cancellation, another day is for the same service and person",
        (
            Told(cancel(), K.CANCELLED),
            Told(
                book(when=at("11-30 16:00")), K.HELD, CONFIRM, has=("Corte de pelo", "Con Nora", "Lunes 30")
            ),
        ),
        has=ONE,
    ),
    Script(
        "after a cancellation, moving it is booking it anew",
        (
            Told(cancel(), K.CANCELLED),
            Told(move(when=at("11-30 16:00")), K.HELD, CONFIRM, has=("Corte de pelo", "Lunes 30")),
        ),
        has=ONE,
    ),
    Script(
        "nobody cancels what is not there",
        (Told(cancel(), K.NOTHING, has=("No encuentro ninguna reserva", "Hablar con alguien")),),
    ),
    Script(
        "without bookings, a new one is begun by button",
        (Told(cancel(), K.NOTHING), Told(Tap("Reservar"), K.ASKED, ASK.SERVICE, has=("¿Qué servicio",))),
    ),
    Script(
        "of two bookings it is asked which, and the number answers",
        (
            Told(
                cancel(),
                K.ASKED,
                ASK.OFFER,
                has=("1. Corte de pelo con Nora, viernes 27", "2. Tinte completo"),
            ),
            Told(cancel(nth=2), K.CANCELLED, has=("Tinte completo",)),
        ),
        has=TWO,
        left=ONE,
    ),
    Script(
        "of two bookings one is tapped",
        (Told(cancel(), K.ASKED, ASK.OFFER), Told(Tap("mar 1 dic"), K.CANCELLED, has=("Tinte completo",))),
        has=TWO,
        left=ONE,
    ),
    Script(
        "of two bookings the day tells which",
        (Told(cancel(when=on("12-01")), K.CANCELLED, has=("Tinte completo",)),),
        has=TWO,
        left=ONE,
    ),
    Script(
        "of two bookings the service tells which",
        (Told(cancel(service="el tinte"), K.CANCELLED, has=("Tinte completo",)),),
        has=TWO,
        left=ONE,
    ),
    Script(
        "asked which, a word about another thing begins that",
        (
            Told(cancel(), K.ASKED, ASK.OFFER),
            Told(book(service="=nails", when=on("11-26")), K.OFFERED, ASK.OFFER, has=("Manicura",)),
        ),
        has=TWO,
        left=TWO,
    ),
    Script(
        "asked which, an answer that says nothing is asked again",
        (
            Told(cancel(), K.ASKED, ASK.OFFER),
            Told(book(), K.ASKED, ASK.OFFER, has=("¿Cuál de estas",)),
            Told(book(nth=1), K.CANCELLED),
        ),
        has=TWO,
        left=("dye nora 12-01 15:00",),
    ),
    Script(
        "the day said is not the booking's: it is shown and asked",
        (
            Told(cancel(when=on("11-26")), K.ASKED, CONFIRM, has=("es esta", "Viernes 27", "Sí, cancelar")),
            Told(YES, K.CANCELLED, has=("viernes 27",)),
        ),
        has=ONE,
        left=(),
    ),
    Script(
        "a typed no never cancels: it is asked again, to be tapped",
        (
            Told(cancel(when=on("11-26")), K.ASKED, CONFIRM),
            Told(NO, K.ASKED, CONFIRM, has=("Para no equivocarme",)),
            Told(COMING, K.ASKED, CONFIRM),
            Told(Tap("No, dejarla"), K.NOTHING, has=("queda como estaba", "Viernes 27")),
        ),
        has=ONE,
        left=ONE,
    ),
    Script(
        "a clear no keeps the booking",
        (
            Told(cancel(when=on("11-26")), K.ASKED, CONFIRM),
            Told(DECLINE, K.NOTHING, has=("queda como estaba",)),
        ),
        has=ONE,
        left=ONE,
    ),
    Script(
        "too late to cancel: it is said, and a person can be called",
        (
            Told(cancel(), K.BLOCKED, has=("al menos 2 h", "lunes 23", "Hablar con alguien")),
            Told(Tap("Hablar"), K.HANDOFF),
        ),
        has=("cut nora 11-23 11:30",),
        left=("cut nora 11-23 11:30",),
        called=True,
    ),
    Script(
        "a service with its own notice",
        (Told(cancel(), K.BLOCKED, has=("Tinte completo", "al menos 24 h")),),
        has=("dye nora 11-24 09:00",),
        left=("dye nora 11-24 09:00",),
    ),
    Script(
        "while something is being booked, a cancellation that names the other booking cancels that",
        (
            Told(book(service="=cut", when=at("11-26 16:00")), K.HELD, CONFIRM),
            Told(cancel(when=on("11-27")), K.CANCELLED, has=("viernes 27",)),
        ),
        has=ONE,
        left=(),
    ),
    Script(
        "a move to an exact free time is confirmed with before and now",
        (
            Told(
                move(when=at("11-30 16:00")),
                K.HELD,
                CONFIRM,
                has=(
                    "Antes: Corte de pelo con Nora, viernes 27",
                    "Lunes 30 de noviembre",
                    "hora de Bogotá",
                    "Con Nora",
                ),
            ),
            Told(YES, K.RESCHEDULED, has=("Cambié tu reserva", "Lunes 30")),
        ),
        has=ONE,
        left=("cut nora 11-30 16:00",),
    ),
    Script(
        "no to a move keeps the booking",
        (
            Told(move(when=at("11-30 16:00")), K.HELD, CONFIRM),
            Told(NO, K.NOTHING, has=("queda como estaba", "Viernes 27")),
        ),
        has=ONE,
        left=ONE,
    ),
    Script(
        "an hour later",
        (
            Told(move(when=later(60)), K.HELD, CONFIRM, has=("Viernes 27", "11:00 a. m.")),
            Told(YES, K.RESCHEDULED),
        ),
        has=ONE,
        left=("cut nora 11-27 11:00",),
    ),
    Script(
        "half an hour later, where the booking itself is in the way of nobody but itself",
        (Told(move(when=later(30)), K.HELD, CONFIRM, has=("3:30 p. m.",)), Told(YES, K.RESCHEDULED)),
        has=("dye nora 12-01 15:00",),
        left=("dye nora 12-01 15:30",),
    ),
    Script(
        "an hour alone is on the day of the booking",
        (Told(move(when=at("11-23 17:00")), K.HELD, CONFIRM, has=("Viernes 27", "5:00 p. m.")),),
        has=ONE,
    ),
    Script(
        "a day alone: the same hour and those next to it are offered",
        (
            Told(
                move(when=on("11-30")),
                K.OFFERED,
                ASK.OFFER,
                has=("lunes 30", "10:00 a. m."),
                lacks=("4:00 p. m.",),
            ),
            Told(book(when=at("11-23 10:00")), K.HELD, CONFIRM, has=("Lunes 30", "10:00 a. m.")),
            Told(YES, K.RESCHEDULED),
        ),
        has=ONE,
        left=("cut nora 11-30 10:00",),
    ),
    Script(
        "no time said: times are offered, with whom it is now",
        (
            Told(move(), K.OFFERED, ASK.OFFER, has=("Para mover tu reserva de Corte de pelo",)),
            Told(book(nth=2), K.HELD, CONFIRM, has=("Con Nora",)),
        ),
        has=ONE,
    ),
    Script(
        "with somebody else, at the same time",
        (
            Told(move(staff="=raul"), K.HELD, CONFIRM, has=("Con Raúl", "Viernes 27", "10:00 a. m.")),
            Told(YES, K.RESCHEDULED),
        ),
        has=ONE,
        left=("cut raul 11-27 10:00",),
    ),
    Script(
        "another service, at the same time",
        (
            Told(
                move(service=("mi corte de pelo", "=cutbeard")),
                K.HELD,
                CONFIRM,
                has=("Antes: Corte de pelo", "Corte y barba", "Viernes 27"),
            ),
        ),
        has=ONE,
    ),
    Script(
        "another name only",
        (Told(move(name="Lía Paz"), K.RESCHEDULED, has=("A nombre de Lía Paz", "Viernes 27")),),
        has=ONE,
        left=ONE,
    ),
    Script(
        "to where it is already",
        (Told(move(when=at("11-27 10:00")), K.NOTHING, has=("queda como estaba",)),),
        has=ONE,
        left=ONE,
    ),
    Script(
        "of two bookings the old time tells which is moved",
        (
            Told(
                move(was=on("12-01"), when=at("12-02 15:00")), K.HELD, CONFIRM, has=("Antes: Tinte completo",)
            ),
            Told(YES, K.RESCHEDULED),
        ),
        has=TWO,
        left=("cut nora 11-27 10:00", "dye nora 12-02 15:00"),
    ),
    Script(
        "of two bookings it is asked which, and the new time is not forgotten",
        (
            Told(move(when=at("12-02 15:00")), K.ASKED, ASK.OFFER, has=("¿Cuál quieres cambiar",)),
            Told(book(nth=1), K.HELD, CONFIRM, has=("Antes: Corte de pelo", "Miércoles 2")),
        ),
        has=TWO,
    ),
    Script(
        "the new time is closed: the nearest are offered, and the booking stays until one is confirmed",
        (
            Told(move(when=at("11-29 10:00")), K.OFFERED, ASK.OFFER, has=("El domingo 29", "no abrimos")),
            Told(NO, K.NOTHING, has=("queda como estaba",)),
        ),
        has=ONE,
        left=ONE,
    ),
    Script(
        "too late to move",
        (
            Told(
                move(when=at("11-30 10:00")),
                K.BLOCKED,
                has=("se cambian con al menos 2 h", "Hablar con alguien"),
            ),
        ),
        has=("cut nora 11-23 11:30",),
        left=("cut nora 11-23 11:30",),
    ),
    Script(
        "nothing to move",
        (
            Told(
                move(when=at("11-30 10:00")), K.NOTHING, has=("ninguna reserva tuya por cambiar", "Reservar")
            ),
        ),
    ),
    Script(
        "somebody takes the new slot first: the old one is kept",
        (
            Told(move(when=at("11-30 16:00")), K.HELD, CONFIRM),
            Wait(minutes=30, busy=("11-30 15:00", "11-30 17:00")),
            Told(YES, K.OFFERED, ASK.OFFER, has=("se acaba de ocupar",)),
            Told(NO, K.NOTHING, has=("queda como estaba",)),
        ),
        has=ONE,
        left=ONE,
    ),
    Script(
        "a new booking while another is being moved",
        (
            Told(move(when=on("11-30")), K.OFFERED, ASK.OFFER),
            Told(
                book(service="=nails", when=at("11-26 10:00")),
                K.HELD,
                CONFIRM,
                has=("¿Confirmo tu reserva", "Manicura"),
            ),
            Told(YES, K.BOOKED),
        ),
        has=ONE,
        left=("cut nora 11-27 10:00", "nails nora 11-26 10:00"),
    ),
    Script(
        "what they have, one",
        (
            Told(
                mine(),
                K.LIST_BOOKINGS,
                has=("Tienes esta reserva", "Viernes 27", "hora de Bogotá", "Cambiarla", "Cancelarla"),
            ),
        ),
        has=ONE,
    ),
    Script(
        "the listed booking is cancelled by button",
        (Told(mine(), K.LIST_BOOKINGS), Told(Tap("Cancelarla"), K.CANCELLED)),
        has=ONE,
        left=(),
    ),
    Script(
        "the listed booking is changed by button",
        (Told(mine(), K.LIST_BOOKINGS), Told(Tap("Cambiarla"), K.OFFERED, ASK.OFFER)),
        has=ONE,
        left=ONE,
    ),
    Script(
        "an old button on a booking that is gone",
        (
            Told(mine(), K.LIST_BOOKINGS),
            Told(Tap("Cancelarla"), K.CANCELLED),
            Told(COMING, K.NOTHING, has=("por confirmar",)),
        ),
        has=ONE,
        left=(),
    ),
    Script(
        "what they have, several",
        (
            Told(
                mine(),
                K.LIST_BOOKINGS,
                has=("Tus reservas", "viernes 27", "martes 1 de diciembre", "Hora de Bogotá"),
            ),
        ),
        has=TWO,
    ),
    Script(
        "what they have on a day",
        (Told(mine(when=on("12-01")), K.LIST_BOOKINGS, has=("Tinte",), lacks=("Corte",)),),
        has=TWO,
    ),
    Script(
        "nothing on that day, and what there is",
        (Told(mine(when=on("11-26")), K.LIST_BOOKINGS, has=("Para esa fecha no tienes", "Viernes 27")),),
        has=ONE,
    ),
    Script("they have nothing", (Told(mine(), K.LIST_BOOKINGS, has=("No tienes reservas",)),)),
    Script(
        "they will come",
        (Told(COMING, K.CONFIRMED, has=("Gracias por confirmar", "Viernes 27", "hora de Bogotá")),),
        has=TWO,
        left=TWO,
    ),
    Script(
        "a confirmation of a draft is a yes to it",
        (Told(book(service="=cut", when=at("11-26 16:00")), K.HELD, CONFIRM), Told(COMING, K.BOOKED)),
        left=("cut nora 11-26 16:00",),
    ),
    Script(
        "a person is not on the members' list: nothing is said about who is",
        (
            Told(
                book(service="=massage", when=at("11-26 16:00")),
                K.NOT_MEMBER,
                has=("no pude verificar", "Hablar con alguien"),
                lacks=("lista", "4:00"),
            ),
        ),
        member=False,
        left=(),
    ),
    Script(
        "a member books",
        (
            Told(book(service="=massage", when=at("11-26 16:00")), K.HELD, CONFIRM, has=("Masaje del club",)),
            Told(YES, K.BOOKED),
        ),
        left=("massage raul 11-26 16:00",),
    ),
    Script(
        "a hidden number is asked for, and the booking goes on when it is there",
        (
            Told(
                book(service="=massage", when=at("11-26 16:00")),
                K.ASKED,
                ASK.PHONE,
                has=("verificar tu número", "<contact>"),
            ),
            Wait(phone="+573005550102"),
            Told((), K.HELD, CONFIRM, has=("Masaje del club", "Jueves 26")),
        ),
        phone=None,
    ),
    Script(
        "a hidden number that stays hidden is asked for again",
        (Told(book(service="=massage"), K.ASKED, ASK.PHONE), Told(book(), K.ASKED, ASK.PHONE)),
        phone=None,
    ),
    Script(
        "a class: its times are offered with the seats that are left",
        (
            Told(
                free(),
                K.OFFERED,
                ASK.OFFER,
                has=("Yoga suave", "martes 24", "6:00 p. m.", "Quedan 4 lugares"),
            ),
            Told(book(nth=1, party=2), K.HELD, CONFIRM, has=("Para 2 personas", "Martes 24")),
            Told(YES, K.BOOKED),
        ),
        shop="studio",
        left=("yoga raul 11-24 18:00 x2",),
    ),
    Script(
        "a class is changed for one with another teacher",
        (
            Told(move(when=at("11-25 07:00")), K.HELD, CONFIRM, has=("Con Nora", "Miércoles 25")),
            Told(YES, K.RESCHEDULED),
        ),
        shop="studio",
        has=("yoga - 11-24 18:00",),
        left=("yoga nora 11-25 07:00",),
    ),
    Script(
        "no class at that hour",
        (Told(book(when=at("11-25 10:00")), K.OFFERED, ASK.OFFER, has=("no hay Yoga suave", "7:00 a. m.")),),
        shop="studio",
    ),
    Script(
        "a full class",
        (
            Told(
                book(when=at("11-24 18:00")),
                K.OFFERED,
                ASK.OFFER,
                has=("el grupo ya está completo", "miércoles 25"),
            ),
        ),
        shop="studio",
        has=("yoga - 11-24 18:00",) * 4,
    ),
    Script(
        "more people than a class has seats: fewer by button, or a person",
        (
            Told(
                book(party=6, when=at("11-25 07:00")),
                K.OFFERED,
                ASK.PARTY_SIZE,
                has=("hasta 4 personas", "Reservar para 4", "Hablar con alguien"),
            ),
            Told(Tap("Reservar para 4"), K.HELD, CONFIRM, has=("Para 4 personas", "Miércoles 25")),
        ),
        shop="studio",
    ),
    Script(
        "more people than a class has seats: fewer in words",
        (
            Told(book(party=6, when=at("11-25 07:00")), K.OFFERED, ASK.PARTY_SIZE),
            Told(book(party=3), K.HELD, CONFIRM, has=("Para 3 personas",)),
        ),
        shop="studio",
    ),
    Script(
        "a table: how many is asked",
        (
            Told(book(when=at("11-25 20:00")), K.ASKED, ASK.PARTY_SIZE, has=("¿Para cuántas personas",)),
            Told(book(party=4), K.HELD, CONFIRM, has=("Para 4 personas", "Miércoles 25", "8:00 p. m.")),
            Told(YES, K.BOOKED),
        ),
        shop="inn",
        left=("dinner - 11-25 20:00 x4",),
    ),
    Script(
        "more people than the largest table",
        (Told(book(party=12, when=at("11-25 20:00")), K.OFFERED, ASK.PARTY_SIZE, has=("hasta 6 personas",)),),
        shop="inn",
    ),
    Script(
        "a booking is changed to more people",
        (
            Told(move(party=5), K.HELD, CONFIRM, has=("Para 5 personas", "8:00 p. m.")),
            Told(YES, K.RESCHEDULED),
        ),
        shop="inn",
        has=("dinner - 11-25 20:00",),
        left=("dinner - 11-25 20:00 x5",),
    ),
    Script(
        "the weeks go by: what was talked about long ago is forgotten, and its hold is given back",
        (
            Told(book(service="=cut", when=at("11-26 16:00")), K.HELD, CONFIRM),
            Wait(minutes=60 * 13),
            Told(cancel(), K.NOTHING, has=("ninguna reserva",)),
        ),
        left=(),
    ),
    Script(
        "português: de uma hora ocupada à confirmação",
        (
            Told(
                book(service="=cut", when=at("11-26 16:00")),
                K.OFFERED,
                ASK.OFFER,
                has=("Na quinta-feira, 26 de novembro, às 16h, já não está livre", "O mais próximo"),
            ),
            Told(
                book(nth=-1),
                K.HELD,
                CONFIRM,
                has=("Confirmo a sua reserva", "horário de Bogotá", "Em nome de Marta Ríos"),
            ),
            Told(Tap("Sim, reservar"), K.BOOKED, has=("confirmada",)),
        ),
        language="pt",
        busy=(("11-26 15:30", "11-26 17:00"),),
    ),
    Script(
        "português: domingo, mudar e cancelar",
        (
            Told(
                move(when=at("11-29 10:00")),
                K.OFFERED,
                ASK.OFFER,
                has=("No domingo, 29 de novembro não abrimos", "segunda-feira, 30"),
            ),
            Told(
                book(when=at("11-30 10:30")),
                K.HELD,
                CONFIRM,
                has=("Antes: Corte de pelo com Nora", "Agora:", "10h30"),
            ),
            Told(YES, K.RESCHEDULED, has=("Mudei a sua reserva",)),
            Told(mine(), K.LIST_BOOKINGS, has=("Você tem esta reserva",)),
            Told(cancel(), K.CANCELLED, has=("cancelei", "na segunda-feira, 30 de novembro, às 10h30")),
        ),
        language="pt",
        has=ONE,
        left=(),
    ),
    Script(
        "português: nome, serviço desconhecido, nada para cancelar",
        (
            Told(cancel(), K.NOTHING, has=("Não encontrei nenhuma reserva",)),
            Told(
                book(service="tatuagem"),
                K.ASKED,
                ASK.SERVICE,
                has=("“tatuagem” não está",),
            ),
            Told(book(service="=cut", when=at("11-26 16:00")), K.ASKED, ASK.NAME, has=("Em nome de quem",)),
            Told(book(name="Rita"), K.HELD, CONFIRM, has=("Em nome de Rita",)),
        ),
        language="pt",
        customer=None,
    ),
    Script(
        "English: from a closed day to a booking, moved and cancelled",
        (
            Told(
                book(service="=cut", when=at("11-29 10:00")),
                K.OFFERED,
                ASK.OFFER,
                has=("On Sunday, November 29 we are closed", "Monday, November 30"),
            ),
            Told(
                book(when=at("11-30 10:00")),
                K.HELD,
                CONFIRM,
                has=("Shall I confirm", "Monday, November 30, at 10:00 a.m. (Bogota time)", "With Nora"),
            ),
            Told(Tap("Yes, book it"), K.BOOKED, has=("confirmed",)),
            Told(
                move(when=later(60)), K.HELD, CONFIRM, has=("Before: Corte de pelo with Nora", "11:00 a.m.")
            ),
            Told(YES, K.RESCHEDULED, has=("I changed your booking",)),
            Told(cancel(), K.CANCELLED, has=("I cancelled", "on Monday, November 30, at 11:00 a.m.")),
        ),
        language="en",
        left=(),
    ),
    Script(
        "English: staff who does not do it, past dates, a full list",
        (
            Told(
                book(service="=dye", staff="=raul", when=at("11-26 16:00")),
                K.HELD,
                CONFIRM,
                has=("Raúl doesn't do Tinte completo; Nora does",),
            ),
            Told(NO, K.NOTHING, has=("I booked nothing",)),
            Told(
                book(service="=cut", when=on("11-20")),
                K.OFFERED,
                ASK.OFFER,
                has=("That date has already passed",),
            ),
            Told(
                book(service="=cut", when=days("11-24", "11-27")),
                K.OFFERED,
                ASK.OFFER,
                has=("Tuesday, November 24", "See more"),
            ),
        ),
        language="en",
    ),
)
