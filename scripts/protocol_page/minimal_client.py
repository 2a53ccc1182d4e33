"""Talks in "general": python3 minimal_client.py register|login HOST PORT AUTHORITY.PEM NAME
The password is read from CHAT_PASSWORD, and the secret of an invite, where one is needed, from CHAT_INVITE."""
import asyncio, collections, json, os, ssl, sys, threading, uuid


class Client:
    def __init__(self, how, host, port, authority, name):
        self.how, self.host, self.port, self.authority, self.name = how, host, port, authority, name
        self.token = None                 # opens the next session
        self.say = None                   # there while a session is open
        self.cursors = {}                 # of each room: everything up to this seq was taken
        self.paging = set()               # rooms of which a page is under way
        self.typed = collections.deque()  # what is still to be sent; None for the end
        self.sent = None                  # the request of the person that has no answer yet

    async def run(self):
        threading.Thread(target=self.listen, args=[asyncio.get_running_loop()], daemon=True).start()
        while not self.done():
            self.pause = 2
            try:
                await self.connect()
            except ssl.SSLCertVerificationError as error:
                sys.exit(f"This is not the server that you know: {error}")
            except (OSError, asyncio.TimeoutError) as error:
                print("*", error or "No sign of life from the server", flush=True)
            self.say = None
            await asyncio.sleep(0 if self.done() else self.pause)

    def done(self):
        return self.sent is not None and self.sent["type"] == "quit"

    async def connect(self):
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # verifies, and trusts nobody ...
        tls.load_verify_locations(self.authority)      # ... but the server's own authority
        reader, writer = await asyncio.open_connection(
            self.host, self.port, ssl=tls, server_hostname="chat.internal", limit=2**20)
        say = lambda **frame: writer.write(json.dumps(frame).encode() + b"\n")
        try:  # Whoever is silent is pinged after 30 seconds: 90 seconds without a line are the end.
            while (line := await asyncio.wait_for(reader.readline(), 90)).endswith(b"\n"):
                frame = json.loads(line)
                getattr(self, "on_" + frame["type"], self.on_other)(frame, say)
        finally:
            writer.close()

    def on_auth_required(self, frame, say):
        if self.token:
            return say(type="resume", id="auth", token=self.token, cursors=self.cursors)
        invite = {"invite": os.environ["CHAT_INVITE"]} if "CHAT_INVITE" in os.environ else {}
        say(type=self.how, id="auth", username=self.name, password=os.environ["CHAT_PASSWORD"], **invite)

    def on_auth_success(self, frame, say):
        self.token, self.name, self.say = frame["token"], frame["user"]["username"], say
        self.paging.clear()
        for room in frame["rooms"]:
            if room["state"] == "reset":
                del self.cursors[room["room"]]
            if self.cursors.setdefault(room["room"], max(0, room["seq"] - 50)) < room["seq"]:
                self.page(room["room"])
        self.send()

    def page(self, room):
        if room not in self.paging:
            self.paging.add(room)
            self.say(type="history", id="page", room=room, after=self.cursors[room], limit=200)

    def on_history(self, frame, say):
        self.paging.discard(frame["room"])
        for event in frame["messages"]:
            self.event(frame["room"], event)
        if frame["more"]:
            self.page(frame["room"])

    def event(self, room, event):  # each seq is taken once and in order; where some are missing, they are paged
        cursor = self.cursors.setdefault(room, event["seq"] - 1)
        if event["seq"] == cursor + 1:
            self.cursors[room] = event["seq"]
            if event["type"] == "message" and "text" in event:  # a deleted one has none
                print(f"{event['from']}: {event['text']}", flush=True)
        elif event["seq"] > cursor:
            self.page(room)

    def on_other(self, frame, say):  # events of every kind have their place, and signals have none
        if "re" not in frame and {"room", "seq", "time"} <= frame.keys():
            self.event(frame["room"], frame)

    def send(self):  # one message at a time: after a lost connection it is said again, with the same nonce
        if self.sent is None and self.typed:
            text, id = self.typed.popleft(), str(uuid.uuid4())
            message = {"type": "send", "id": id, "room": "general", "text": text, "nonce": id}
            self.sent = {"type": "quit", "id": id} if text is None else message
        if self.say and self.sent:
            self.say(**self.sent)

    def on_ok(self, frame, say):
        if self.sent and frame["re"] == self.sent["id"] and not self.done():
            self.event(frame["room"], {**self.sent, "type": "message", "from": self.name, "seq": frame["seq"]})
            self.sent = None
            self.send()

    def on_error(self, frame, say):
        if frame["code"] == "token_invalid":
            self.token, self.how = None, "login"
            self.on_auth_required(frame, say)
        elif frame.get("re") == "auth":
            sys.exit(frame["message"])
        elif "retryAfterMs" in frame:
            self.paging.clear()
            asyncio.get_running_loop().call_later(frame["retryAfterMs"] / 1000, self.send)
        else:
            print("*", frame["message"], flush=True)
            if self.sent and frame.get("re") == self.sent["id"]:
                self.sent = None
                self.send()

    def on_ping(self, frame, say):
        say(type="pong")

    def on_bye(self, frame, say):
        print("*", frame["message"], flush=True)
        self.pause = frame.get("retryAfterMs", 2000) / 1000

    def listen(self, loop):
        for line in sys.stdin:
            loop.call_soon_threadsafe(self.add, line.rstrip("\n"))
        loop.call_soon_threadsafe(self.add, None)

    def add(self, text):
        self.typed.append(text)
        if self.sent is None:
            self.send()


asyncio.run(Client(*sys.argv[1:]).run())
