"""Identifiers that cannot be swapped by accident. Each is a UUID in the database."""

from typing import NewType
from uuid import UUID

MerchantId = NewType("MerchantId", UUID)
CustomerId = NewType("CustomerId", UUID)
