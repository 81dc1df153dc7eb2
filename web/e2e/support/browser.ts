// Chromium from the system, and what the tests ask of every page.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Where pictures go; `make tour` keeps some with the documents. */
const SHOTS = resolve(import.meta.dirname, '../..', process.env['SHOTS'] ?? 'test-results');
const AXE = createRequire(import.meta.url).resolve('axe-core');

export type Scheme = 'light' | 'dark';

let browser: Browser | undefined;

export interface PageOptions {
  scheme?: Scheme;
  width?: number;
  height?: number;
}

export interface Watched {
  page: Page;
  context: BrowserContext;
  /** Errors of the page and of its content policy, and requests to other hosts: all must stay empty. */
  faults: string[];
}

export async function openPage(url: string, options: PageOptions = {}): Promise<Watched> {
  browser ??= await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const { scheme = 'light', width = 1440, height = 900 } = options;
  const context = await browser.newContext({
    baseURL: url,
    colorScheme: scheme,
    viewport: { width, height },
    locale: 'de-DE',
    timezoneId: 'Pacific/Auckland',
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|Minified React error/.test(message.text()))
      faults.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && /^https?:/.test(request.url()))
      faults.push(request.url());
  });
  return { page, context, faults };
}

export async function closeBrowser(): Promise<void> {
  await browser?.close();
  browser = undefined;
}

export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: resolve(SHOTS, `${name}.png`), animations: 'disabled' });
}

interface Finding {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

/** Serious and critical findings of axe-core, as readable lines. */
export async function accessFindings(page: Page): Promise<string[]> {
  // Evaluated from outside: the content policy rightly forbids adding a script to the page.
  await page.evaluate(readFileSync(AXE, 'utf8'));
  const findings = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: Finding[] }> } };
    return (await axe.run()).violations;
  });
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}\n${node.failureSummary}`));
}

/** How far the page can be scrolled sideways, in pixels: 0 when it reflows. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => {
    const root = document.documentElement;
    return root.scrollWidth - root.clientWidth;
  });
}
