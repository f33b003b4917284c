"""What a person sees of Google on this machine: the consent page, and the week of a calendar.

Server rendered, with the phone's look and in its three languages. Holds no state of its own.
"""
