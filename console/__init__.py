"""The merchant's and the auditor's web pages, in the edge process.

May import the packages below it, each page one side only; never `app` or `webhooks`.
"""
