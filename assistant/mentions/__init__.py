"""Figures as they stand in a text: every number, price, hour, date, phone and link, in one normal form.

Reads text and nothing else: no clock, no merchant, no model. Never imports another package of ours but
`assistant.tables`. Every reader is bounded, so that a text is read in time linear in its length.

Public: `values.Figure`, `values.FigureKind`, `reading.mentions`. Most callers want `assistant.figures`.
"""
