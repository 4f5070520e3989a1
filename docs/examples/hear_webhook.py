#!/usr/bin/env python3
"""Hears webhooks of Gloss and says what they tell; what is not signed with the secret is refused.

Needs nothing but Python 3.9.

    GLOSS_WEBHOOK_SECRET=whsec_... python3 hear_webhook.py [PORT]
"""
import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

KEY = base64.b64decode(os.environ["GLOSS_WEBHOOK_SECRET"].removeprefix("whsec_"))
OLDEST = 5 * 60  # seconds


def is_ours(headers, body: bytes) -> bool:
    """Signed as https://www.standardwebhooks.com says, and not long ago."""
    told, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not at.isdigit() or abs(time.time() - int(at)) > OLDEST:
        return False
    signed = b".".join([told.encode(), at.encode(), body])
    expected = "v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(expected.encode(), one.encode()) for one in given)


class Hearer(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not is_ours(self.headers, body):
            self.send_error(401)
            return
        # The same id may come twice: whoever acts on it remembers which ids were acted on.
        print(self.headers["webhook-id"], json.loads(body), flush=True)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8000), Hearer).serve_forever()
