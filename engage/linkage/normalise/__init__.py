"""From what people type to what can be compared: names, numbers, phones, emails, places.

Every function here is pure, cached where it is asked the same thing often, and never raises on odd input:
what cannot be read is "" or an empty tuple.
"""
