// node pin.js 3000
const http = require('node:http');
const PIN = '4711';
const TRIES = 3;

const say = (text, next) => ({ module: 'tts', data: { text }, ...(next && { children: { _: next } }) });
const hangup = { module: 'hangup', data: {} };

http.createServer((request, response) => {
  const asked = new URL(request.url, 'http://localhost').searchParams;
  const ask = (count) => ({
    module: 'collect_dtmf', data: { max_digits: 4, collection_name: 'pin' },
    children: { _: { module: 'pivot', data: { voice_url: `http://${request.headers.host}/?try=${count}` } } },
  });
  const pin = asked.get('Digits[pin]');
  const count = Number(asked.get('try') ?? 0);
  let flow;
  if (pin === null) flow = say('Please enter your PIN.', ask(1));
  else if (pin === PIN) flow = say('Thank you. You are in.');
  else if (count < TRIES) flow = say('That is not right. Please try again.', ask(count + 1));
  else flow = say('That is not right either. Goodbye.', hangup);
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(flow));
}).listen(Number(process.argv[2] ?? 3000), '127.0.0.1');
