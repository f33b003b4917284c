"""Every request about a connection, each to its own function. Each closes its request in its own transaction."""

from calendar_sync.connections import choosing, linking, unlinking
from calendar_sync.connections.office import Office
from calendar_sync.requests import ChooseCalendars, LinkAction, LinkCode, LinkDenied, LinkStart, Unlink


def serve(office: Office, request: LinkAction) -> None:
    """Do what the merchant asked for and lay the answer in the out-tray. Run twice, it is done once."""
    match request:
        case LinkStart():
            linking.start(office, request)
        case LinkCode():
            linking.finish(office, request)
        case LinkDenied():
            linking.deny(office, request)
        case ChooseCalendars():
            choosing.choose(office, request)
        case Unlink():
            unlinking.unlink(office, request)
