// Every screen, light and dark, wide and narrow: readable by axe-core, and looked at by people.
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  callPanel,
  endedPanel,
  goAvailable,
  offerCard,
  secondLine,
  signIn,
  transferPanel,
} from './support/agent';
import {
  accessFindings,
  closeBrowser,
  openPage,
  type Scheme,
  shot,
  sidewaysScroll,
  type Watched,
} from './support/browser';
import { Caller, type Variable } from './support/caller';
import { absent, Center } from './support/center';
import { outside } from './support/outside';

const VARIABLES: Variable[] = [
  shown('_customerId', 'Customer ID', 'CUST-123'),
  shown('_orderStatus', 'Order Status', 'shipped'),
  { ...shown('_orderValue', 'Order Value', '299.99'), dataType: 'currency' },
  { ...shown('_shippingDate', 'Shipping Date', '2024-07-10'), dataType: 'date' },
  { ...shown('_credit', 'Store Credit', '$1,250.75'), dataType: 'currency' },
  { ...shown('_taxCode', 'Tax Code', '55-1234'), privacy: true },
];

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 320, height: 800 },
  { width: 3840, height: 2160 },
];

describe.skipIf(absent !== null)('every screen', () => {
  let center: Center;
  let watched: Watched;
  beforeEach(async () => {
    center = await Center.start();
  });
  afterEach(async () => {
    await watched.context.close();
    await center.stop();
    expect(watched.faults).toEqual([]);
  });
  afterAll(closeBrowser);

  for (const scheme of ['light', 'dark'] as const) {
    it(`passes axe-core and reflows in ${scheme}`, async () => {
      watched = await openPage(center.url, { scheme });
      const { page } = watched;
      await page.goto('/login');
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      await check('login', scheme);
      await signIn(page, center);
      await goAvailable(page);
      await check('idle', scheme);
      await Caller.dial(center, { name: 'Maria Lopez', variables: VARIABLES });
      await offerCard(page).waitFor();
      await check('offer', scheme);
      await page.keyboard.press('Alt+a');
      await callPanel(page).waitFor();
      await check('talk', scheme);
      await page.keyboard.press('Alt+e');
      await endedPanel(page).waitFor();
      await check('wrap-up', scheme);
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      await check('keys', scheme);
    });

    it(`passes axe-core and reflows with two lines in ${scheme}`, async () => {
      watched = await openPage(center.url, { scheme });
      const { page } = watched;
      await signIn(page, center);
      await goAvailable(page);
      const other = await openPage(center.url);
      await signIn(other.page, center, center.colleague);
      await page.keyboard.press('Alt+d');
      const dialog = page.getByRole('dialog', { name: 'Call a number' });
      await dialog.getByRole('textbox', { name: 'Number' }).fill('+16175551234');
      await check('dial', scheme);
      await page.keyboard.press('Enter');
      await page.getByRole('region', { name: 'Calling' }).waitFor();
      await check('dialling', scheme);
      await outside(center, '+16175551234', 'busy');
      await endedPanel(page).getByText('The line is busy.').waitFor();
      await check('busy', scheme);
      await page.keyboard.press('Alt+Enter');
      await endedPanel(page).waitFor({ state: 'detached' });
      await Caller.dial(center, { name: 'Maria Lopez', variables: VARIABLES });
      await offerCard(page).waitFor();
      await page.keyboard.press('Alt+a');
      await callPanel(page).waitFor();
      await goAvailable(other.page);
      await page.keyboard.press('Alt+t');
      const free = transferPanel(page).getByRole('option', { name: /Ben.*free now/ });
      await free.waitFor();
      await check('transfer', scheme);
      await free.click();
      await transferPanel(page).getByRole('button', { name: 'Ask first' }).click();
      await secondLine(page).getByText('Ringing').waitFor();
      await check('ringing', scheme);
      await other.page.keyboard.press('Alt+a');
      await secondLine(page).getByText('Talking privately with').waitFor();
      await check('consult', scheme);
      await page.keyboard.press('Alt+c');
      await page.getByRole('region', { name: 'In this conference' }).waitFor();
      await check('conference', scheme);
      await other.context.close();
    });
  }

  async function check(name: string, scheme: Scheme): Promise<void> {
    const { page } = watched;
    for (const size of SIZES) {
      await page.setViewportSize(size);
      expect(await sidewaysScroll(page), `${name} at ${size.width}`).toBe(0);
      await shot(page, `${name}-${scheme}-${size.width}`);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(await accessFindings(page), `${name} in ${scheme}`).toEqual([]);
  }
});

function shown(name: string, displayName: string, value: string): Variable {
  return { name, displayName, value, display: true };
}
