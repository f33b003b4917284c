"""The conversation of a booking: a pure state machine from what the customer said to what the counter does and answers.

`machine.step` takes an event (a turn, or the result of an effect), the state and a view of the shop, and returns the
next state with either effects to be performed or exactly one reply. No clock, no I/O and no AI in it: whoever drives
it performs the effects and feeds their results back until a reply comes, which is after a bounded number of them.
Imports the values of `shop`, `availability` and `bookings` and the diary's base; never a store, never Google.

Public names: `machine.step`, `machine.reminded`, `machine.lost`, `values` (`State`, `View`, `Step`, `Reply`), `events`,
`effects`, `notices` (what the diary says by itself), `taps.is_ours`.
"""
