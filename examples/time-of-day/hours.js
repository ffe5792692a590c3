// node hours.js 3000
const http = require('node:http');
const open = { module: 'tts', data: { text: 'The office is open. Please hold the line.' } };
const closed = {
  module: 'tts', data: { text: 'The office is closed. We are here from nine to five.' },
  children: { _: { module: 'hangup', data: {} } },
};

http.createServer((request, response) => {
  const asked = new URL(request.url, 'http://localhost').searchParams;
  const hour = Number(asked.get('hour') ?? new Date().getHours());
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(hour >= 9 && hour < 17 ? open : closed));
}).listen(Number(process.argv[2] ?? 3000), '127.0.0.1');
