from tests.calendar_sync.desk.conftest import counter

__all__ = ["counter"]
