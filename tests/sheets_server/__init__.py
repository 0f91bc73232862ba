"""A local server that answers as Google Sheets, a part of Drive, and the token endpoint do.

`world.py` holds every spreadsheet behind one lock; `app.py` is the WSGI application that answers from it;
`people.py` is what people do in the browser meanwhile. What the server does not know it refuses by name.
"""
