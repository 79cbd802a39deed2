"""Serve the review desk to a browser: HTTP, access, pages; no rule of the trade is here.

- `access.py`: who may do what: rights, people, links, sessions
- `answering.py`: from a request to its answer: session, rate, right, body, handler
- `app.py`: the app: its own addresses, and what stands before all
- `assets.py`: scripts, style sheets and pictures of the page
- `calls.py`: what a handler gets and returns, and what an address is
- `connections.py`: one connection: who is at its other end, how long it may take
- `data.py`: results of actions as data for JSON
- `events.py`: tells browsers what changed
- `faults.py`: what went wrong, in words and without paths
- `opened.py`: the open workspace, behind its addresses
- `opening.py`: begins to serve a workspace: its page and its languages
- `plainpages.py`: the pages without a session
- `routes.py`: the addresses of texts
- `security.py`: what every request is asked and every answer says
- `servers.py`: runs the servers at all sockets
- `serving.py`: a desk from start to end: addresses, links, signals
- `sharing.py`: addresses and a certificate for a desk in the local network
- `sockets.py`: listens at ports of this machine
- `words.py`: the page and the words of its modules
- `work.py`: the one thread that does all work
- `workroutes.py`: the addresses of jobs, of files that are sent, and of those to take away
- `written.py`: data as JSON, large ones in parts
"""
