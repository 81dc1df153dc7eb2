// A stand-in for the server, started like the server: same flags, same ready file, same routes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { WebSocketServer } from 'ws';
import { Center, Refusal } from './center';
import { reply, sessionOf } from './routes';
import * as world from './world';

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    demo: { type: 'boolean' },
    'data-dir': { type: 'string', default: '.' },
    listen: { type: 'string', default: '127.0.0.1:0' },
    'ready-file': { type: 'string' },
  },
});
const WEB = join(import.meta.dirname, '../../../dist');
const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

mkdirSync(values['data-dir'], { recursive: true });
const center = new Center(values['data-dir']);

const server = createServer((request, response) => {
  void handle(request, response);
});

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://mock').pathname;
  try {
    const ask = {
      method: request.method ?? 'GET',
      path,
      headers: request.headers,
      body: await json(request),
    };
    const answer = reply(center, ask);
    if (answer === null) return sendFile(path, response);
    const cookie = answer.cookie === undefined ? {} : { 'Set-Cookie': answer.cookie };
    response.writeHead(answer.status, { 'Content-Type': 'application/json', ...cookie });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(500, 'internal', String(error));
    const { code, message, field } = refusal;
    response.writeHead(refusal.status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ code, message, field, retryable: false }));
  }
}

async function json(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function sendFile(path: string, response: ServerResponse): void {
  const file = extname(path) === '' ? 'index.html' : path;
  response.setHeader('Content-Security-Policy', POLICY);
  response.setHeader('Content-Type', TYPES[extname(file)] ?? 'text/html');
  response.end(readFileSync(join(WEB, file)));
}

const sockets = new WebSocketServer({ noServer: true });
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (client) => {
    let agentId: string;
    try {
      agentId = sessionOf(center, request.headers).agentId;
    } catch {
      return client.close(4401);
    }
    const url = new URL(request.url ?? '/', 'http://mock');
    let seen = Number(url.searchParams.get('after'));
    if (seen > center.data.position) return client.close(4409);
    const push = (first: boolean) => {
      if (!center.data.sessions.includes(sessionOf(center, request.headers).session)) return;
      const news = center.data.changes.filter(
        (each) => each.position > seen && each.agentId === agentId,
      );
      const { position } = center.data;
      const changes = news.map(({ at, interactionId, kind, text }) => ({
        at,
        interactionId,
        kind,
        text,
      }));
      const frame = {
        type: 'state',
        position,
        now: Date.now(),
        changes,
        state: center.stateOf(agentId),
      };
      client.send(JSON.stringify({ ...frame, missed: first ? changes.length : 0 }));
      seen = position;
    };
    const follow = () => {
      try {
        push(false);
      } catch {
        client.close(4401);
      }
    };
    push(true);
    center.listeners.add(follow);
    const beat = setInterval(() => {
      client.send(
        JSON.stringify({ type: 'heartbeat', position: center.data.position, now: Date.now() }),
      );
    }, 5_000);
    client.on('close', () => {
      clearInterval(beat);
      center.listeners.delete(follow);
    });
  });
});

process.on('SIGTERM', () => {
  for (const client of sockets.clients) client.close(1012);
  server.close();
  setTimeout(() => process.exit(0), 50);
});

const [host = '127.0.0.1', port = '0'] = values.listen.split(':');
server.listen(Number(port), host, () => {
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  const users = world.USERS.map((user) => ({ ...user, password: world.PASSWORD }));
  const ready = {
    url,
    users,
    channels: world.CHANNELS,
    tenantId: world.TENANT.id,
    actionRequestToken: world.ACTION_TOKEN,
  };
  if (values['ready-file'] !== undefined)
    writeFileSync(values['ready-file'], JSON.stringify(ready));
  else process.stdout.write(`${JSON.stringify(ready, null, 1)}\n`);
});
