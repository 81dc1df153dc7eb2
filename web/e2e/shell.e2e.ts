// The areas: where each role lands, what it may open, and finding one's way around.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { enter, signIn } from './support/agent';
import {
  accessFindings,
  closeBrowser,
  openPage,
  shot,
  sidewaysScroll,
  type Watched,
} from './support/browser';
import { absent, Center, type User } from './support/center';

describe.skipIf(absent !== null)('areas', () => {
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

  async function arrive(user: User, at = '/login') {
    watched = await openPage(center.url);
    await watched.page.goto(at);
    await enter(watched.page, user);
    return watched.page;
  }

  it('begin where the role works', async () => {
    const page = await arrive(center.supervisor);
    await page.waitForURL(`${center.url}/supervisor`);
    const own = page.getByRole('navigation', { name: 'Areas' }).getByRole('link');
    await own.first().waitFor();
    expect(await own.allTextContents()).toEqual(['Supervisor']);
    await page.goto('/');
    await page.waitForURL(`${center.url}/supervisor`);
    await page.goto('/workspace');
    await page.getByRole('heading', { name: 'This account takes no calls' }).waitFor();
    await watched.context.close();
    const other = await arrive(center.administrator);
    await other.waitForURL(/\/configuration/);
    const areas = other.getByRole('navigation', { name: 'Areas' });
    await areas.getByRole('link').first().waitFor();
    expect(await areas.getByRole('link').allTextContents()).toEqual([
      'Supervisor',
      'Configuration',
      'Scripts',
    ]);
    await areas.getByRole('link', { name: 'Supervisor' }).click();
    await other.waitForURL(/\/supervisor$/);
    await other.goBack();
    await other.waitForURL(/\/configuration/);
  });

  it('come back after signing in, with the whole address', async () => {
    const page = await arrive(center.administrator, '/configuration?a=b');
    await page.waitForURL(/\/configuration\?a=b/);
  });

  it('stay closed to others, who are told whose they are', async () => {
    const page = await arrive(center.agent, '/configuration');
    await page.getByRole('heading', { name: 'Configuration is not open to you' }).waitFor();
    await page.getByRole('link', { name: 'Go to your own page' }).click();
    await page.waitForURL(`${center.url}/workspace`);
  });

  it('answer ? with the keys of the page, also in the workspace and before signing in', async () => {
    const page = await arrive(center.administrator);
    await page.waitForURL(/\/configuration/);
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await page.getByRole('button', { name: /settings and sign out/ }).waitFor();
    await page.keyboard.press('?');
    await sheet.waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /settings and sign out/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/login$/);
    await page.getByRole('heading', { name: 'Sign in' }).click();
    await page.keyboard.press('?');
    await sheet.waitFor();
    await page.keyboard.press('Escape');
    await signIn(page, center);
    await page.keyboard.press('?');
    await sheet.waitFor();
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`are readable in ${scheme}, from 320 pixels on`, async () => {
      watched = await openPage(center.url, { scheme });
      const { page } = watched;
      await page.goto('/supervisor');
      await enter(page, center.administrator);
      await page.getByRole('navigation', { name: 'Areas' }).waitFor();
      for (const width of [320, 720, 1440, 3840]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await sidewaysScroll(page), `at ${width}`).toBe(0);
        await shot(page, `shell-${scheme}-${width}`);
      }
      expect(await accessFindings(page)).toEqual([]);
    });
  }
});
