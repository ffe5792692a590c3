#!/usr/bin/env python3
"""INVITEs without credentials, and a registered phone's calls meanwhile: flood.py SIP-HOST:PORT PID HTTP-HOST:PORT [--seconds N] [--rate N]

First from 127.0.0.2, then from the phone's own address 127.0.0.1: `rate` INVITEs a second (5000 unless told), half of
them never acknowledged. A phone at 127.0.0.1 registers and calls once a second meanwhile. Told at the end: how many
challenges came back, the set-up times of the phone's calls, and the heap after a collection, before and after."""
import hashlib, json, multiprocessing, os, re, select, socket, subprocess, sys, time
host, port = sys.argv[1].split(':'); port = int(port); PID = int(sys.argv[2])
def option(name, default): return float(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv else default
SECONDS, RATE = option('--seconds', 600), option('--rate', 5000)
assert host.startswith('127.'), 'loopback only'
REALM, USER, PASSWORD = os.environ.get('REALM', 'fulcrum.local'), 'flood', 'flood-secret'

def heap_mb():
    jcmd = os.path.join(os.path.dirname(os.path.realpath(f'/proc/{PID}/exe')), 'jcmd')
    subprocess.run([jcmd, str(PID), 'GC.run'], stdout=subprocess.DEVNULL); time.sleep(1)
    text = subprocess.run([jcmd, str(PID), 'GC.heap_info'], capture_output=True, text=True).stdout
    found = re.search(r'used (\d+)K', text)
    return round(int(found[1]) / 1024, 1) if found else None

def invite(n, source, number='12345', auth='', cseq=1, call='', branch='', body=''):
    call = call or f'flood-{n}-{os.getpid()}'; branch = branch or f'z9hG4bK{call}{cseq}'
    return (f'INVITE sip:{number}@{REALM} SIP/2.0\r\nVia: SIP/2.0/UDP {source[0]}:{source[1]};branch={branch};rport\r\nMax-Forwards: 70\r\n'
            f'From: <sip:{USER}@{REALM}>;tag=t{n}\r\nTo: <sip:{number}@{REALM}>\r\nCall-ID: {call}\r\nCSeq: {cseq} INVITE\r\n'
            f'Contact: <sip:{USER}@{source[0]}:{source[1]}>\r\n{auth}Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n\r\n{body}').encode()

def flood(address, seconds, told):
    tally = {}
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    s.bind((address, 0)); s.setblocking(False); source = s.getsockname(); n = 0; begun = time.time(); end = begun + seconds
    while time.time() < end:
        due = int((time.time() - begun) * RATE)
        while n < due:
            try: s.sendto(invite(n, source), (host, port)); n += 1
            except BlockingIOError: break
        for _ in range(2000):
            try: answer = s.recv(4096)
            except BlockingIOError: break
            status = answer[8:11].decode(); tally[status] = tally.get(status, 0) + 1
            if status != '100' and tally[status] % 2:
                to = re.search(rb'\r\nTo:\s*([^\r]+)', answer)[1].decode(); call = re.search(rb'\r\nCall-ID:\s*([^\r]+)', answer)[1].decode()
                tag = re.search(r'flood-(\d+)-', call)[1]
                s.sendto((f'ACK sip:12345@{REALM} SIP/2.0\r\nVia: SIP/2.0/UDP {source[0]}:{source[1]};branch=z9hG4bK{call}1;rport\r\nMax-Forwards: 70\r\n'
                          f'From: <sip:{USER}@{REALM}>;tag=t{tag}\r\nTo: {to}\r\nCall-ID: {call}\r\nCSeq: 1 ACK\r\nContent-Length: 0\r\n\r\n').encode(), (host, port))
        select.select([s], [], [], .001)
    tally['sent'] = n; s.close(); told.put(tally)

def md5(text): return hashlib.md5(text.encode()).hexdigest()
def proof(answer, method, uri):
    for line in re.findall(rb'\r\nWWW-Authenticate:\s*([^\r]+)', answer):
        text = line.decode()
        if 'MD5' in text:
            nonce = re.search(r'nonce="([^"]+)"', text)[1]
            response = md5(f'{md5(f"{USER}:{REALM}:{PASSWORD}")}:{nonce}:00000001:c0:auth:{md5(f"{method}:{uri}")}')
            return (f'Authorization: Digest username="{USER}", realm="{REALM}", nonce="{nonce}", uri="{uri}", response="{response}", algorithm=MD5, cnonce="c0", nc=00000001, qop=auth\r\n')
    return ''

def phone(name, seconds, told):
    times, lost = [], []
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', 0)); s.settimeout(2); source = s.getsockname(); n = 0; end = time.time() + seconds
    media = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); media.bind(('127.0.0.1', 0))
    sdp = f'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {media.getsockname()[1]} RTP/AVP 0\r\n'
    def wait(call, wanted):
        stop = time.time() + 5
        while time.time() < stop:
            try: m = s.recv(8192)
            except TimeoutError: return None
            if m.startswith(b'BYE'):
                keep = b''.join(l + b'\r\n' for l in m.split(b'\r\n\r\n')[0].split(b'\r\n') if re.match(rb'(Via|From|To|Call-ID|CSeq)\s*:', l, re.I))
                s.sendto(b'SIP/2.0 200 OK\r\n' + keep + b'Content-Length: 0\r\n\r\n', (host, port)); continue
            if call.encode() in m and m[8:11].decode() in wanted: return m
        return None
    while time.time() < end:
        n += 1; call = f'phone-{name}-{n}-{os.getpid()}'; uri = f'sip:hangup@{REALM}'; begun = time.time()
        s.sendto(invite(n, source, 'hangup', call=call, body=sdp), (host, port)); m = wait(call, ('401',))
        if not m: lost.append(call); continue
        s.sendto(invite(n, source, 'hangup', auth=proof(m, 'INVITE', uri), cseq=2, call=call, body=sdp), (host, port)); m = wait(call, ('200',))
        if not m: lost.append(call); continue
        times.append((time.time() - begun) * 1000)
        to = re.search(rb'\r\nTo:\s*([^\r]+)', m)[1].decode(); contact = re.search(rb'\r\nContact:\s*<([^>]+)>', m)[1].decode()
        s.sendto((f'ACK {contact} SIP/2.0\r\nVia: SIP/2.0/UDP {source[0]}:{source[1]};branch=z9hG4bKa{call};rport\r\nMax-Forwards: 70\r\nFrom: <sip:{USER}@{REALM}>;tag=t{n}\r\n'
                  f'To: {to}\r\nCall-ID: {call}\r\nCSeq: 2 ACK\r\nContent-Length: 0\r\n\r\n').encode(), (host, port))
        pause = begun + 1
        while time.time() < pause:
            s.settimeout(max(.01, pause - time.time()))
            try: m = s.recv(8192)
            except TimeoutError: break
            if m.startswith(b'BYE'):
                keep = b''.join(l + b'\r\n' for l in m.split(b'\r\n\r\n')[0].split(b'\r\n') if re.match(rb'(Via|From|To|Call-ID|CSeq)\s*:', l, re.I))
                s.sendto(b'SIP/2.0 200 OK\r\n' + keep + b'Content-Length: 0\r\n\r\n', (host, port))
        s.settimeout(2)
    told.put((times, lost))

def q(v, p): return round(sorted(v)[min(len(v) - 1, int(p * len(v)))], 2) if v else None
before = heap_mb(); times, lost = [], []
for address in ('127.0.0.2', '127.0.0.1'):   # each in a process of its own: neither waits for the other's interpreter
    heard, sent = multiprocessing.Queue(), multiprocessing.Queue()
    caller = multiprocessing.Process(target=phone, args=(address, SECONDS / 2, heard)); caller.start()
    flooder = multiprocessing.Process(target=flood, args=(address, SECONDS / 2, sent)); flooder.start()
    tally, (t, l) = sent.get(), heard.get(); caller.join(); flooder.join()
    print(json.dumps(dict(mode='flood', source=address, **{k: tally[k] for k in sorted(tally)}, phone_calls=len(t), phone_lost=len(l), setup_ms=dict(p50=q(t, .5), p99=q(t, .99)))), flush=True)
    times += t; lost += l
time.sleep(35)   # what is left over has its time-outs
print(json.dumps(dict(mode='flood', heap_before_mb=before, heap_after_mb=heap_mb(), setup_ms=dict(p50=q(times, .5), p99=q(times, .99)), lost=len(lost))), flush=True)
