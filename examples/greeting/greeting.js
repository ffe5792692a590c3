// node greeting.js 3000
const http = require('node:http');
const people = { '+14155550100': 'Bob' };

http.createServer((request, response) => {
  const asked = new URL(request.url, 'http://localhost').searchParams;
  const name = (asked.get('Caller-ID-Name') ?? '').trim();
  const number = asked.get('Caller-ID-Number') ?? '';
  let text = 'Hello, caller';
  if (name) text = 'Hi ' + name.split(' ')[0];
  else if (people[number]) text = 'Hi ' + people[number];
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ module: 'tts', data: { text } }));
}).listen(Number(process.argv[2] ?? 3000), '127.0.0.1');
