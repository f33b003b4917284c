"""What a merchant offers and when, as the diary knows it.

`values` are frozen, `store` keeps the copy that the edge delivers. Imports the kernel and the diary's own base,
no Google library. Public names: `values.Shop` and its parts, `store.deliver`, `store.read_shop`.
"""
