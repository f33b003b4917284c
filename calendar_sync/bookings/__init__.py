"""Bookings: pure transitions, and a store in which two can never have the same slot.

`values` and `transitions` are pure; `store` keeps them under an exclusion constraint. Imports availability's and the
shop's values and the diary's base, no Google library.
"""
