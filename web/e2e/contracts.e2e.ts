// The contracts as pages: found, read, linked to, printed; for everybody, signed in or not.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  accessFindings,
  closeBrowser,
  openPage,
  type Scheme,
  shot,
  sidewaysScroll,
  type Watched,
} from './support/browser';
import { absent, Center } from './support/center';

describe.skipIf(absent !== null)('contracts', () => {
  let center: Center;
  let watched: Watched;
  beforeAll(async () => {
    center = await Center.start();
  });
  afterEach(async () => {
    await watched.context.close();
    expect(watched.faults).toEqual([]);
  });
  afterAll(async () => {
    await closeBrowser();
    await center.stop();
  });

  async function visit(path: string, scheme: Scheme = 'light') {
    watched = await openPage(center.url, { scheme });
    await watched.page.goto(path);
    return watched.page;
  }

  it('are found from the list, by section, by link and back', async () => {
    const page = await visit('/contracts');
    await page.getByRole('main').getByRole('link', { name: 'Administration' }).click();
    await page.getByRole('heading', { level: 1, name: 'Administration' }).waitFor();
    const contents = page.getByRole('navigation', { name: 'Contracts' });
    await contents.getByRole('link', { name: 'One-time links', exact: true }).click();
    await page.waitForURL(/#one-time-links$/);
    const heading = page.getByRole('heading', { level: 2, name: 'One-time links' });
    await expect.poll(async () => (await heading.boundingBox())?.y).toBeLessThan(200);
    await page.getByRole('link', { name: 'the decision' }).click();
    await page.getByRole('heading', { level: 1, name: /^0014/ }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Administration' }).waitFor();
    const machine = page.getByRole('main').getByRole('link', { name: '/openapi.json' }).first();
    expect(await machine.getAttribute('href')).toBe('/openapi.json');
  });

  it('open at a section, also after a reload', async () => {
    const page = await visit('/contracts/real-time-metrics#what-is-counted');
    const heading = page.getByRole('heading', { name: 'What is counted' });
    await expect.poll(async () => (await heading.boundingBox())?.y).toBeLessThan(200);
    await page.reload();
    await expect.poll(async () => (await heading.boundingBox())?.y).toBeLessThan(200);
  });

  it('are searched as one, with an address for what was looked for', async () => {
    const page = await visit('/contracts/oauth');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('slaPercentage');
    await page
      .getByRole('main')
      .getByRole('link', { name: /What is counted/ })
      .waitFor();
    await page.waitForURL(/\?q=slaPercentage/);
    await shot(page, 'contracts-search');
    await page.reload();
    await page
      .getByRole('main')
      .getByRole('link', { name: /What is counted/ })
      .click();
    await page.waitForURL(/\/contracts\/real-time-metrics#what-is-counted$/);
    await page.goBack();
    await page.getByRole('searchbox').fill('no such words');
    await page.getByText('Nothing has the words').waitFor();
  });

  it('say so when there is none of that name, and when one did not come', async () => {
    const page = await visit('/contracts/nothing-like-that');
    await page.getByRole('heading', { name: 'There is no such contract' }).waitFor();
    await page.route('**/assets/schedules-*.js', (route) => route.abort());
    await page.getByRole('link', { name: 'Schedules' }).click();
    await page.getByRole('heading', { name: 'The document did not come' }).waitFor();
    await page.unroute('**/assets/schedules-*.js');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Schedules' }).waitFor();
  });

  it('are printed without what is around them', async () => {
    const page = await visit('/contracts/webhooks');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation', { name: 'Contracts' }).isVisible()).toBe(false);
    expect(await page.getByRole('searchbox').isVisible()).toBe(false);
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`are readable in ${scheme}, from 320 pixels on`, async () => {
      const page = await visit('/contracts', scheme);
      for (const name of ['', 'administration', 'streaming-api', 'real-time-metrics']) {
        await page.goto(`/contracts/${name}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        for (const width of [320, 1280, 3840]) {
          await page.setViewportSize({ width, height: 900 });
          expect(await sidewaysScroll(page), `${name} at ${width}`).toBe(0);
          await shot(page, `contracts-${name || 'all'}-${scheme}-${width}`);
        }
        expect(await accessFindings(page), name).toEqual([]);
      }
    });
  }
});
