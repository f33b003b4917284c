"""Messages as the reader reads them in service."""

from assistant.expressions.reading import read as read_times
from assistant.understanding.reading import Read, read_message
from training.intents.data import Example, shop


def read_example(example: Example) -> Read:
    return read_message(example.message, shop(example.shop), read_times)
