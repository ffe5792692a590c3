# python3 pin.py 3000
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PIN = "4711"
TRIES = 3
HANGUP = {"module": "hangup", "data": {}}


def say(text, following=None):
    node = {"module": "tts", "data": {"text": text}}
    if following:
        node["children"] = {"_": following}
    return node


class Handler(BaseHTTPRequestHandler):
    def ask(self, count):
        url = f"http://{self.headers['Host']}/?try={count}"
        pivot = {"module": "pivot", "data": {"voice_url": url}}
        return {"module": "collect_dtmf", "data": {"max_digits": 4, "collection_name": "pin"}, "children": {"_": pivot}}

    def do_GET(self):
        asked = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        pin = asked.get("Digits[pin]", [None])[0]
        count = int(asked.get("try", ["0"])[0])
        if pin is None:
            flow = say("Please enter your PIN.", self.ask(1))
        elif pin == PIN:
            flow = say("Thank you. You are in.")
        elif count < TRIES:
            flow = say("That is not right. Please try again.", self.ask(count + 1))
        else:
            flow = say("That is not right either. Goodbye.", HANGUP)
        body = json.dumps(flow).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 3000), Handler).serve_forever()
