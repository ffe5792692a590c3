# python3 hours.py 3000
import json
import sys
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

OPEN = {"module": "tts", "data": {"text": "The office is open. Please hold the line."}}
CLOSED = {
    "module": "tts",
    "data": {"text": "The office is closed. We are here from nine to five."},
    "children": {"_": {"module": "hangup", "data": {}}},
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        asked = parse_qs(urlsplit(self.path).query)
        hour = int(asked["hour"][0]) if "hour" in asked else datetime.now().hour
        body = json.dumps(OPEN if 9 <= hour < 17 else CLOSED).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 3000), Handler).serve_forever()
