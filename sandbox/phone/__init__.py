"""A phone in the browser, and the small HTTP interface by which it and the drivers act for customers.

Reads the stand-in's store and listens to its broker; holds no state of its own and no rule of Meta's.
Must never import the product. Public names: ``application`` uses the routers, ``driver`` the interface.
"""
