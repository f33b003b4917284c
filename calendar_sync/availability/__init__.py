"""When a service can be had: pure functions over values, with no clock, no database and no Google in them.

`find` lists the free slots of a stretch of time, `check` says of one time whether it can be had and if not, why.
Imports `shop.values` and the diary's base, and the `holidays` package.
"""
