// Every page of the configuration, light and dark, from 320 pixels to 4K and at 200 %: readable, and looked at.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { administer, form, goTo } from './support/administrator';
import {
  accessFindings,
  closeBrowser,
  openPage,
  shot,
  sidewaysScroll,
  type Watched,
} from './support/browser';
import { absent, Center } from './support/center';

const LISTS = [
  'Users',
  'Agents',
  'Groups',
  'Skills',
  'Queues',
  'Channels',
  'Schedules',
  'Status codes',
  'Transaction codes',
  'Webhooks',
];
const PAGES = [
  'CRM API',
  'API Token',
  'API keys',
  'One-time links',
  'Event subscriptions',
  'Center settings',
  'Audit log',
];
const WIDTHS = [320, 720, 1440, 3840];

describe.skipIf(absent !== null)('every page of the configuration', () => {
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

  for (const scheme of ['light', 'dark'] as const) {
    it(`passes axe-core and reflows in ${scheme}`, async () => {
      watched = await openPage(center.url, { scheme });
      const { page } = watched;
      await administer(page, center, 'queues');
      for (const title of [...LISTS, ...PAGES]) {
        await goTo(page, title);
        await page.getByText('Loading…').waitFor({ state: 'detached' });
        await check(title, scheme);
        if (!LISTS.includes(title)) continue;
        await page.getByRole('button', { name: /^New / }).click();
        await form(page).waitFor();
        await check(`${title} new`, scheme);
        await page.keyboard.press('Escape');
        await form(page).waitFor({ state: 'detached' });
      }
    });
  }

  async function check(name: string, scheme: string): Promise<void> {
    const { page } = watched;
    for (const width of WIDTHS) {
      // 720 pixels are 1,440 at 200 %.
      await page.setViewportSize({ width, height: 900 });
      expect(await sidewaysScroll(page), `${name} at ${width}`).toBe(0);
      await shot(page, `configuration-${name.replaceAll(' ', '-')}-${scheme}-${width}`);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(await accessFindings(page), `${name} in ${scheme}`).toEqual([]);
  }
});
