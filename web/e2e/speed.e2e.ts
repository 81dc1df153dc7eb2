// How fast the wallboard answers a hand while 200 agents and 1,000 interactions are on it and change.
// Runs where CORDBOARD_SITE names the program that sets such a tenant up (`cargo build -p sim --bin site`).
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeBrowser, openPage } from './support/browser';

const SITE = process.env['CORDBOARD_SITE'] ?? '';
const SERVER = resolve(import.meta.dirname, '..', process.env['CORDBOARD_BIN'] ?? '');
const AGENTS = 200;
const INTERACTIONS = 1_000;
/** One customer leaves and another comes. */
const CHANGE_EVERY_MS = 50;
/** Milliseconds from a press to the next picture. */
const PROMISED_MS = 100;

interface Site {
  supervisor: string;
  password: string;
  number: string;
}

describe.skipIf(!existsSync(SITE))('a large wallboard', () => {
  const dir = mkdtempSync(join(tmpdir(), 'cordboard-speed-'));
  let site: Site;
  let url: string;
  let server: ReturnType<typeof spawn>;
  let bearer: string;

  beforeAll(async () => {
    const data = join(dir, 'data');
    mkdirSync(data, { mode: 0o700 });
    site = JSON.parse(execFileSync(SITE, [data, '--agents', String(AGENTS)]).toString()) as Site;
    const config = join(dir, 'sim.toml');
    const ready = join(dir, 'ready.json');
    writeFileSync(config, '[sim]\nenabled = true\n');
    const flags = ['serve', '--listen', '127.0.0.1:0', '--config', config, '--data-dir', data];
    server = spawn(SERVER, [...flags, '--ready-file', ready], { stdio: 'ignore' });
    await vi.waitUntil(() => existsSync(ready) && readFileSync(ready, 'utf8') !== '', {
      timeout: 30_000,
    });
    ({ url } = JSON.parse(readFileSync(ready, 'utf8')) as { url: string });
    const { supervisor: email, password } = site;
    const login = await send('POST', '/auth/v1/login', { email, password });
    bearer = ((await login.json()) as { token: string }).token;
  }, 120_000);
  afterAll(async () => {
    await closeBrowser();
    server.kill('SIGTERM');
    rmSync(dir, { recursive: true, force: true });
  });

  function send(method: string, path: string, body?: unknown): Promise<Response> {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}` };
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    return fetch(url + path, { method, headers, ...content });
  }

  async function call(n: number): Promise<string> {
    const from = `+1555${String(n).padStart(7, '0')}`;
    const answer = await send('POST', '/sim/v1/calls', {
      from,
      to: site.number,
      callerName: `Customer ${n}`,
    });
    const { callId } = (await answer.json()) as { callId: string };
    await send('POST', `/sim/v1/calls/${callId}/digits`, { digits: n % 2 === 0 ? '1' : '2' });
    return callId;
  }

  it(`answers within ${PROMISED_MS} ms with ${AGENTS} agents and ${INTERACTIONS} interactions`, async () => {
    const board = (await (await send('GET', '/supervisor/v1/wallboard')).json()) as {
      agents: { id: string }[];
    };
    for (const { id } of board.agents) {
      await send('POST', `/supervisor/v1/agents/${id}/status`, { status: 'available' });
    }
    const calls: string[] = [];
    for (let n = 0; n < INTERACTIONS; n++) calls.push(await call(n));

    const watched = await openPage(url, { width: 1920, height: 1080 });
    const { page } = watched;
    await observe(page);
    await page.goto('/login');
    await page.getByLabel('E-mail').fill(site.supervisor);
    await page.getByLabel('Password', { exact: true }).fill(site.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('table', { name: 'Agents' }).waitFor();
    await page.getByText('link OK').waitFor();

    let going = true;
    const churn = (async () => {
      for (let n = INTERACTIONS; going; n++) {
        const oldest = calls.shift();
        await send('POST', `/sim/v1/calls/${oldest}/hangup`, {});
        calls.push(await call(n));
        await new Promise((wake) => setTimeout(wake, CHANGE_EVERY_MS));
      }
      return calls.length;
    })();
    await forget(page);
    await work(page);
    const times = await page.evaluate(() => window.pressed);
    going = false;
    await churn;
    const sorted = Object.values(times).sort((a, b) => a.ms - b.ms);
    // As the metric is defined: the worst, one in fifty left out.
    const worst = sorted.at(-1 - Math.floor(sorted.length / 50))?.ms ?? 0;
    const median = sorted[Math.floor(sorted.length / 2)]?.ms ?? 0;
    const slow = sorted.slice(-5).map(({ ms, what }) => `${ms} ms ${what}`);
    process.stdout.write(
      `interaction to next paint: ${sorted.length} interactions, median ${median} ms, worst ${worst} ms\n  ${slow.join('\n  ')}\n`,
    );
    await watched.context.close();
    expect(sorted.length).toBeGreaterThan(20);
    expect(worst).toBeLessThan(PROMISED_MS);
  }, 300_000);
});

type Pressed = PerformanceEntry & { interactionId?: number; target?: Node | null };

declare global {
  interface Window {
    /** The longest of the events of each interaction, milliseconds to the next paint. */
    pressed: Record<number, { ms: number; what: string }>;
  }
}

async function observe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.pressed = {};
    const seen = (list: PerformanceObserverEntryList) => {
      for (const entry of list.getEntries() as Pressed[]) {
        const id = entry.interactionId ?? 0;
        if (id === 0 || entry.duration <= (window.pressed[id]?.ms ?? 0)) continue;
        const what = `${entry.name} ${entry.target?.textContent?.slice(0, 20) ?? ''}`;
        window.pressed[id] = { ms: entry.duration, what };
      }
    };
    const options = { type: 'event', buffered: true, durationThreshold: 16 };
    new PerformanceObserver(seen).observe(options as PerformanceObserverInit);
  });
}

async function forget(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.pressed = {};
  });
}

/** What a supervisor does in a minute. */
async function work(page: Page): Promise<void> {
  const agents = page.getByRole('table', { name: 'Agents' });
  for (let round = 0; round < 3; round++) {
    for (const head of ['Doing', 'Handled today', 'Agent']) {
      await agents.getByRole('columnheader', { name: head }).getByRole('button').click();
    }
    const find = page.getByRole('searchbox', { name: 'Find an agent' });
    await find.pressSequentially('agent 1', { delay: 60 });
    await find.fill('');
    await page.getByRole('button', { name: /^Ringing/ }).click();
    await page.getByRole('button', { name: /^Ringing/ }).click();
    await page
      .getByRole('button', { name: /Service level/ })
      .last()
      .click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await find.fill('agent 12');
    await agents.getByRole('button', { name: 'Agent 12', exact: true }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await find.fill('');
  }
  await page.getByRole('link', { name: 'Interactions' }).click();
  await page
    .getByRole('row', { name: /Customer/ })
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Newer' }).click();
  await page
    .getByRole('row', { name: /Customer/ })
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Older' }).click();
  await page.getByRole('link', { name: 'Wallboard' }).click();
  await page.getByRole('table', { name: 'Agents' }).waitFor();
}
