#!/usr/bin/env python3
"""The load runs against a server of this checkout: ./fulcrum bench [RUN …], or bench/run.py [--java-opts "…"] [RUN …].

RUNs, in this order when none is named:
  cps      CPU-seconds per 1000 calls with one HTTP exchange each, at 200 and 800 calls/s
  find     highest clean call rate
  pdd      INVITE to 200 at 200 calls/s, from a capture
  play     CPU-seconds per 100 call-minutes playing a file, at 100 calls; spacing of the packets
  many     most clean playing calls, at 400 to 1200
  rss      memory at 300 playing calls, of a server just started
  startup  from the start of `serve` to the first answered call
  flood    INVITEs without credentials, then calls of a registered phone (see flood.py)

Starts the server, the handler (web.js) and everything else on loopback, sets the server up by REST, warms it up with
some 30 000 calls, and ends all of it. Garbage-collection pauses are told at the end.
Results are appended to results/fulcrum.jsonl and printed, a line a run. Needs node, cc, sipp and tcpdump."""
import json, os, re, shutil, signal, subprocess, sys, tempfile, time, urllib.request
HERE = os.path.dirname(os.path.abspath(__file__)); HOME = os.path.dirname(HERE)
SIP, HTTP, WEB, LPORT = 25060, 28000, 8099, 15060
KEY = 'f' * 64
RUNS = ['cps', 'find', 'pdd', 'play', 'many', 'rss', 'startup', 'flood']
args = sys.argv[1:]; java = ''
if '-h' in args or '--help' in args: print(__doc__); sys.exit(0)
if '--java-opts' in args: k = args.index('--java-opts'); java = args[k + 1]; del args[k:k + 2]
wanted = args or RUNS
for name in wanted:
    if name not in RUNS: sys.exit(f'no run {name}; there are {" ".join(RUNS)}')
for tool in ('node', 'cc', 'sipp', 'tcpdump'):
    if not shutil.which(tool): sys.exit(f'{tool} is not installed: apt install nodejs gcc sip-tester tcpdump')
rtptool = HERE + '/tools/rtptool'
if not os.path.exists(rtptool) or os.path.getmtime(rtptool) < os.path.getmtime(rtptool + '.c'):
    subprocess.run(['cc', '-O2', '-o', rtptool, rtptool + '.c', '-lm', '-lpthread'], check=True)
work = tempfile.mkdtemp(prefix='fulcrum-bench-'); procs = []

def api(method, path, data=None, token=''):
    body = None if data is None else json.dumps({'data': data}).encode()
    q = urllib.request.Request(f'http://127.0.0.1:{HTTP}/v2{path}', body, {'Content-Type': 'application/json', 'X-Auth-Token': token}, method=method)
    return json.load(urllib.request.urlopen(q, timeout=10))

def serve_command(data):
    return [HOME + '/fulcrum', 'serve', '--data', data, '--sip', f'127.0.0.1:{SIP}', '--http', f'127.0.0.1:{HTTP}', '--rtp-ports', '30000-39999',
            '--api-key', KEY, '--allow-local-urls']

def start(data):
    log = open(work + '/server.log', 'a'); env = dict(os.environ, FULCRUM_JAVA_OPTS=f'-Xlog:gc:file={work}/gc.log::filecount=0 {java}')
    p = subprocess.Popen(serve_command(data), stdout=log, stderr=log, env=env); procs.append(p)
    end = time.time() + 120
    while time.time() < end:
        try: urllib.request.urlopen(f'http://127.0.0.1:{HTTP}/healthz', timeout=1); return p
        except OSError:
            if p.poll() is not None: sys.exit(open(work + '/server.log').read())
            time.sleep(.05)
    sys.exit('the server does not come up')

def set_up():
    login = api('PUT', '/api_auth', {'api_key': KEY}); token, account = login['auth_token'], login['data']['account_id']
    gateway = {'server': '127.0.0.1', 'port': LPORT, 'force_port': True}
    api('PUT', '/resources', {'name': 'load', 'gateways': [gateway]}, token)
    for number in ('hangup', 'play3', 'loop', 'gather'):
        flow = {'module': 'pivot', 'data': {'voice_url': f'http://127.0.0.1:{WEB}/pivot'}}
        api('PUT', f'/accounts/{account}/callflows', {'numbers': [number], 'flow': flow}, token)
    phone = {'name': 'flood', 'sip': {'username': 'flood', 'password': 'flood-secret'}}
    api('PUT', f'/accounts/{account}/devices', phone, token)

def bench(pid, webpid, *words):
    command = [sys.executable, HERE + '/bench.py', '--name', 'fulcrum', '--target', f'127.0.0.1:{SIP}', '--pid', str(pid), '--webpid', str(webpid),
               '--lport', str(LPORT), *words]
    print('#', ' '.join(words), flush=True); subprocess.run(command)

def stop(p):
    p.send_signal(signal.SIGTERM); p.wait(60)

def pauses():
    lengths = sorted(float(x) for x in re.findall(r'Pause .*? ([0-9.]+)ms', open(work + '/gc.log').read()))
    if lengths: print(json.dumps(dict(mode='gc', pauses=len(lengths), ms=dict(p50=lengths[len(lengths) // 2], p99=lengths[int(.99 * len(lengths))], max=lengths[-1]))), flush=True)

try:
    subprocess.run([HOME + '/fulcrum', 'serve', '--print-config'], stdout=subprocess.DEVNULL, check=True)   # builds when needed
    data = work + '/data'; server = start(data); set_up()
    web = subprocess.Popen(['node', HERE + '/web.js'], stdout=subprocess.DEVNULL, env=dict(os.environ, PORT=str(WEB))); procs.append(web)
    pid = server.pid; time.sleep(1)   # the launcher becomes the server
    if 'rss' in wanted: bench(pid, web.pid, 'play', '--calls', '300', '--window', '10', '--ramp', '50', '--tag', 'rss')   # first: the server is fresh
    if {'cps', 'find', 'pdd'} & set(wanted): bench(pid, web.pid, 'cps', '--rates', '100,200,300,400,400', '--secs', '20', '--tag', 'warm-up')
    if 'cps' in wanted: bench(pid, web.pid, 'cps', '--rates', '200,800', '--secs', '15', '--reps', '5')
    if 'find' in wanted: bench(pid, web.pid, 'cps', '--rates', '800', '--secs', '8', '--find')
    if 'pdd' in wanted: bench(pid, web.pid, 'pdd', '--rate', '200', '--secs', '8', '--reps', '5')
    if 'play' in wanted: bench(pid, web.pid, 'play', '--calls', '100', '--window', '10', '--ramp', '50', '--reps', '5')
    if 'many' in wanted: bench(pid, web.pid, 'play', '--calls', '400,800,1000,1200', '--window', '10', '--ramp', '50')
    if 'flood' in wanted: subprocess.run([sys.executable, HERE + '/flood.py', f'127.0.0.1:{SIP}', str(pid), f'127.0.0.1:{HTTP}', *(['--seconds', os.environ['FLOOD_SECONDS']] if 'FLOOD_SECONDS' in os.environ else [])])
    if 'startup' in wanted:
        stop(server)
        script = work + '/start.sh'
        open(script, 'w').write('#!/bin/sh\n' + ' '.join(serve_command(data)) + f' >>{work}/server.log 2>&1 &\necho $!\n'); os.chmod(script, 0o755)
        subprocess.run([sys.executable, HERE + '/bench.py', '--name', 'fulcrum', '--target', f'127.0.0.1:{SIP}', '--lport', str(LPORT),
                        'startup', '--start-cmd', script, '--reps', '5'])
    pauses()
finally:
    for p in procs:
        if p.poll() is None: p.terminate()
    for p in procs:
        try: p.wait(40)
        except subprocess.TimeoutExpired: p.kill()
    shutil.rmtree(work, ignore_errors=True)
