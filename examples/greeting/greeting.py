# python3 greeting.py 3000
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PEOPLE = {"+14155550100": "Bob"}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        asked = parse_qs(urlsplit(self.path).query)
        name = asked.get("Caller-ID-Name", [""])[0].strip()
        number = asked.get("Caller-ID-Number", [""])[0]
        if name:
            text = "Hi " + name.split(" ")[0]
        elif number in PEOPLE:
            text = "Hi " + PEOPLE[number]
        else:
            text = "Hello, caller"
        body = json.dumps({"module": "tts", "data": {"text": text}}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 3000), Handler).serve_forever()
